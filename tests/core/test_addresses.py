"""Whose address a limit counts."""

import pytest

from studytours.core.addresses import client_address


def asked(rf, passed_on="", direct="9.9.9.9"):
    headers = {"X-Forwarded-For": passed_on} if passed_on else {}
    return client_address(rf.get("/", headers=headers, REMOTE_ADDR=direct))


@pytest.mark.parametrize(
    ("proxies", "believed"), [(0, "9.9.9.9"), (1, "2.2.2.2"), (2, "1.1.1.1"), (3, "1.1.1.1")]
)
def test_the_address_is_believed_only_from_our_own_proxies(rf, settings, proxies, believed):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert asked(rf, "1.1.1.1, 2.2.2.2") == believed


def test_without_a_word_from_the_proxy_it_is_the_line_itself(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert asked(rf) == "9.9.9.9"


def test_a_whole_ipv6_home_counts_as_one(rf):
    one, other = (asked(rf, direct=f"2001:db8:1:2::{host}") for host in ("1", "ffff"))
    assert one == other == "2001:db8:1:2::/64"
    assert asked(rf, direct="2001:db8:1:3::1") != one
    assert asked(rf, direct="::ffff:9.9.9.9") == "9.9.9.9"


def test_what_is_no_address_stays_short(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert len(asked(rf, "x" * 4000)) < 50

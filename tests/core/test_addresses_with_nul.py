"""A zero byte in an address is refused in words, on both databases."""

import pytest


@pytest.mark.parametrize("address", ["/actions/?owner=%00", "/areas/%00/", "/?q=a%00b"])
def test_it_is_a_clear_refusal(client, db, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "This address cannot be read." in answer.content.decode()

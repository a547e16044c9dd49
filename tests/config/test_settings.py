"""A wrong value in the environment stops the start with its cure, in one line."""

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from django.core.exceptions import ImproperlyConfigured

from studytours.config import settings

FIT = {
    "STUDYTOURS_ENVIRONMENT": "production", "STUDYTOURS_HOSTS": "tours.example",
    "STUDYTOURS_SECRET_KEY": "k3" * 20,
}  # fmt: skip


def settings_of(monkeypatch, home, **changes):
    """The settings as they would be read in another environment; ours stay as they are."""
    for name, value in {**FIT, "STUDYTOURS_HOME": str(home), **changes}.items():
        monkeypatch.setenv(name, value)
    spec = spec_from_file_location("studytours.config.other", settings.__file__)
    other = module_from_spec(spec)
    spec.loader.exec_module(other)
    return other


def check_setup(home, **changes):
    environment = {**os.environ, **FIT, "STUDYTOURS_HOME": str(home), **changes}
    command = [sys.executable, "-m", "studytours", "check_setup"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("STUDYTOURS_ENVIRONMENT", "prod", "use one of local, production"),
        ("STUDYTOURS_SECRET_KEY", "", "give random text of 32 signs or more"),
        ("STUDYTOURS_SECRET_KEY", "abc", "is too short"),
        ("STUDYTOURS_HOSTS", "", "give the public host name"),
        ("STUDYTOURS_HOSTS", "https://tours.example", "without https://"),
        ("STUDYTOURS_URL", "tours.example", "begin with https://"),
        ("STUDYTOURS_HOME", "/proc/none", "choose a folder that this account may write"),
        ("STUDYTOURS_DEBUG", "yes", "set it to no"),
        ("STUDYTOURS_PROXIES", "two", "use a whole number"),
        ("STUDYTOURS_SECOND_FACTOR", "maybe", "use one of yes, no"),
        ("STUDYTOURS_SMTP_PORT", "mail", "use a whole number"),
        ("STUDYTOURS_SPARK_MASTER", "fast", "use local[2]"),
        ("STUDYTOURS_NOTIFY_KEY", "tours-key", "STUDYTOURS_NOTIFY_TEMPLATE is not set"),
        ("STUDYTOURS_OIDC_URL", "https://id.example", "STUDYTOURS_OIDC_CLIENT_ID is not set"),
        ("DATABASE_URL", "mydatabase", "write postgres://user:password@host/name"),
    ],
)
def test_a_wrong_value_stops_the_start_and_says_the_cure(monkeypatch, tmp_path, name, value, cure):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_of(monkeypatch, tmp_path, **{name: value})
    assert name in str(refusal.value) and cure in str(refusal.value)


def test_a_person_reads_one_line_and_no_program(tmp_path):
    answer = check_setup(tmp_path, STUDYTOURS_HOSTS="")
    assert answer.returncode == 2
    assert answer.stderr == ("Refusal: STUDYTOURS_HOSTS is not set: give the public host name\n")


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path):
    answer = check_setup(tmp_path, DATABASE_URL="postgres://tours:hush@127.0.0.1:1/tours")
    assert answer.returncode == 1
    assert answer.stderr.startswith("CommandError: The database does not answer: ")
    assert "Check DATABASE_URL" in answer.stderr and "hush" not in answer.stderr


def test_values_that_fit_start(monkeypatch, tmp_path):
    ours = settings_of(monkeypatch, tmp_path, STUDYTOURS_HOSTS="tours.example, www.tours.example")
    assert ours.ALLOWED_HOSTS == ["tours.example", "www.tours.example"]
    assert ours.BASE_URL == "https://tours.example"
    assert ours.SESSION_COOKIE_SECURE and ours.SECOND_FACTOR_REQUIRED

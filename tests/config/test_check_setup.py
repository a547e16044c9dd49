"""`check_setup` names each fault with its cure."""

import pytest
from django.core.management import CommandError, call_command

from studytours.config.management.commands import check_setup
from studytours.partners.operations import create_local_accounts


def test_a_laptop_is_fit_as_it_is(db, capsys):
    call_command("check_setup", "--json")
    assert '"faults": []' in capsys.readouterr().out


def test_production_without_mail_and_with_known_passwords_is_not(db, settings, capsys):
    create_local_accounts("walk-with-us")
    settings.PRODUCTION = True
    settings.SECOND_FACTOR_REQUIRED = False
    with pytest.raises(CommandError) as error:
        call_command("check_setup")
    assert error.value.returncode == 2
    for words in ("STUDYTOURS_SMTP_HOST", "4 example sign-ins", "STUDYTOURS_SECOND_FACTOR=yes"):
        assert words in str(error.value)


def test_spark_without_its_parts_is_named_with_the_cure(db, settings, monkeypatch):
    settings.SPARK_MASTER = "local[2]"
    monkeypatch.setattr(check_setup, "find_spec", lambda name: None)
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(CommandError) as error:
        call_command("check_setup")
    for words in (
        "install studytours[spark]",
        "/nowhere/bin/java",
        "unset STUDYTOURS_SPARK_MASTER",
    ):
        assert words in str(error.value)

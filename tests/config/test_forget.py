"""What was promised to be forgotten is; what was found and agreed stays."""

import json
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from studytours.actions.models import Action
from studytours.core.models import Event, Message
from studytours.fieldwork.models import Device, Observation
from studytours.tours.models import Tour
from studytours.tours.operations import invite


def forget(capsys):
    call_command("forget", "--json")
    return json.loads(capsys.readouterr().out)


def test_names_stay_while_the_tour_needs_them(town, capsys):
    Tour.objects.update(reported_at=timezone.now() - timedelta(days=29))
    Tour.objects.update(starts_at=timezone.now() - timedelta(days=40))
    invite(town.coming_tour, name="Gwen", email="gwen@example.org")
    assert forget(capsys)["walkers_forgotten"] == 0
    assert Device.objects.filter(name="Sam").exists()
    assert town.coming_tour.invitations.filter(email="gwen@example.org").exists()


def test_a_month_after_the_report_names_and_addresses_are_gone(town, capsys):
    invite(town.coming_tour, name="Gwen", email="gwen@example.org")
    Tour.objects.update(reported_at=timezone.now() - timedelta(days=31))
    recorded, agreed = Observation.objects.count(), Action.objects.count()
    report = forget(capsys)
    assert report["walkers_forgotten"] > 0 and report["guests_forgotten"] == 1
    assert not Device.objects.exclude(name="").exists()
    assert str(town.coming_tour.invitations.get(organisation=None)) == "A guest"
    assert (Observation.objects.count(), Action.objects.count()) == (recorded, agreed)
    assert forget(capsys)["guests_forgotten"] == 0


def test_a_tour_that_was_never_reported_is_forgotten_too(town, capsys):
    Tour.objects.update(reported_at=None, starts_at=timezone.now() - timedelta(days=121))
    assert forget(capsys)["walkers_forgotten"] > 0


def test_events_never_held_the_name_of_a_guest(town):
    invite(town.coming_tour, name="Gwen", email="gwen@example.org")
    assert not Event.objects.filter(summary__contains="Gwen").exists()
    assert Event.objects.filter(summary="A guest is on the list").exists()


def test_old_e_mails_are_deleted_and_those_not_delivered_stay(town, capsys):
    Message.objects.update(state="sent", sent_at=timezone.now() - timedelta(days=91))
    kept = Message.objects.first()
    Message.objects.filter(pk=kept.pk).update(state="failed", sent_at=None)
    assert forget(capsys)["messages_deleted"] > 0
    assert list(Message.objects.all()) == [kept]

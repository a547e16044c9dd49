"""Answers without a phone, what of them is made public, and when they are forgotten."""

import json
import uuid as uuids

from django.db import transaction
from django.utils import timezone

from studytours.core.errors import Refused
from studytours.core.operations import count_try, record
from studytours.tours.queries import tours_to_forget

from ..models import Form, Kind, Observation, PublicSummary
from ..questions.asked import MOST_WORDS
from .records import take_observation

MOST_AN_HOUR = 20


def answer_from_the_web(tour, *, form, answers, words="", address=None, now=None):
    """Keep what someone answered on a web page, as a record like any phone's: Observation.

    No account is needed. One address may send twenty an hour: a household or a library can speak,
    a script cannot drown them.
    """
    if form == Form.NOTE and not words.strip():
        raise Refused("Write what you want to tell us.")
    if form == Form.WHOLE_AREA and not answers.get("scores"):
        raise Refused("Answer at least one of the questions.")
    if address:
        count_try(
            f"answers:{address}", limit=MOST_AN_HOUR, minutes=60,
            why="Many answers came from this connection.", now=now,
        )  # fmt: skip
    now = now or timezone.now()
    sent = {
        "kind": Kind.EXPERIENCE, "captured_at": now.isoformat(), "words": words.strip(),
        form: answers, "sent_from": "the web",
    }  # fmt: skip
    if form == Form.NOTE:
        sent["private"] = True
    body = json.dumps({name: value for name, value in sent.items() if value != ""}).encode()
    receipt = take_observation(tour, uuids.uuid4(), body, now=now)
    return Observation.objects.get(uuid=receipt.accepted)


@transaction.atomic
def summarise(observation, words, *, by, now=None):
    """Say in the office's words what may be public of a shop visit; empty words take it back."""
    if observation.form != Form.SHOP:
        raise Refused("Only a shop visit has a public summary.")
    words = words.strip()
    if len(words) > MOST_WORDS:
        raise Refused(f"A summary has at most {MOST_WORDS} characters.")
    if words:
        summary, _ = PublicSummary.objects.update_or_create(
            observation=observation,
            defaults={"words": words, "by": by, "at": now or timezone.now()},
        )
    else:
        PublicSummary.objects.filter(observation=observation).delete()
        summary = None
    record(
        "shop_visit_summarised", about=observation.tour, by=by, now=now,
        summary="A shop visit was summarised" if words else "A summary was taken back",
        observation=str(observation.pk),
    )  # fmt: skip
    return summary


@transaction.atomic
def forget_answers(*, now=None):
    """Of tours that are long over: whose phone said what about itself, and how to reach whom.

    The bytes of a private note hold the contact too, so they go; their hash stays, and with it the
    receipt.
    """
    over = Observation.objects.filter(tour__in=tours_to_forget(now))
    over.filter(form=Form.ABOUT_YOU).update(device=None)
    notes = over.filter(form=Form.NOTE).exclude(answers={})
    return notes.update(answers={}, body=b"", device=None)

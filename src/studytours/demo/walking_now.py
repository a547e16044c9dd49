"""The walk that is on: what a leader's screen shows while phones come and go."""

from datetime import timedelta

from studytours.fieldwork import operations as fieldwork

from . import stories

MINUTES_AGO = 45
# So many of the phones send what comes in, in turn.
SENDING = 3


def walk_now(teller, area):
    """Harbourside is being walked: notes come in at its stops, and phones are in every state."""
    story = stories.HARBOUR
    tour = teller.walking(story, area, MINUTES_AGO)

    def ago(minutes):
        return teller.now - timedelta(minutes=minutes)

    phones = [
        fieldwork.join(code=tour.join_code, name=one.name, role=one.role, now=ago(one.joined))[0]
        for one in story.phones
    ]
    for number, item in enumerate(story.found):
        first = number % SENDING
        senders = phones[first:SENDING] + phones[:first]
        teller.record(tour, [item], ago(MINUTES_AGO - 10 - 4 * number), senders)
    for phone, one in zip(phones, story.phones, strict=True):
        fieldwork.note_contact(phone, waiting=one.waiting, now=ago(one.heard))
        if one.nudged:
            fieldwork.nudge_device(phone, by=teller.people["leader"], now=ago(one.nudged))
        if one.heard_again:
            fieldwork.note_contact(phone, waiting=one.waiting, now=ago(one.heard_again))
    return tour

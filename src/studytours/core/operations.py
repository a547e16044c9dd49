"""Writes that every context may make: events, messages, forms taken once, tries counted."""

import re
import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils import timezone

from .errors import Refused, TooMany
from .leftovers import is_named, nameless_files
from .letters import as_email
from .models import Event, FormReceipt, Message, Tries

# A random token as it stands in an address.
SECRET = re.compile(r"[\w-]{32,}")


def label(thing):
    """The name by which events and messages refer to a row: "tours.tour:12"."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def record(kind, *, about, summary, by=None, now=None, **data):
    """Record that something happened. `by` is a Person, or None for someone without account."""
    happened = event(kind, about=about, summary=summary, by=by, now=now, **data)
    happened.save(force_insert=True)
    return happened


def record_all(events):
    """Record several events, made by `event`, at once."""
    Event.objects.bulk_create(events)


def event(kind, *, about, summary, by=None, now=None, **data):
    """The Event, not yet written."""
    return Event(
        kind=kind,
        about=about if isinstance(about, str) else label(about),
        summary=summary[:300],
        by=by if by is not None and by.is_authenticated else None,
        at=now or timezone.now(),
        data=data,
    )


def write_message(*, to, subject, text, about, calendar="", now=None):
    """Put an e-mail in the queue; it is sent after the transaction, by the worker.

    `calendar` is the text of an iCalendar entry that goes with it.
    """
    from .tasks import send_waiting

    message = Message.objects.create(
        to=to,
        subject=" ".join(subject.split())[:200],
        text=text,
        calendar=calendar,
        about=about if isinstance(about, str) else label(about),
        created_at=now or timezone.now(),
    )
    transaction.on_commit(lambda: send_waiting.enqueue(message.pk))
    return message


def send_message(message):
    """Send one message; a refusal is kept with its reason and never stops the others."""
    claimed = Message.objects.filter(pk=message.pk, state=Message.State.WAITING).update(
        state=Message.State.SENT, sent_at=timezone.now(), tries=message.tries + 1
    )
    if not claimed:  # another worker has it
        return
    try:
        as_email(message).send()
    except Exception as error:
        Message.objects.filter(pk=message.pk).update(
            state=Message.State.FAILED, sent_at=None, error=str(error)[:300]
        )
    else:
        # Links in it open things without sign-in; a copy of the database must not.
        kept = SECRET.sub("(secret)", message.text)
        Message.objects.filter(pk=message.pk).update(text=kept, calendar="")


@transaction.atomic
def resend_message(message, *, to="", calendar=None):
    """Try a message again that was not delivered, to another address where one is given."""
    from .tasks import send_waiting

    if Message.objects.filter(pk=message.pk, state=Message.State.FAILED).update(
        state=Message.State.WAITING,
        error="",
        to=to or message.to,
        calendar=message.calendar if calendar is None else calendar,
    ):
        transaction.on_commit(lambda: send_waiting.enqueue(message.pk))


def once(key, make):
    """Run `make()` the first time a form with this key arrives; later, only say where it led.

    `make` returns the address to go to. A double click, a reload or a lost answer therefore
    changes nothing. Without a usable key (a form written by hand) it simply runs.
    """
    try:
        key = uuid.UUID(str(key))
    except ValueError:
        return make()
    if done := FormReceipt.objects.filter(key=key).first():
        return done.location
    try:
        with transaction.atomic():
            receipt = FormReceipt.objects.create(key=key, location="")
            receipt.location = make()
            receipt.save(update_fields=["location"])
            return receipt.location
    except IntegrityError:
        done = FormReceipt.objects.filter(key=key).first()
        if done is None:
            raise
        return done.location


def create_with_ref(model, letter, **fields):
    """A new row under the next free reference: M-0007 after M-0006.

    Two at once on PostgreSQL may choose the same one: the unique constraint lets the first through,
    and the second, which waited for it, looks again. On SQLite writers take turns anyway.
    """
    for _ in range(50):
        ref = _next_ref(model, letter)
        try:
            with transaction.atomic():
                return model.objects.create(ref=ref, **fields)
        except IntegrityError:
            if not model.objects.filter(ref=ref).exists():
                raise
    raise Refused("Too many people are adding one at this moment.", cure="Try again.")


def _next_ref(model, letter):
    refs = model.objects.order_by(Length("ref").desc(), "-ref").values_list("ref", flat=True)
    last = refs.first() or f"{letter}-0"
    return f"{letter}-{int(last.removeprefix(f'{letter}-')) + 1:04d}"


@transaction.atomic
def count_try(key, *, limit, minutes, why, now=None):
    """Count one try; TooMany when there were more than `limit` in the last `minutes`."""
    now = now or timezone.now()
    tries, made = Tries.objects.select_for_update().get_or_create(
        key=key[:120], defaults={"since": now, "count": 1}
    )
    if made:
        return
    if tries.since < now - timedelta(minutes=minutes):
        tries.since, tries.count = now, 0
    tries.count += 1
    tries.save()
    if tries.count > limit:
        # The refusal rolls this one count back: it stays at the limit until the window ends.
        raise TooMany(why, cure=f"Wait {minutes} minutes and try again.")


@transaction.atomic
def forget_old(*, now=None, days=90):
    """Delete e-mails sent, forms taken and tries counted that nobody needs any longer."""
    now = now or timezone.now()
    before = now - timedelta(days=days)
    messages, _ = Message.objects.filter(state=Message.State.SENT, sent_at__lt=before).delete()
    FormReceipt.objects.filter(at__lt=before).delete()
    Tries.objects.filter(since__lt=now - timedelta(days=2)).delete()
    return messages


def forget_nameless_files(*, now=None):
    """Delete files that a crash left without a row; how many. No row can come to name one later:
    each arrival has a name of its own. Rows are asked once more all the same."""
    gone = 0
    for storage, name in nameless_files(now=now):
        if not is_named(storage, name):
            storage.delete(name)
            gone += 1
    return gone

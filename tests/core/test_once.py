"""A double click, a reload, a lost answer: the form is taken once."""

import uuid

import pytest
from django.db import IntegrityError

from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.models import FormReceipt
from studytours.core.operations import once
from studytours.partners import operations
from studytours.partners.models import Organisation


def test_the_same_form_again_says_where_the_first_led(db):
    key, made = uuid.uuid4(), []

    def make():
        made.append(1)
        return "/there/"

    assert [once(key, make), once(str(key), make)] == ["/there/", "/there/"]
    assert len(made) == 1


@pytest.mark.parametrize("key", [None, "", "not a key", "1; drop table"])
def test_a_form_without_a_usable_key_simply_runs(db, key):
    assert once(key, lambda: "/there/") == "/there/"
    assert not FormReceipt.objects.exists()


def test_a_refused_form_can_be_corrected_and_sent_again(db):
    key = uuid.uuid4()

    def refuse():
        operations.create_organisation(name="Half written", kind="other")
        raise Refused("No.")

    with pytest.raises(Refused):
        once(key, refuse)
    assert not Organisation.objects.exists()
    assert once(key, lambda: "/there/") == "/there/"


def test_another_broken_promise_of_the_database_is_not_hidden(db):
    def breaks():
        raise IntegrityError("something else is there twice")

    with pytest.raises(IntegrityError, match="something else"):
        once(uuid.uuid4(), breaks)


def test_eight_posts_at_the_same_moment_make_one_thing(shared_database, at_once):
    key = uuid.uuid4()

    def post(number):
        return once(
            key,
            lambda: operations.create_organisation(name=f"Post {number}", kind="other").slug,
        )

    answers = at_once(8, post)
    (only,) = Organisation.objects.all()
    assert answers == [only.slug] * 8


def test_going_back_and_changing_a_word_makes_it_another_form(rf):
    key = str(uuid.uuid4())
    first, again, changed = (
        form_key(rf.post("/", {"form_key": key, "name": name, "csrfmiddlewaretoken": token}))
        for name, token in (("Mill", "a"), ("Mill", "b"), ("Mile", "a"))
    )
    assert first == again != changed
    assert form_key(rf.post("/", {"name": "Mill"})) is None

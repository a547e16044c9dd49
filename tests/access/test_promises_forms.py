"""A form posted twice is taken once: every form that makes something carries its own key."""

import re

import pytest
from django.urls import resolve
from tests.crawl import forms_of, pages

from studytours.actions.models import Action
from studytours.actions.operations import link_for

pytestmark = pytest.mark.one_database  # a form is the same on both

# Why pressing these twice is harmless without a key: the second time finds the work done.
HARMLESS = {
    "account_login": "signing in",
    "account_logout": "signing out",
    "account_reauthenticate": "signing in again",
    "account_request_login_code": "another code replaces the first, and tries are counted",
    "account_reset_password": "tries are counted",
    "account_change_password": "the old password no longer fits",
    "mfa_activate_totp": "a code counts once",
    "join": "the phone joins by the contract; without script the page is paper",
    # The same words again are the same words.
    "desk_area_change": "a change",
    "desk_category": "a change",
    "desk_tour_answer": "a change",
    "desk_tour_attendance": "a change",
    "desk_tour_places": "a change",
    "desk_stop": "a change",
    "desk_tour_words": "a change",
    "desk_walk_words": "a change",
    "desk_stop_lock": "locked already, or not any more",
    "desk_tour_route": "the second proposal replaces the first",
    "desk_route_use": "the proposal is gone, which is said",
    "desk_route_drop": "dropped already",
    "desk_summary": "a change",
    # The second time finds it done: the operation says so, or gives what the first one made.
    "desk_contact_remove": "gone already",
    "desk_partners_usual": "those that are there stay",
    "desk_queue_take_up": "in the order already",
    "desk_queue_withdraw": "withdrawn already",
    "desk_request_show": "counts already",
    "desk_phone_nudge": "the same words once more",
    "desk_phone_withdraw": "withdrawn already",
    "desk_photo_unpublish": "private already",
    "desk_remit_remove": "gone already",
    "desk_remits_guess": "those that are there stay",
    "desk_saved_file": "what has arrived is known by its uuid",
    "desk_stop_remove": "gone already",
    "desk_tour_address": "what was written again has not come back",
    "desk_tour_ask": "the first invitation is given",
    "desk_paper": "a row is known by its name",
    "desk_tour_risks": "signed already; the same rows are no new version",
    "desk_tour_guest": "the first invitation is given",
    "desk_tour_invite": "the first invitation is given",
    "desk_tour_reopen": "open already",
    "desk_walk_close": "closed already",
    "desk_walk_open": "open already",
    "desk_tour_letters": "the same letters again; nothing is kept",
    # It happens twice, as its button says, and anyone can see and mend it.
    "desk_action": "only its link to copy: two links, both listed",
    "desk_person_welcome": "the same e-mail without a secret again",
    "desk_stop_move": "two places on, seen at once",
    "desk_tour_code": "the newest code counts and is the one that is shown",
}


@pytest.fixture
def every_form(town, client):
    """(address it is sent to, names of its fields) of each form that a page offers."""
    action = Action.objects.filter(owner=town.bodies["homes"]).first()
    link = re.sub(r"https?://[^/]+", "", link_for(action))
    starts = {
        None: ["/", "/w/", "/account/login/", link, town.coming_tour.invitations.first().token],
        town.amina: ["/desk/", f"{town.walked.get_desk_url()}debrief/"],
        town.cal: ["/desk/"],
        town.eve: ["/mine/"],
    }
    starts[None][-1] = f"/tours/reply/{starts[None][-1]}/"
    found = {}
    for person, addresses in starts.items():
        client.logout()
        if person:
            client.force_login(person)
        for page, text in pages(client, *addresses).items():
            for form in forms_of(text):
                if form["method"].lower() == "post":
                    sent_to = (form["action"] or page).split("#")[0].split("?")[0]
                    found.setdefault(resolve(sent_to).view_name, []).append((page, form["fields"]))
    return found


def test_every_form_carries_a_secret_and_a_key_or_is_harmless(every_form):
    assert len(every_form) > 25
    fields = {name: [one for _, one in forms] for name, forms in every_form.items()}
    open_to_foreign_sites = {
        name for name, forms in fields.items() if not all("csrfmiddlewaretoken" in f for f in forms)
    }
    assert open_to_foreign_sites == set()
    without_key = {
        name for name, forms in fields.items() if not all("form_key" in f for f in forms)
    }
    assert without_key - set(HARMLESS) == set()

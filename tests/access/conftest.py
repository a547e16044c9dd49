"""One of everything that an address can name: in the small town, and what only its pages need."""

import base64
import hashlib
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone
from tests.crime import streets
from tests.streets.maps import MILL_LANE, a_map
from tests.town import Town

from studytours.actions import operations as actions
from studytours.actions.models import Evidence
from studytours.areas import operations as areas
from studytours.areas.queue.order import current_queue
from studytours.core.operations import write_message
from studytours.crime import operations as crime
from studytours.demo import pictures, stories
from studytours.fieldwork import operations as fieldwork
from studytours.fieldwork.models import Photo
from studytours.partners import operations as partners
from studytours.streets.operations import draw_base_map


@pytest.fixture(scope="module")
def town_of_today(for_the_module):
    """The code of an open walk opens pages on its own day only."""
    cache.clear()
    return Town(timezone.now()).build()


@pytest.fixture(scope="module")
def people(town_of_today):
    """Who visits, by the names in matrix.ROLES."""
    town = town_of_today
    return SimpleNamespace(
        nobody=None, partner=town.eve, other_partner=town.fay, leader=town.cal,
        other_leader=town.dee, analyst=town.bola, coordinator=town.amina, unproven=town.amina,
    )  # fmt: skip


@pytest.fixture(scope="module")
def crime_import(people, for_the_module):
    file = for_the_module / "2025-01-northamptonshire-street.csv"
    file.write_bytes(streets.as_csv([streets.crime(1)]))
    return crime.import_crimes([file], by=people.coordinator)


@pytest.fixture(scope="module")
def world_of_the_module(town_of_today, crime_import):
    """The value of each argument in the matrix, by name."""
    town = town_of_today
    tour, by = town.open_walk, town.amina
    seen, evidence = observation_with_photo(town), action_with_evidence(town)
    action = evidence.update.action
    invitation = tour.invitations.first()
    message = write_message(to="a@example.org", subject="S", text="T", about=action)
    return {
        "slug": tour.slug,
        "tour": tour.slug,
        "area": town.harbour.slug,
        "organisation": town.bodies["homes"].slug,
        "contact": contact_of(town).pk,
        "coming": town.coming_tour.slug,
        "street_map": street_map_with_tiles().pk,
        "person": town.cal.pk,
        "measure": town.osier.measures.first().ref,
        "stop": tour.stops.first().pk,
        "assessment": tour.assessments.get().version,
        "invitation": invitation.token,
        "invitation_pk": invitation.pk,
        "code": tour.join_code,
        "category": "LIT",
        "device": seen.device_id,
        "observation": seen.pk,
        "photo": Photo.objects.get(observation=seen.pk).pk,
        "voice": spoken_note(seen),
        "action": action.ref,
        "link": actions.link_for(action, by=by).rstrip("/").rsplit("/", 1)[-1],
        "evidence": evidence.pk,
        "crime_import": crime_import.pk,
        "data_import": areas.receive_data(ContentFile(b"", "a.csv"), kind="statistics", by=by).pk,
        **queue_of_next_areas(town),
        "remit": town.bodies["homes"].remits.first().pk,
        "message": message.pk,
        "where": "-0.73,52.30,-0.71,52.31",
        "provider_id": "organisation",
        "uidb36": "1",
        "key": "set-password",
    }


def contact_of(town):
    return partners.add_contact(town.bodies["homes"], name="Repairs", email="r@example.org")


def queue_of_next_areas(town):
    """A decision, a place that waits, a request near the one map point of the crime file."""
    today, by = timezone.localdate(), town.amina
    waits = current_queue().row("area:osier-rows").place
    hold = areas.let_wait(waits, reason="R", review_on=today + timedelta(days=9), by=by)
    lat, lon = streets.crime(1)["Latitude"], streets.crime(1)["Longitude"]
    return {
        "decision": areas.decide("area:curlew-estate", reason="R", by=by).pk,
        "hold": hold.pk,
        "walk_request": areas.ask_for_walk(lat=float(lat), lon=float(lon)).pk,
    }


def observation_with_photo(town):
    """What a phone sends on the open walk; nobody has looked at its photo yet."""
    tour, item = town.open_walk, stories.OSIER.found[0]
    phone, _ = fieldwork.join(code=tour.join_code, name="Kim", now=town.now)
    stop = tour.stops.first()
    return town.send(phone, tour, stop, item, item.words, town.now, first=True).observation


def spoken_note(observation):
    """A voice that belongs to what was seen: its name."""
    sound = b"OggS" + bytes(60)
    digest = base64.b64encode(hashlib.sha256(sound).digest()).decode()
    return fieldwork.accept_photo(
        observation.device, uuid4(), observation=observation.pk, content_type="audio/ogg",
        digest=f"sha-256={digest}", body=sound,
    ).accepted  # fmt: skip


def action_with_evidence(town):
    """A promise of the open walk by Seabank Homes, who have sent a picture of the work."""
    homes = town.bodies["homes"]
    action = actions.agree_action(
        area=town.harbour, tour=town.open_walk, title="Mend the gate", owner=homes,
        due=timezone.localdate(town.now), by=town.amina,
    )  # fmt: skip
    photo = (pictures.draw("gate", shut=True), "image/jpeg", "A gate")
    action = actions.update_action(
        action, to_state="under_way", words="Ordered", organisation=homes, photos=[photo]
    )
    return Evidence.objects.get(update__action=action)


@pytest.fixture
def world(world_of_the_module, in_its_folder):
    return world_of_the_module


def street_map_with_tiles():
    street = {"name": "Mill Lane", "kind": "residential", "line": MILL_LANE}
    draw_base_map("f" * 64, [street], [])
    return a_map(sha256="f" * 64)

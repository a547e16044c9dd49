"""One of everything that an address can name, made through operations."""

import base64
import hashlib
import io
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from shapely.geometry import box

from studytours.actions import operations as actions
from studytours.actions.models import Evidence
from studytours.areas import operations as areas
from studytours.core.operations import write_message
from studytours.crime import operations as crime
from studytours.fieldwork import operations as fieldwork
from studytours.measures import operations as measures
from studytours.partners import operations as partners
from studytours.tours import operations as tours


def jpeg():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(scope="module")
def people(for_the_module):
    cache.clear()
    homes = partners.create_organisation(
        name="Greatwell Homes", kind="landlord", email="homes@example.org"
    )
    council = partners.create_organisation(name="Council", kind="council")

    def person(name, role, organisation=None):
        return partners.create_person(
            email=f"{name}@example.org",
            name=name,
            role=role,
            organisation=organisation,
            password="three odd lanterns",
        )

    coordinator = person("coordinator", "coordinator")
    return SimpleNamespace(
        homes=homes,
        council=council,
        nobody=None,
        partner=person("partner", "partner", homes),
        other_partner=person("other_partner", "partner", council),
        leader=person("leader", "leader"),
        other_leader=person("other_leader", "leader"),
        analyst=person("analyst", "analyst"),
        coordinator=coordinator,
        unproven=coordinator,
    )


def walked_tour(people, area):
    by = people.coordinator
    tour = tours.plan_tour(
        area=area,
        title="Queensway in June",
        starts_at=timezone.now() + timedelta(hours=1),
        meeting_point="The shops",
        leader=people.leader,
        by=by,
    )
    stop = tours.add_stop(tour, name="Alley", lat=52.304, lon=-0.717, by=by)
    tours.add_stop(tour, name="Shops", lat=52.305, lon=-0.716, by=by)
    invitation = tours.invite(tour, organisation=people.homes, by=by)
    return tours.open_walk(tour, by=by), stop, invitation


MONTH = """Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,\
Crime type,Last outcome category,Context
,2026-03,Northamptonshire Police,Northamptonshire Police,-0.7175,52.3042,On or near Queensway,\
E01027001,North Northamptonshire 001A,Burglary,,
"""


@pytest.fixture(scope="module")
def crime_import(people, for_the_module):
    file = for_the_module / "2026-03-northamptonshire-street.csv"
    file.write_text(MONTH)
    return crime.import_crimes([file], by=people.coordinator)


@pytest.fixture(scope="module")
def world_of_the_module(people, crime_import):
    """The value of each argument in the matrix, by name."""
    by = people.coordinator
    fieldwork.seed_categories()
    area = areas.make_area(
        name="Queensway",
        geometry=box(-0.73, 52.30, -0.71, 52.31),
        made_from="drawn",
        why="Many burglaries",
        by=by,
    )
    measure = measures.register_measure(
        kind="alley_gate", name="Alley gates", place="Alley", area=area
    )
    tour, stop, invitation = walked_tour(people, area)
    device, _ = fieldwork.join(code=tour.join_code, name="Kim")
    seen = fieldwork.desk_observation(
        tour, kind="problem", category="LIT", words="Dark", stop=stop, by=people.leader
    )
    photo = photo_of(device, seen)
    remit = actions.set_remit(people.homes, "LIT", by=by)
    action = actions.agree_action(
        area=area,
        tour=tour,
        title="Mend the gate",
        owner=people.homes,
        due=timezone.localdate() + timedelta(days=30),
        by=by,
    )
    link = actions.link_for(action, by=by).rstrip("/").rsplit("/", 1)[-1]
    action = actions.update_action(
        action, to_state="under_way", words="Ordered", organisation=people.homes,
        photos=[(jpeg(), "image/jpeg", "A gate")],
    )  # fmt: skip
    message = write_message(to="a@example.org", subject="S", text="T", about=action)
    return {
        "slug": tour.slug,
        "tour": tour.slug,
        "area": area.slug,
        "organisation": people.homes.slug,
        "person": people.leader.pk,
        "measure": measure.ref,
        "stop": stop.pk,
        "invitation": invitation.token,
        "invitation_pk": invitation.pk,
        "code": tour.join_code,
        "category": "LIT",
        "device": device.pk,
        "observation": seen.pk,
        "photo": photo,
        "action": action.ref,
        "link": link,
        "evidence": Evidence.objects.get(update__action=action).pk,
        "crime_import": crime_import.pk,
        "data_import": areas.receive_data(ContentFile(b"", "a.csv"), kind="statistics", by=by).pk,
        "remit": remit.pk,
        "message": message.pk,
        "where": "-0.73,52.30,-0.71,52.31",
        "provider_id": "organisation",
        "uidb36": "1",
        "key": "set-password",
    }


def photo_of(device, seen):
    body, name = jpeg(), uuid.uuid4()
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    fieldwork.accept_photo(
        device, name, observation=seen.pk, content_type="image/jpeg",
        digest=f"sha-256={digest}", body=body,
    )  # fmt: skip
    return name


@pytest.fixture
def world(world_of_the_module, in_its_folder):
    return world_of_the_module

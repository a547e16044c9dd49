"""Queensway after its walk: Greatwell owns the courts, the council the lights, nobody the path."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from shapely.geometry import box

from studytours.actions import operations
from studytours.areas.operations import make_area
from studytours.fieldwork import operations as fieldwork
from studytours.partners import operations as partners
from studytours.tours import operations as tours

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 6, 3, 20, 0, tzinfo=LONDON)
DUE = date(2026, 7, 1)


@dataclass
class World:
    office: object
    greatwell: object
    council: object
    coordinator: object
    analyst: object
    leader: object
    partner: object
    area: object
    tour: object
    stops: list

    def finding(self, words="The hedge hides the path", *, category="VEG", stop=0, **more):
        """One record from a paper sheet, and what the tour makes of it."""
        where = self.stops[stop] if stop is not None else None
        return fieldwork.desk_observation(
            self.tour, kind="problem", category=category, words=words, stop=where,
            by=self.coordinator, now=NOW, **more,
        ).finding  # fmt: skip

    def action(self, **changed):
        """What was agreed with Greatwell."""
        fields = dict(
            area=self.area, tour=self.tour, title="Cut back the hedge", owner=self.greatwell,
            due=DUE, by=self.coordinator, now=NOW,
        )  # fmt: skip
        return operations.agree_action(**fields | changed)


@pytest.fixture
def world(db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    fieldwork.seed_categories()
    partners.set_office(name="Northants OPFCC", contact_email="office@example.org")
    office = partners.create_organisation(name="Crime-reduction team", kind="office")
    greatwell = partners.create_organisation(
        name="Greatwell Homes", kind="landlord", email="care@greatwell.example",
        looks_after="its homes, gates and grounds",
    )  # fmt: skip
    council = partners.create_organisation(
        name="Council street lighting", kind="council", email="lights@council.example",
        looks_after="street lights",
    )  # fmt: skip

    def person(name, role, organisation):
        return partners.create_person(
            email=f"{role}@example.org", name=name, role=role, organisation=organisation
        )

    coordinator = person("Amina", "coordinator", office)
    leader = person("Lee", "leader", office)
    area = make_area(
        name="Queensway", geometry=box(-0.725, 52.300, -0.710, 52.308), made_from="drawn",
        why="Asked for", by=coordinator, now=NOW,
    )  # fmt: skip
    tour = tours.plan_tour(
        area=area, title="Queensway study tour", starts_at=NOW.replace(hour=18),
        meeting_point="Church hall", leader=leader, by=coordinator, now=NOW.replace(day=1),
    )  # fmt: skip
    stops = [
        tours.add_stop(tour, name="Garages", lat=52.304, lon=-0.7175, by=coordinator),
        tours.add_stop(tour, name="Shops", lat=52.306, lon=-0.7150, by=coordinator),
    ]
    return World(
        office, greatwell, council, coordinator, person("Ann", "analyst", office), leader,
        person("Pat", "partner", greatwell), area, tour, stops,
    )  # fmt: skip


@pytest.fixture
def hedge(world):
    return world.finding()


@pytest.fixture
def action(world):
    return world.action()


def picture(colour="green", size=(64, 48), kind="JPEG"):
    """The bytes of a small photo."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


@pytest.fixture
def photo():
    return picture()


@pytest.fixture
def desk_client(client, world):
    client.force_login(world.coordinator)
    return client

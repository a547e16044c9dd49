"""A walk through Mill Lane. Amina leads it, Cora coordinates, Ana analyses, Leo leads another."""

import base64
import hashlib
import io
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from PIL import Image
from shapely.geometry import box
from tests.walks import open_walk

from studytours.areas.models import Area
from studytours.fieldwork import operations
from studytours.measures.operations import register_measure
from studytours.partners.operations import create_organisation, create_person
from studytours.tours import operations as tours

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)
AT = "2026-06-03T13:00:00+01:00"


def jpeg(colour="teal", size=(64, 48)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def digest(data):
    return "sha-256=" + base64.b64encode(hashlib.sha256(data).digest()).decode()


def note(**fields):
    """The bytes of a record, as a phone makes them."""
    return json.dumps({"kind": "problem", "captured_at": AT, **fields}).encode()


@dataclass
class Phone:
    """Speaks the phone's contract."""

    token: str
    device: object
    client: Client

    @property
    def headers(self):
        return {"Authorization": f"Bearer {self.token}"}

    def send(self, body, name=None, **headers):
        return self.client.put(
            f"/api/field/observations/{name or uuid.uuid4()}", body,
            content_type="application/json", headers=self.headers | headers,
        )  # fmt: skip

    def send_photo(self, data, name=None, of=None, content_type="image/jpeg", **headers):
        headers = {
            "X-Observation": str(of or uuid.uuid4()), "Digest": digest(data),
            **self.headers, **headers,
        }  # fmt: skip
        return self.client.put(
            f"/api/field/photos/{name or uuid.uuid4()}", data, content_type=content_type,
            headers=headers,
        )  # fmt: skip

    def receipts(self):
        return self.client.get("/api/field/receipts", headers=self.headers).json()


def make_walk(title="Mill Lane", *, lon=-0.7175, people=None):
    """An open walk with two stops and a gate, and who may see what of it."""
    if people is None:
        office = create_organisation(name="Commissioner’s office", kind="office")
        people = {
            name: create_person(
                email=f"{name}@example.org", name=name.title(), role=role, organisation=office,
                password="correct horse battery",
            )
            for name, role in (
                ("cora", "coordinator"), ("ana", "analyst"), ("amina", "leader"), ("leo", "leader"),
                ("paul", "partner"),
            )
        }  # fmt: skip
    operations.seed_categories()
    area = Area.objects.create(
        name=title, slug=title.lower().replace(" ", "-"), made_from="drawn", why="Asked for",
        geometry=box(lon - 0.01, 52.30, lon + 0.01, 52.31), made_at=NOON,
    )  # fmt: skip
    tour = tours.plan_tour(
        area=area, title=title, starts_at=NOON, meeting_point="Church hall",
        meeting=(52.305, lon), leader=people["amina"], now=NOON - timedelta(days=9),
    )  # fmt: skip
    garages = tours.add_stop(tour, name="Garages", lat=52.304, lon=lon)
    bridge = tours.add_stop(tour, name="Bridge", lat=52.306, lon=lon + 0.002)
    gate = register_measure(kind="alley_gate", name="Gate 7", place="Mill Lane", area=area)
    open_walk(tour, by=people["cora"], now=NOON)
    tour.refresh_from_db()
    return SimpleNamespace(
        tour=tour, area=area, garages=garages, bridge=bridge, gate=gate, **people
    )


def make_another(walk):
    """A second walk with the same people, far from the first."""
    people = {name: getattr(walk, name) for name in ("cora", "ana", "amina", "leo", "paul")}
    return make_walk("High Street", lon=-0.6, people=people)


def report(tour):
    tour.state = "reported"
    tour.save()


def make_phone(tour, name=""):
    device, token = operations.join(code=tour.join_code, name=name, now=NOON)
    return Phone(token, device, Client(raise_request_exception=False))


@pytest.fixture
def walk(db):
    return make_walk()


@pytest.fixture
def phone(walk):
    return make_phone(walk.tour, "Rosa")


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """The walk is on: the server's clock stands at noon."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: NOON)

"""Everything a phone needs of a tour to work without signal. README.md describes its shape."""

from studytours.core import photos
from studytours.core.geometry import to_geojson
from studytours.core.languages import words_of_the_app
from studytours.measures.guide import ANYTHING, guide_of
from studytours.measures.models import Condition, Works
from studytours.measures.queries import measures_with_last_check
from studytours.partners.queries import get_office
from studytours.streets.queries import find_places, streets_geojson
from studytours.tours.route import line_of

from .models import Kind
from .on_the_spot import organisations_for_the_phone
from .places import bounds_around
from .queries import KEEP, active_categories
from .questions.asked import for_the_phone
from .reading import MOST_BYTES
from .taxonomy import GUIDES, WORK_OF

AROUND_METRES = 200
MOST_PLACES = 400

FEELINGS = ((0, "Frightened"), (1, "Uneasy"), (2, "OK"), (3, "Comfortable"), (None, "Don't know"))
TAPS = (
    ("lighting", "Lighting"),
    ("seen", "You can see and be seen"),
    ("people", "People about"),
    ("looked_after", "Looked after"),
    ("way_out", "A way out"),
)
ROLES = (
    "Resident", "Shop or business", "Councillor", "Council", "Police", "Housing association",
    "School or youth work", "Faith or community group", "Someone else",
)  # fmt: skip
WORDS = {
    "danger": "In danger now: 999. To report a crime: 101 or online.",
    "private": "This is kept private. It is never shown to the public.",
    "consent": [words_of_the_app(f"consent.{name}") for name in ("you", "shown", "photos")],
}


def make_pack(device):
    """The pack of this phone's tour, as a dict."""
    tour = device.tour
    bounds = bounds_around(tour, AROUND_METRES)
    stops = list(tour.stops.prefetch_related("measures"))
    return {
        "studytours": 1,
        "device": {"id": device.pk, "name": device.name, "role": device.role},
        "office": _office(),
        "tour": {**tour_card(tour), "bounds": _rounded(bounds)},
        "outline": to_geojson(tour.area.geometry),
        "stops": [_stop(stop) for stop in stops],
        "route": _route(tour, stops),
        "streets": streets_geojson(bounds),
        "places": [
            {"name": place.name, "kind": place.kind, "lat": place.lat, "lon": place.lon}
            for place in find_places(bounds=bounds, limit=MOST_PLACES)
        ],
        "measures": [_measure(measure) for measure in _measures(tour, stops)],
        "categories": [_category(category) for category in active_categories()],
        "organisations": organisations_for_the_phone(tour),
        "kinds": _choices(Kind),
        "conditions": _choices(Condition),
        "works": _choices(Works),
        "feelings": {"scores": _coded(FEELINGS), "taps": _coded(TAPS)},
        "questions": for_the_phone(),
        "roles": list(ROLES),
        "limits": {
            "observation_bytes": MOST_BYTES,
            "photo_bytes": photos.MOST_BYTES,
            "photo_pixels": photos.MOST_PIXELS,
            "keep_days": KEEP.days,
        },
        "words": WORDS,
    }


def tour_card(tour):
    """What a phone shows of a tour before and after it has joined."""
    meeting = tour.meeting_lat is not None and tour.meeting_lon is not None
    return {
        "slug": tour.slug,
        "title": tour.title,
        "area": tour.area.name,
        "state": tour.state,
        "starts_at": tour.starts_at.isoformat(),
        "ends_at": tour.join_until.isoformat() if tour.join_until else None,
        "minutes": tour.minutes,
        "meeting_point": tour.meeting_point,
        "meeting": {"lat": tour.meeting_lat, "lon": tour.meeting_lon} if meeting else None,
        "introduction": tour.introduction,
        "step_free": tour.step_free,
    }


def _office():
    office = get_office()
    return {
        "name": office.name,
        "contact_email": office.contact_email,
        "is_invented": office.is_invented,
    }


def _rounded(bounds):
    return [round(float(bound), 6) for bound in bounds]


def _stop(stop):
    return {
        "id": stop.pk,
        "number": stop.number,
        "name": stop.name,
        "look_at": stop.look_at,
        "look_from_here": stop.look_from_here,
        "lat": stop.lat,
        "lon": stop.lon,
        "minutes": stop.minutes,
        "measures": [measure.ref for measure in stop.measures.all()],
    }


def _route(tour, stops):
    """A line from the meeting point through the stops, or None with fewer than two points."""
    line = line_of(tour, stops)
    return {"type": "LineString", "coordinates": line} if len(line) > 1 else None


def _measures(tour, stops):
    """The standing public measures of the area and of the stops, once each."""
    at_stops = {measure.pk for stop in stops for measure in stop.measures.all()}
    standing = measures_with_last_check().filter(removed_on=None, is_public=True)
    return standing.filter(area=tour.area) | standing.filter(pk__in=at_stops)


def _measure(measure):
    return {
        "ref": measure.ref,
        "kind": measure.kind,
        "label": measure.get_kind_display(),
        "guide": guide_of(measure.kind),
        "name": measure.name,
        "count": measure.count,
        "unit": measure.unit,
        "place": measure.place,
        "lat": measure.lat,
        "lon": measure.lon,
        "installed": measure.installed_from,
        "owner": measure.owner.name if measure.owner else "",
        "last_check": _last_check(measure),
    }


def _last_check(measure):
    """What the log said last, for whoever looks at it now; None when nobody has looked."""
    if measure.last_checked_at is None:
        return None
    return {"at": measure.last_checked_at.isoformat(), "works": measure.last_works}


def _category(category):
    return {
        "code": category.code,
        "label": category.label,
        "icon": category.icon,
        "sensitive": category.is_sensitive,
        "allows_photo": category.allows_photo,
        "work": WORK_OF.get(category.code, ""),
        "guide": GUIDES.get(category.code, ANYTHING),
    }


def _choices(choices):
    return _coded(choices.choices)


def _coded(pairs):
    return [{"code": code, "label": label} for code, label in pairs]

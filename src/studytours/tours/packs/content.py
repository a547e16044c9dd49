"""What a pack says, as plain data for the templates. Only what was asked for is read."""

from functools import partial

from django.conf import settings

from studytours.core.panels import panels_for
from studytours.core.templatetags.ui import clock, day, moment
from studytours.measures.models import Works
from studytours.partners.queries import get_office

from ..before.assessment import rows_for
from ..before.models import Severe
from ..before.signing import signing_of
from ..before.template import script_of
from ..light import light_of
from ..loaders import stops_of
from ..models import Invitation, Tour
from ..queries import invitations_of
from .join import join_address, qr_svg
from .map_svg import route_map
from .parts import PARTS
from .route import way_of

ROWS_FOR_OTHERS, LEAST_ROWS = 8, 20
OVER = (Tour.State.DEBRIEF, Tour.State.REPORTED, Tour.State.CANCELLED)


def content_of(tour, parts, *, large=False, sheets=3):
    """{"tour", "large", "parts", and a key for each part}, ready for JSON."""
    stops = stops_of(tour)
    makers = {
        "cover": partial(_cover, large=large), "stops": _stops, "emergency": _emergency,
        "risks": _risks, "attendance": _attendance, "poster": _poster, "feedback": _feedback,
    }  # fmt: skip
    data = {
        "tour": _tour(tour),
        "large": large,
        "parts": [{"name": name, "title": PARTS[name][0]} for name in parts],
    }
    for name in parts:
        data[name] = _sheet(tour, sheets) if name == "sheet" else makers[name](tour, stops)
    return data


def _tour(tour):
    office = get_office()
    return {
        "title": tour.title, "area": tour.area.name, "office": office.name,
        "contact": office.contact_email, "invented": office.is_invented,
        "when": moment(tour.starts_at), "day": day(tour.starts_at), "minutes": tour.minutes,
        "meeting": tour.meeting_point, "in_rain": tour.in_rain,
        "leader": str(tour.leader or ""), "step_free": tour.step_free,
        "cancelled": tour.state == Tour.State.CANCELLED,
    }  # fmt: skip


def _cover(tour, stops, *, large):
    way, light = way_of(tour, stops), light_of(tour)
    return {
        "map": route_map(tour, stops, way.line, large=large),
        "way": _length(way, stops),
        "along_streets": way.along_streets,
        "sunset": clock(light["sunset"]) if light["sunset"] else "",
        "dusk": clock(light["dusk"]) if light["dusk"] else "",
        "dark": light["ends_in_the_dark"],
        "not_on_map": [f"{stop.number} {stop.name}" for stop in stops if stop.lat is None],
    }


def _length(way, stops):
    if len(way.line) < 2:
        return ""
    kilometres = f"{way.metres / 1000:.1f} km"
    many = "1 stop" if len(stops) == 1 else f"{len(stops)} stops"
    return f"{many}, about {kilometres}, {way.minutes} minutes with standing"


def _stops(tour, stops):
    directions = way_of(tour, stops).directions
    listed = [
        {
            "number": stop.number, "name": stop.name, "look_at": stop.look_at,
            "minutes": stop.minutes, "from_here": stop.look_from_here,
            "directions": list(directions.get(stop.number, ())),
            "measures": [f"{one.ref} {one.name}, {one.place}" for one in stop.measures.all()],
        }
        for stop in stops
    ]  # fmt: skip
    return {"listed": listed, "to_the_end": directions.get(0, [])}


def _emergency(tour, stops):
    places = [("Meeting point", tour.meeting_point, tour.meeting_lat, tour.meeting_lon)]
    places += [(f"Stop {stop.number}", stop.name, stop.lat, stop.lon) for stop in stops]
    return {
        "script": script_of(tour),
        "places": [
            {"what": what, "name": name, "point": f"{lat:.5f}, {lon:.5f}"}
            for what, name, lat, lon in places if lat is not None
        ],
    }  # fmt: skip


def _risks(tour, stops):
    signing = signing_of(tour, stops)
    shown = signing.signed if signing.is_good else None
    rows = shown.rows if shown else rows_for(tour, stops, signing)
    return {
        "rows": [
            {**row, "how": f"{row['likely'].capitalize()}, {Severe(row['severe']).label.lower()}"}
            for row in rows
        ],
        "signed": f"{shown.signed_name}, {moment(shown.signed_at)}" if shown else "",
        "version": shown.version if shown else 0,
    }  # fmt: skip


def _attendance(tour, stops):
    coming = [
        str(one) if one.organisation else one.name or "A guest"
        for one in invitations_of(tour) if one.answer == Invitation.Answer.YES
    ]  # fmt: skip
    blank = max(ROWS_FOR_OTHERS, LEAST_ROWS - len(coming))
    return {"names": coming, "blank": blank}


def _sheet(tour, sheets):
    """The recording sheet belongs to whoever keeps what is recorded: a higher context."""
    letters = [chr(ord("A") + number) for number in range(sheets)]
    found = [make(tour) for make in panels_for("pack_sheet")]
    stops = [{"code": str(stop.number), "label": stop.name} for stop in tour.stops.all()]
    works = [works.label for works in Works]
    return {"letters": letters, "stops": stops, "works": works, **(found[0] if found else {})}


def _poster(tour, stops):
    if not tour.join_code or tour.state in OVER:
        return {"code": "", "address": "", "qr": ""}
    return {
        "code": tour.join_code,
        "address": join_address(tour),
        "qr": qr_svg(tour),
    }


def _feedback(tour, stops):
    public = tour.is_public and tour.area.is_public
    return {"address": settings.BASE_URL + tour.get_absolute_url() if public else ""}

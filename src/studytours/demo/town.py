"""Saltmere comes to be: only through operations, so no page starts from an impossible state."""

import base64
import hashlib
import json
import tempfile
import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
from django.db import transaction
from django.utils import timezone
from shapely import union_all
from shapely.geometry import LineString, Point, Polygon, mapping

from studytours.actions import operations as actions
from studytours.actions.models import Action, Evidence
from studytours.areas import operations as areas
from studytours.areas.models import Area
from studytours.core.errors import Refused
from studytours.crime import operations as crime
from studytours.fieldwork import operations as fieldwork
from studytours.fieldwork.models import Finding, Photo
from studytours.measures import operations as measures
from studytours.partners import operations as partners
from studytours.partners.models import Organisation
from studytours.partners.queries import get_office
from studytours.reportback import operations as reportback
from studytours.streets import operations as streets
from studytours.tours import operations as tours
from studytours.tours.models import Tour

from . import crimes, geography, pictures, stories

NAMESPACE = uuid.UUID("5a175a17-0000-4000-8000-5a175a175a17")
PASSWORD = "walk-with-us"  # noqa: S105  (an invented town's, on a laptop, printed at the start)
BODIES = {
    "police": ("Saltmere Police, town team", "police", "patrols, burglary advice, retail crime"),
    "council": ("Saltmere Council", "council", "street lighting, highways, trees, cleansing, CCTV"),
    "homes": ("Seabank Homes", "landlord", "homes, garages, alley gates, communal doors"),
    "town": ("Saltmere Town Council", "town_council", "play areas, benches, allotments"),
    "community": ("Saltmere Wheels", "community", "a bike track run by young people"),
    "traders": ("Market Square Traders", "business", "shops in the old town"),
    "school": ("Marsh Gate School", "faith_school", "pupils' routes, school grounds"),
}
REMITS = {
    "council": "LIT VEG PAT FLY CAM", "homes": "HOM GAT EMP", "police": "VEH DRU SHO BIK",
    "town": "PAR", "community": "YOU",
}  # fmt: skip


class Builder:
    """Builds the town as seen at `now`; everything earlier is written with its own time."""

    def __init__(self, now, progress=None):
        self.now, self.tell = now, progress or (lambda percent, doing: None)
        self.people, self.bodies, self.files = {}, {}, Path()

    def build(self):
        with tempfile.TemporaryDirectory() as folder:
            self.files = Path(folder)
            self.tell(5, "the office and its partners")
            self.office()
            self.tell(15, "streets and boundaries")
            self.ground()
            self.tell(35, "three years of recorded crime")
            self.recorded_crime()
            self.tell(60, "areas, measures and tours")
            self.the_story()
        return self

    def find(self):
        """The town that was built before, with a walk that is open now."""
        self.people = partners.create_local_accounts(PASSWORD)
        self.by = self.people["coordinator"]
        names = {name: key for key, (name, *_) in BODIES.items()}
        for body in Organisation.objects.filter(name__in=names):
            self.bodies[names[body.name]] = body
        for tour in Tour.objects.filter(state=Tour.State.WALKING):
            if tour.can_join(self.now):
                self.open_walk = tour
                return
        area = Area.objects.get(name="Harbourside")
        self.open_walk = self.walking(stories.HARBOUR, area)

    # -- the office ------------------------------------------------------------------------------

    def office(self):
        partners.set_office(
            name="Saltmere Study Tours",
            strapline="We walk where there is too much crime, agree who does what by when, and show what happened.",
            contact_email="tours@saltmere.example",
            home_force=crimes.FORCE,
            is_invented=True,
        )
        for key, (name, kind, looks_after) in BODIES.items():
            self.bodies[key] = partners.create_organisation(
                name=name, kind=kind, looks_after=looks_after, email=f"{key}@saltmere.example"
            )
        self.people = partners.create_local_accounts(PASSWORD)
        self.by = self.people["coordinator"]
        for key, codes in REMITS.items():
            for code in codes.split():
                actions.set_remit(self.bodies[key], code, by=self.by)

    # -- the ground ------------------------------------------------------------------------------

    def ground(self):
        lines = [
            {
                "name": name,
                "kind": kind,
                "lit": None,
                "on_foot": True,
                "line": LineString(geography.place(line)),
            }
            for name, kind, _, line in geography.streets()
        ]
        marks = [
            {"name": known_as, "kind": kind.lower(), "point": Point(geography.place([at])[0])}
            for kind, known_as, at, _ in geography.SPECIAL
        ]
        streets.add_street_map(
            name="Saltmere (invented)", source="made by `studytours demo`", licence="MIT",
            sha256=hashlib.sha256(repr(lines).encode()).hexdigest(), streets=lines, landmarks=marks,
        )  # fmt: skip
        small = geography.small_areas()
        rings = {code: polygon for code, (_, _, polygon) in small.items()}
        names = {code: name for code, (name, _, _) in small.items()}
        self._boundaries("lsoa", "LSOA21", rings, names)
        wards, ward_names = {}, {}
        for i, name in enumerate(geography.WARDS):
            code = f"E05{990001 + i:06d}"
            wards[code] = union_all(
                [polygon for _, ward, polygon in small.values() if ward == code]
            )
            ward_names[code] = name
        self._boundaries("ward", "WD24", wards, ward_names)
        self._statistics(small, ward_names)

    def _boundaries(self, kind, column, shapes, names):
        features = [
            {
                "type": "Feature",
                "properties": {f"{column}CD": code, f"{column}NM": names[code]},
                "geometry": mapping(Polygon(geography.place(shape.exterior.coords))),
            }
            for code, shape in shapes.items()
        ]
        path = self.files / f"{kind}-2021-saltmere.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        areas.import_boundaries(path, kind=kind, by=self.by)

    def _statistics(self, small, ward_names):
        """Homes and deprivation in the shape of the census and of the Indices of Deprivation."""
        rng = np.random.default_rng(geography.SEED + 3)
        homes = ["lsoa21_code,lsoa21_name,local_authority_name,residents,households"]
        poor = ["lsoa21_code,lsoa21_name,imd_rank,imd_decile"]
        lookup = ["lsoa21_code,lsoa21_name,ward24_code,ward24_name,lad24_code,lad24_name"]
        for code, (name, ward, polygon) in small.items():
            households = int(rng.integers(520, 760))
            homes.append(f"{code},{name},{geography.NAME},{int(households * 2.3)},{households}")
            where = geography.nearest_district(polygon.centroid.x, polygon.centroid.y)
            decile = {"Curlew Estate": 1, "Osier Rows": 2, "Old Town": 4}.get(
                where, int(rng.integers(4, 9))
            )
            poor.append(f"{code},{name},{decile * 3000},{decile}")
            lookup.append(
                f"{code},{name},{ward},{ward_names[ward]},{geography.AUTHORITY[0]},{geography.NAME}"
            )
        for name, rows in (("households", homes), ("deprivation", poor), ("lookup", lookup)):
            path = self.files / f"saltmere-{name}-2021.csv"
            path.write_text("\n".join(rows) + "\n")
            areas.import_statistics(path, by=self.by)

    def recorded_crime(self):
        path = self.files / "saltmere-street.zip"
        gates = self.now - timedelta(days=500)
        path.write_bytes(crimes.archive(self.now, f"{gates:%Y-%m}"))
        crime.import_crimes([path], by=self.by, now=self.now)

    # -- the story -------------------------------------------------------------------------------

    def the_story(self):
        osier = self.area("Osier Rows", (2450, 1700), 380,
                          "Many burglaries from the back. Gates were fitted; residents say they do not shut.", 560)  # fmt: skip
        curlew = self.area("Curlew Estate", (720, 1800), 420,
                           "The most burglary and car crime in town for its number of homes, three years in a row.", 120)  # fmt: skip
        harbour = self.area("Harbourside", (1620, 330), 430,
                            "Bikes and cars are taken here, and shopkeepers asked us to come.", 40)  # fmt: skip
        self.register(osier, curlew)
        self.reported(stories.OSIER, osier, days_ago=430, hour=19)
        self.tell(75, "what was found and agreed")
        self.reported(stories.CURLEW, curlew, days_ago=33, hour=14)
        seabank = self.area(
            "Seabank",
            (2650, 780),
            400,
            "Pupils asked us: they run the last part of the way home.",
            60,
        )
        self.in_debrief(stories.SEABANK, seabank)
        self.open_walk = self.walking(stories.HARBOUR, harbour)
        self.tell(95, "the next tour")
        self.coming(stories.NEXT, curlew)

    def area(self, name, centre, radius, why, days_ago):
        ring = Point(centre).buffer(radius, quad_segs=12).exterior.coords
        small = geography.small_areas()
        return areas.make_area(
            name=name, town="Saltmere", geometry=Polygon(geography.place(ring)),
            made_from="circle", why=why, force=crimes.FORCE, by=self.by,
            codes=sorted({geography.small_area_of(px, py, small) for px, py in ring}),
            now=self.now - timedelta(days=days_ago),
        )  # fmt: skip

    def register(self, osier, curlew):
        made = self.now - timedelta(days=540)
        (lon, lat), (lon2, lat2) = geography.place([(2330, 1560), (560, 1640)])
        gates = measures.register_measure(
            kind="alley_gate", name="Alley gates behind Osier Rows", count=24, area=osier,
            place="Between Osier Street and Reed Way", lat=lat, lon=lon,
            installed_from=f"{made:%Y-%m}", funder="Safer Streets fund", owner=self.bodies["homes"],
            maintainer=self.bodies["homes"], key_holder="Gate wardens",
            next_check=(self.now + timedelta(days=20)).date(), by=self.by, now=made,
        )  # fmt: skip
        measures.register_measure(
            kind="lighting", name="Security lights on the garages", count=18, area=osier,
            place="Garages at Reed Way", installed_from=f"{made:%Y}", owner=self.bodies["homes"],
            next_check=(self.now - timedelta(days=9)).date(), by=self.by, now=made,
        )  # fmt: skip
        measures.register_measure(
            kind="cctv", name="CCTV cameras on the parking bays", count=6, area=curlew,
            place="Parking bays", lat=lat2, lon=lon2, installed_from=f"{made:%Y}",
            owner=self.bodies["council"], maintainer=self.bodies["council"],
            next_check=(self.now + timedelta(days=60)).date(), by=self.by, now=made,
        )  # fmt: skip
        measures.record_check(
            gates, works="sometimes", condition="satisfactory", by_whom="Seabank Homes",
            words="22 of 24 shut by themselves.", by=self.by, now=self.now - timedelta(days=160),
        )  # fmt: skip

    def plan(self, story, area, starts_at, now):
        lon, lat = geography.place([story.stops[0][1]])[0]
        tour = tours.plan_tour(
            area=area, title=story.title, starts_at=starts_at, minutes=90,
            meeting_point=story.meeting, meeting=(lat, lon), introduction=story.introduction,
            leader=self.people["leader"], step_free=True, by=self.by, now=now,
        )  # fmt: skip
        for name, at, look_at in story.stops:
            lon, lat = geography.place([at])[0]
            here = [m for m in area.measures.all() if m.lat and abs(m.lat - lat) < 0.0003]
            tours.add_stop(tour, name=name, lat=lat, lon=lon, look_at=look_at, minutes=10,
                           measures=here, by=self.by, now=now)  # fmt: skip
        for key in story.invited:
            tours.invite(tour, organisation=self.bodies[key], by=self.by, now=now)
        tours.open_invitations(tour, by=self.by, now=now)
        tour.refresh_from_db()
        for answer, invitation in zip(
            ("yes", "yes", "no", "none"), tour.invitations.all(), strict=False
        ):
            if answer != "none":
                tours.answer_invitation(invitation, answer, now=now + timedelta(days=1))
        return tour

    def at(self, days_ago, hour):
        day = timezone.localtime(self.now) - timedelta(days=days_ago)
        return day.replace(hour=hour, minute=0, second=0, microsecond=0)

    def reported(self, story, area, *, days_ago, hour):
        """A tour that was walked, agreed and reported, with everything that happened since."""
        start = self.at(days_ago, hour)
        tour = self.plan(story, area, start, start - timedelta(days=30))
        tour = tours.open_walk(tour, by=self.by, now=start) or tour
        tour.refresh_from_db()
        found = self.record(tour, story.found, start + timedelta(minutes=15))
        tours.close_walk(tour, by=self.by, now=start + timedelta(minutes=95))
        tour.refresh_from_db()
        self.decide(story, found, start + timedelta(minutes=100))
        promised = self.agree(story, tour, found, start + timedelta(minutes=110))
        tours.report_back(tour, summary=story.summary, by=self.by, now=start + timedelta(days=3))
        for action, promise in promised:
            self.live(action, promise, start)
        by_title = {promise.title: action for action, promise in promised}
        for action, promise in promised:
            if promise.replaced_by:
                actions.supersede(
                    action, by_title[promise.replaced_by], by=self.by, now=start + timedelta(days=12),
                    words="One job does for both.",
                )  # fmt: skip

    def in_debrief(self, story, area):
        """A tour walked yesterday evening: a third of it decided, the rest waits on the screen."""
        start = self.at(1, 17)
        tour = self.plan(story, area, start, start - timedelta(days=25))
        tours.open_walk(tour, by=self.by, now=start)
        tour.refresh_from_db()
        found = self.record(tour, story.found, start + timedelta(minutes=10))
        tours.close_walk(tour, by=self.by, now=start + timedelta(minutes=90))
        first, *same = found["hedge"]
        for other in same:
            fieldwork.merge(other, first, by=self.by, now=start + timedelta(minutes=95))
        fieldwork.accept(found["lolly"][0], by=self.by, now=start + timedelta(minutes=96))
        tour.refresh_from_db()
        glass = stories.Promised("Sweep the shelter and fix the bin", "council", ("glass",), 7)
        later = start + timedelta(minutes=98)
        self.agree(replace(story, promised=(glass,)), tour, found, later)

    def record(self, tour, found, start):
        """Each finding arrives from a phone by the phone's own contract; returns key → findings."""
        stops = {stop.number: stop for stop in tour.stops.all()}
        phones = [
            fieldwork.join(code=tour.join_code, name=name, role=role, now=start)[0]
            for name, role in (("", "Resident"), ("Sam", "Resident"), ("", "Council"))
        ]
        kept = {}
        for i, item in enumerate(found):
            at = start + timedelta(minutes=4 * i)
            kept[item.key] = [
                self.send(phones[j % 3], tour, stops[item.stop], item, words, at, first=j == 0)
                for j, words in enumerate((item.words, *item.same))
            ]
        return kept

    def send(self, phone, tour, stop, item, words, at, *, first):
        name = uuid.uuid5(NAMESPACE, f"{tour.slug}{item.key}{words}")
        picture = item.picture if first else None
        photo = uuid.uuid5(name, "photo") if picture else None
        body = {
            "kind": item.kind, "category": item.category, "words": words, "stop": stop.pk,
            "place": {"stop": stop.pk}, "captured_at": at.isoformat(), "urgent": item.urgent,
            "photos": [str(photo)] if photo else [],
        }  # fmt: skip
        if item.dark is not None:
            body["dark"] = item.dark
        if item.feeling is not None:
            body["feeling"] = {"score": item.feeling}
        fieldwork.accept_observation(phone, name, json.dumps(body).encode(), now=at)
        if photo:
            scene, choices = picture
            data = pictures.draw(scene, **choices)
            digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
            fieldwork.accept_photo(
                phone, photo, observation=name, content_type="image/jpeg",
                digest=f"sha-256={digest}", body=data, now=at,
            )  # fmt: skip
        return Finding.objects.get(observation=name)

    def decide(self, story, found, at):
        for item in story.found:
            first, *same = found[item.key]
            for other in same:
                fieldwork.merge(other, first, by=self.by, now=at)
            if item.decision == "decline":
                fieldwork.decline(first, item.why, by=self.by, now=at)
            elif item.decision == "private":
                fieldwork.keep_private(first, by=self.by, now=at)
            else:
                fieldwork.accept(first, by=self.by, now=at)
            if item.decision == "accept" and item.alt:
                for photo in Photo.objects.filter(observation=first.observation_id):
                    fieldwork.publish_photo(photo, alt=item.alt, by=self.by, now=at)

    def agree(self, story, tour, found, at):
        made = []
        for promise in story.promised:
            unknown = promise.confidence == "unknown"
            body = self.bodies[promise.owner]
            findings = [found[key][0] for key in promise.answers]
            for finding in findings:
                finding.refresh_from_db()
            action = actions.agree_action(
                area=tour.area, tour=tour, findings=findings, title=promise.title,
                detail=promise.detail, owner=None if unknown else body,
                finder=body if unknown else None, finder_name=promise.finder_name,
                confidence=promise.confidence, due=(at + timedelta(days=promise.days)).date(),
                milestones=[(m, (at + timedelta(days=d)).date()) for m, d in promise.milestones],
                by=self.by, now=at,
            )  # fmt: skip
            made.append((action, promise))
        return made

    def live(self, action, promise, start):
        """What owner and office did later, each at its time; the future has not happened."""
        for days, state, words, picture in promise.steps:
            at = start + timedelta(days=days)
            if at > self.now:
                break
            action = Action.objects.get(pk=action.pk)
            owner = self.bodies[promise.owner]
            by_office = state in ("confirmed", "deferred", "declined")
            photos = []
            if picture:
                scene, choices, alt = picture
                photos = [(pictures.draw(scene, **choices), "image/jpeg", alt)]
            actions.update_action(
                action, to_state=state, photos=photos, now=at,
                words="" if by_office and state != "confirmed" else words,
                reason=words if state in ("deferred", "declined") else "",
                review_on=(self.now + timedelta(days=120)).date() if state == "deferred" else None,
                by=self.by if by_office else None, organisation=None if by_office else owner,
            )  # fmt: skip
            for evidence in Evidence.objects.filter(update__action=action, published_at=None):
                actions.publish_evidence(evidence, evidence.alt, by=self.by, now=at)
        for milestone in action.milestones.filter(due__lt=self.now.date())[:1]:
            actions.reach_milestone(milestone, milestone.due, by=self.by)
        action.refresh_from_db()
        for answer in promise.verdicts:
            if action.state in ("done", "confirmed"):
                reportback.give_verdict(action, answer=answer, now=self.now - timedelta(days=30))

    def walking(self, story, area):
        start = timezone.localtime(self.now).replace(second=0, microsecond=0)
        tour = self.plan(story, area, start, self.now - timedelta(days=21))
        tour = tours.open_walk(tour, by=self.by, now=self.now) or tour
        tour.refresh_from_db()
        return tour

    def coming(self, story, area):
        return self.plan(story, area, self.at(-16, 18), self.now - timedelta(days=4))


def build_town(*, now=None, progress=None):
    """Make the demonstration town, or find it again; what a person needs to look around.

    Returns {"join_code", "sign_in": {role: {"email", "password"}}}.
    """
    now = now or timezone.now()
    town = Builder(now, progress)
    if get_office().is_invented:
        town.find()
    elif Area.objects.exists():
        raise Refused(
            "There are areas in this database already, so the invented town is not added to it.",
            cure="Use an empty database: set STUDYTOURS_HOME to a new folder.",
        )
    else:
        with transaction.atomic():  # a town that is half there is worse than none
            town.build()
    return {
        "join_code": town.open_walk.join_code,
        "sign_in": {
            str(role): {"email": person.email, "password": PASSWORD}
            for role, person in town.people.items()
        },
    }

"""Saltmere comes to be: only through operations, so no page starts from an impossible state."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from shapely.geometry import Point, Polygon

from studytours.actions import operations as actions
from studytours.areas import operations as areas
from studytours.areas.models import Area
from studytours.areas.queue.criteria import USUAL
from studytours.areas.queue.order import current_queue
from studytours.core.errors import Refused
from studytours.measures import operations as measures
from studytours.partners import operations as partners
from studytours.partners.models import Organisation
from studytours.partners.queries import get_office
from studytours.tours import operations as tours
from studytours.tours.models import Tour

from . import crimes, geography, ground, guests, stories
from .telling import Teller
from .walking_now import walk_now

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

MARKET, PRIORY = (1620, 1220), (1580, 1950)
# Where someone wishes for a walk, how many days ago, and why.
REQUESTS = (
    (PRIORY, 70, "The path through the park is dark and nobody is about."),
    (PRIORY, 64, "Two bikes were taken from our shed this spring."),
    (PRIORY, 51, "The hedge by the church hides the whole path."),
    (PRIORY, 33, "My mother does not walk home alone any more."),
    (PRIORY, 30, "The park lamps have been out since summer."),
    (PRIORY, 12, "Cars are tried at night in Cloister Close."),
    (PRIORY, 5, "Please come after dark, then you will see."),
    (MARKET, 44, "Please look at the corner by the market hall."),
    (MARKET, 8, "Groups drink behind the bins by the shops."),
    ((650, 800), 19, "Cars were broken into on Mill Rise."),
)  # fmt: skip


class Builder(Teller):
    """Builds the town as seen at `now`, or finds the one that was built before."""

    def __init__(self, now, progress=None):
        super().__init__(now)
        self.tell = progress or (lambda percent, doing: None)

    def build(self):
        self.tell(5, "the office and its partners")
        self.office()
        self.tell(15, "streets and boundaries")
        ground.add_streets()
        ground.add_boundaries(self.by)
        self.tell(35, "three years of recorded crime")
        ground.add_recorded_crime(self.now, self.by)
        self.tell(60, "areas, measures and tours")
        self.the_story()
        return self

    def find(self):
        """The town that was built before, with a walk that is open now."""
        self.sign_ins()
        names = {name: key for key, (name, *_) in BODIES.items()}
        for body in Organisation.objects.filter(name__in=names):
            self.bodies[names[body.name]] = body
        for tour in Tour.objects.filter(state=Tour.State.WALKING):
            if tour.can_join(self.now):
                self.open_walk = tour
                return
        self.open_walk = walk_now(self, Area.objects.get(name="Harbourside"))

    def sign_ins(self):
        self.people = partners.create_local_accounts(PASSWORD)
        self.by = self.people["coordinator"]

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
        self.sign_ins()
        for key, codes in REMITS.items():
            for code in codes.split():
                actions.set_remit(self.bodies[key], code, by=self.by)

    def the_story(self):
        osier = self.area("Osier Rows", (2450, 1700), 380,
                          "Many burglaries from the back. Gates were fitted; residents say they do not shut.", 560)  # fmt: skip
        curlew = self.area("Curlew Estate", (720, 1800), 420,
                           "The most burglary and car crime in town for its number of homes, three years in a row.", 120)  # fmt: skip
        harbour = self.area("Harbourside", (1620, 330), 430,
                            "Bikes and cars are taken here, and shopkeepers asked us to come.", 40)  # fmt: skip
        self.register(osier, curlew)
        self.lights(harbour)
        self.reported(stories.OSIER, osier, days_ago=430, hour=19)
        self.tell(75, "what was found and agreed")
        self.reported(stories.AGAIN, osier, days_ago=50, hour=19)
        self.reported(stories.CURLEW, curlew, days_ago=33, hour=14)
        seabank = self.area("Seabank", (2650, 780), 400,
                            "Pupils asked us: they run the last part of the way home.", 60)  # fmt: skip
        self.walked(stories.SEABANK, seabank, days_ago=1, hour=17)
        self.open_walk = walk_now(self, harbour)
        self.tell(95, "the next tour")
        coming = self.coming(stories.NEXT, curlew)
        self.proposed(coming)
        guests.sign_up(coming, self.bodies, by=self.by, now=self.now)
        guests.who_came(by=self.by)
        self.what_comes_next()

    def proposed(self, tour):
        """A route that waits for the office to use it; two stops must stay."""
        for stop in tour.stops.all()[:2]:
            tours.lock_stop(stop, True, by=self.by, now=self.now)
        tours.wish_route(tour, light="dusk", prefer_lit=True, by=self.by, now=self.now)
        tours.propose_route(tour, by=self.by, now=self.now)

    def what_comes_next(self):
        """Residents ask, the office weighs, lets one place wait and decides for another."""
        for (x, y), days_ago, words in REQUESTS:
            [(lon, lat)] = geography.place([(x, y)])
            areas.ask_for_walk(lat=lat, lon=lon, words=words, now=self.at(days_ago, 11))
        areas.publish_weights(
            USUAL, by=self.by, now=self.at(80, 10),
            reason="Homes come before shops, and what residents ask for counts as much.",
        )  # fmt: skip
        queue = current_queue(self.now.date())
        market, priory = (
            queue.nearest(*geography.place([spot])[0]) for spot in (MARKET, PRIORY)
        )  # fmt: skip
        areas.let_wait(
            market.place, reason="The square is being rebuilt; we walk when the fences are gone.",
            review_on=(self.now + timedelta(days=150)).date(), by=self.by, now=self.at(20, 15),
        )  # fmt: skip
        areas.decide(
            priory.place.key, by=self.by, now=self.now,
            reason="Residents asked more than anywhere else, and Priory was never walked.",
        )  # fmt: skip

    def area(self, name, centre, radius, why, days_ago):
        ring = Point(centre).buffer(radius, quad_segs=12).exterior.coords
        small = geography.small_areas()
        return areas.make_area(
            name=name, town="Saltmere", geometry=Polygon(geography.place(ring)),
            made_from="circle", why=why, force=crimes.FORCE, by=self.by,
            codes=sorted({geography.small_area_of(px, py, small) for px, py in ring}),
            now=self.now - timedelta(days=days_ago),
        )  # fmt: skip

    def lights(self, harbour):
        """Something to check on the walk that is open."""
        made = self.now - timedelta(days=540)
        measures.register_measure(
            kind="street_lighting", name="Street lights on Anchor Street", count=9, area=harbour,
            place="Anchor Street", installed_from=f"{made:%Y}", owner=self.bodies["council"],
            next_check=(self.now + timedelta(days=40)).date(), by=self.by, now=made,
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

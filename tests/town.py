"""One small named world, made only by operations: a quarter of the demonstration town.

Osier Rows was walked and reported (ten findings, seven promises); Harbourside is being walked
now; a second walk of Osier Rows is planned. Nothing here waits for crime data.
"""

from datetime import UTC, datetime

from studytours.demo import stories
from studytours.demo.town import PASSWORD, Builder
from studytours.partners.operations import create_person
from studytours.tours.models import Tour

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)


class Town(Builder):
    """Amina coordinates, Bola analyses, Cal leads, Eve is from Seabank Homes; Dee leads nothing
    and Fay is from the council."""

    def __init__(self, now=NOW):
        super().__init__(now)

    def build(self):
        self.office()
        self.amina, self.bola, self.cal, self.eve = (
            self.people[role] for role in ("coordinator", "analyst", "leader", "partner")
        )
        self.dee = create_person(
            email="dee@saltmere.example", name="Dee", role="leader", password=PASSWORD
        )
        self.fay = create_person(
            email="fay@saltmere.example", name="Fay", role="partner", password=PASSWORD,
            organisation=self.bodies["council"],
        )  # fmt: skip
        self.osier = self.area("Osier Rows", (2450, 1700), 380, "Burglaries from the back.", 560)
        self.curlew = self.area("Curlew Estate", (720, 1800), 420, "Most car crime.", 120)
        self.register(self.osier, self.curlew)
        self.reported(stories.OSIER, self.osier, days_ago=430, hour=19)
        self.walked = Tour.objects.get(area=self.osier)
        self.harbour = self.area("Harbourside", (1620, 330), 430, "Bikes are taken here.", 40)
        self.open_walk = self.walking(stories.HARBOUR, self.harbour)
        self.coming_tour = self.coming(stories.NEXT, self.curlew)
        return self

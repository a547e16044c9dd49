"""Who signs up for the next walk in Saltmere, and who came to the walks before."""

from datetime import timedelta

from studytours.partners import operations as partners
from studytours.tours import operations as tours
from studytours.tours.models import Tour

PLACES = 12
# Name, how many more they bring, what they need; in the order in which they sign up.
RESIDENTS = (
    ("Marjorie", 1, "A rest half way, please"),
    ("Dele", 0, ""),
    ("The Okafor family", 3, "A way for a pushchair"),
    ("", 0, ""),
    ("Ines", 1, "I use a wheelchair: no kerbs"),
    ("Tom and Bess", 1, ""),
    ("Priya", 0, ""),
)
# Title of the walk: residents, people of organisations, that nobody expected.
CAME = {"Osier Rows after dark": (11, 6), "Curlew Estate by daylight": (9, 7)}


def sign_up(tour, bodies, *, by, now):
    """More wish to come than there are places, and who cannot come names somebody else."""
    partners.add_contact(
        bodies["homes"], name="Repairs desk", email="repairs@saltmere.example", work="gates", by=by
    )
    tours.set_places(tour, capacity=PLACES, by=by, now=now - timedelta(days=3))
    declined = tour.invitations.filter(answer="no").first()
    tours.answer_invitation(
        declined, "no", instead="Estates team", instead_email="estates@saltmere.example",
        now=now - timedelta(days=2),
    )  # fmt: skip
    for hours, (name, guests, needs) in enumerate(RESIDENTS):
        email = f"{name.split()[0].lower()}@saltmere.example" if name and guests else ""
        tours.come_along(
            tour, name=name, email=email, guests=guests, access_needs=needs,
            now=now - timedelta(days=2) + timedelta(hours=hours),
        )  # fmt: skip


def who_came(*, by):
    """The count of the leader on each of the walks that are told of."""
    for title, (residents, others) in CAME.items():
        tour = Tour.objects.get(title=title)
        coming = {one.pk: one.party for one in tour.invitations.filter(answer="yes")}
        tours.record_attendance(
            tour, came=coming, residents=residents, partners=others, by=by, now=tour.walked_at
        )

"""What was found and agreed in Saltmere: the words of the demonstration, as data.

A finding: key, kind, category, words, stop number, picture (scene, choices) or None, what was
decided. A promise: title, who, findings it answers, days until due, and its later steps as
(days after the walk, state, words, picture or None).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Found:
    key: str
    kind: str
    category: str
    words: str
    stop: int
    picture: tuple | None = None
    alt: str = ""
    decision: str = "accept"
    why: str = ""
    same: tuple = ()  # words of others who saw the same
    dark: bool | None = None
    urgent: bool = False
    feeling: int | None = None


@dataclass(frozen=True)
class Promised:
    title: str
    owner: str
    answers: tuple
    days: int
    steps: tuple = ()
    detail: str = ""
    milestones: tuple = ()
    finder_name: str = ""
    confidence: str = "agreed"
    verdicts: tuple = ()
    replaced_by: str = ""


@dataclass(frozen=True)
class Walk:
    """One tour: stops as (name, (x, y), what to look at)."""

    title: str
    introduction: str
    meeting: str
    stops: tuple
    found: tuple = ()
    promised: tuple = ()
    summary: str = ""
    invited: tuple = field(default=("police", "council", "homes"))


OSIER = Walk(
    title="Osier Rows after dark",
    introduction="Two years ago gates were fitted behind these houses. We look at what works and what does not.",
    meeting="St Brannock's Church, by the porch",
    stops=(
        ("Alley behind Osier Street", (2330, 1560), "Gates and light behind the houses"),
        ("Willow Road steps", (2450, 1690), "Bushes by the steps"),
        ("Garages at Reed Way", (2600, 1810), "Who can see in, who can get in"),
        ("Play area, Sallow Row", (2380, 1880), "What is there for children"),
    ),
    found=(
        Found(
            "gate",
            "problem",
            "GAT",
            "The alley gate does not shut. The latch is gone.",
            1,
            ("gate", {"shut": False}),
            "An alley gate hanging open, its latch missing",
            same=(
                "Gate by number posts is broken again",
                "Anyone can walk in, the lock was stolen",
            ),
            feeling=1,
        ),
        Found(
            "dark",
            "problem",
            "LIT",
            "No light at all behind the houses. You cannot see who is there.",
            1,
            ("alley", {"lit": False}),
            "A dark alley with a lamp that is out",
            dark=True,
            feeling=0,
            same=("The lamp has been out since spring",),
        ),
        Found(
            "bush",
            "problem",
            "VEG",
            "The bushes by the steps are taller than me. Someone could hide there.",
            2,
            ("bushes", {"cut": False}),
            "Bushes taller than a person on both sides of a path",
            feeling=1,
        ),
        Found(
            "waste",
            "problem",
            "FLY",
            "Sofas and bags dumped by the garages.",
            3,
            ("rubbish", {"clear": False}),
            "Bags and a sofa left in an alley",
            urgent=True,
        ),
        Found(
            "swing",
            "problem",
            "PAR",
            "One swing is broken and has been for a year.",
            4,
            ("play", {"mended": False}),
            "A swing frame with one broken seat",
        ),
        Found(
            "track",
            "idea",
            "YOU",
            "A dirt track for bikes on the rough ground, so they stay off the paths.",
            4,
            ("track", {"built": False}),
            "Rough grass where a bike track could be",
        ),
        Found(
            "conifers",
            "problem",
            "SEE",
            "Tall conifers hide the flats. The flats like them for privacy.",
            2,
        ),
        Found(
            "planters",
            "good",
            "VEG",
            "The flower tubs that neighbours look after. Please keep them.",
            2,
        ),
        Found(
            "help",
            "problem",
            "ROU",
            "Someone may be sleeping behind the garages and need help.",
            3,
            decision="private",
        ),
        Found(
            "wall",
            "idea",
            "GRA",
            "Paint the garage wall so tags come off.",
            3,
            decision="decline",
            why="The wall is to come down next year when the garages are rebuilt.",
        ),
    ),
    promised=(
        Promised(
            "Mend the latch and fit new locks on the alley gates",
            "homes",
            ("gate",),
            28,
            (
                (9, "under_way", "Locks ordered for all six gates.", None),
                (
                    24,
                    "done",
                    "New latches and locks are on. Keys given to the gate wardens.",
                    ("gate", {"shut": True}, "The gate shut, with a new lock"),
                ),
                (33, "confirmed", "Checked with two residents.", None),
            ),
            verdicts=("fixed", "fixed", "partly"),
        ),
        Promised(
            "Repair the light behind Osier Street",
            "council",
            ("dark",),
            42,
            (
                (20, "under_way", "The cable is damaged. The repair is booked.", None),
                (
                    40,
                    "done",
                    "The light works and is now an LED.",
                    ("alley", {"lit": True}, "The same alley with the lamp lit"),
                ),
                (47, "confirmed", "Checked after dark.", None),
            ),
            verdicts=("fixed", "fixed"),
        ),
        Promised(
            "Cut the bushes by Willow Road steps to knee height",
            "council",
            ("bush",),
            35,
            (
                (
                    30,
                    "done",
                    "Cut back. We come again each spring.",
                    ("bushes", {"cut": True}, "The same path with the bushes cut low"),
                ),
                (36, "confirmed", "", None),
            ),
            verdicts=("fixed", "came_back"),
        ),
        Promised(
            "Clear the dumped rubbish at Reed Way garages",
            "homes",
            ("waste",),
            14,
            (
                (
                    6,
                    "done",
                    "Two vans of rubbish taken away.",
                    ("rubbish", {"clear": True}, "The same place, clear"),
                ),
                (15, "confirmed", "", None),
            ),
            verdicts=("fixed", "not_fixed"),
        ),
        Promised(
            "Mend the broken swing",
            "town",
            ("swing",),
            60,
            (
                (
                    50,
                    "deferred",
                    "The part is no longer made. We replace the whole frame from next year's money.",
                    None,
                ),
            ),
        ),
        Promised(
            "Find a place and an owner for a bike track",
            "community",
            ("track",),
            700,
            ((120, "under_way", "The council will lease us the ground.", None),),
            milestones=(
                ("Lease signed", 240),
                ("Track designed with young people", 430),
                ("Track opened", 700),
            ),
        ),
        Promised(
            "Ask the flats about the conifers: keep, thin or lower",
            "homes",
            ("conifers",),
            90,
            (
                (
                    85,
                    "declined",
                    "Eight of eleven flats want to keep them. We add a light on the path instead.",
                    None,
                ),
            ),
        ),
    ),
    summary="Nineteen people walked with us. Ten things were written down. Seven promises were made that evening, and each has a name and a date.",
)

CURLEW = Walk(
    title="Curlew Estate by daylight",
    introduction="Burglary and car crime are high here. Come and show us where it goes wrong.",
    meeting="Curlew garages, by the notice board",
    stops=(
        ("Curlew garages", (760, 1800), "Broken doors, no light"),
        ("Avocet Road parking bays", (560, 1640), "Cars broken into at night"),
        ("Cut-through to Fen Road", (820, 2030), "Bikes and blind corners"),
        ("Plover Row flats", (930, 1700), "Front doors that do not lock"),
        ("Corner shop, Lapwing Way", (620, 1880), "Talk with the shopkeeper"),
    ),
    found=(
        Found(
            "doors",
            "problem",
            "VEH",
            "Six garage doors are bent open. Tools get stolen here.",
            1,
            ("rubbish", {"clear": False}),
            "Rubbish and open ground by the garages",
            feeling=1,
            same=("My van was broken into twice behind here",),
        ),
        Found(
            "lamp",
            "problem",
            "LIT",
            "The lamp over the bays is hidden by a tree.",
            2,
            ("bushes", {"cut": False}),
            "A tree and bushes in front of a lamp",
            dark=True,
            feeling=1,
        ),
        Found(
            "cut",
            "problem",
            "CUT",
            "Motorbikes use the cut-through. There is no barrier.",
            3,
            ("alley", {"lit": True}),
            "A straight alley with nothing to slow a bike",
            feeling=1,
        ),
        Found(
            "entry",
            "problem",
            "HOM",
            "Front doors of the flats do not lock.",
            4,
            decision="private",
        ),
        Found(
            "shop",
            "experience",
            "SHO",
            "Things are stolen every day. Staff have stopped reporting it.",
            5,
        ),
        Found(
            "bench",
            "good",
            "PAR",
            "People sit on the bench by the shop and keep an eye on things.",
            5,
        ),
    ),
    promised=(
        Promised(
            "Secure the six bent garage doors",
            "homes",
            ("doors",),
            21,
            (
                (10, "under_way", "Four of six are done.", None),
                (
                    19,
                    "done",
                    "All six doors shut and lock.",
                    ("rubbish", {"clear": True}, "The ground by the garages, clear"),
                ),
            ),
            verdicts=("partly",),
        ),
        Promised("Cut the tree that hides the lamp", "council", ("lamp",), 20),
        Promised(
            "Find out who owns the cut-through to Fen Road",
            "council",
            ("cut",),
            45,
            finder_name="Highways records desk",
            confidence="unknown",
        ),
        Promised(
            "Put up a second lamp at the bays",
            "council",
            ("lamp",),
            60,
            replaced_by="Cut the tree that hides the lamp",
        ),
        Promised(
            "Call at the shop each week for two months",
            "police",
            ("shop",),
            75,
            ((14, "under_way", "Two visits so far.", None),),
        ),
    ),
    summary="Residents walked us through the estate and showed us where cars and garages are broken into. Five promises came out of it.",
)

SEABANK = Walk(
    title="Seabank, the way to school",
    introduction="Pupils walk this way twice a day. They tell us where they hurry and why.",
    meeting="Marsh Gate School, front gate",
    stops=(
        ("Marsh Gate School gate", (2800, 1050), "Where everyone crosses"),
        ("Path by Marram Road", (2650, 880), "Hedges and blind corners"),
        ("Shelter on Dune Street", (2480, 760), "Graffiti, broken glass"),
        ("Green at Shingle Lane", (2700, 520), "A place to play"),
    ),
    found=(
        Found(
            "hedge",
            "problem",
            "VEG",
            "The hedge is so high that nobody sees us on the path.",
            2,
            ("bushes", {"cut": False}),
            "High bushes on both sides of a path",
            feeling=1,
            same=("Hedge needs a cut", "You cannot see round the corner for the hedge"),
        ),
        Found(
            "glass",
            "problem",
            "FLY",
            "Broken glass and bags in the shelter.",
            3,
            ("rubbish", {"clear": False}),
            "Bags and rubbish on the ground",
            urgent=True,
        ),
        Found(
            "light",
            "problem",
            "LIT",
            "After club in winter it is pitch dark here.",
            2,
            ("alley", {"lit": False}),
            "A dark alley with a lamp that is out",
            dark=True,
            feeling=0,
            same=("No lamp works on this path",),
        ),
        Found(
            "net", "idea", "YOU", "Goals on the green. We would be there and not at the shops.", 4
        ),
        Found("lolly", "good", "PAT", "The crossing patrol knows everybody by name.", 1, feeling=3),
        Found(
            "swings",
            "problem",
            "PAR",
            "The swing seat hangs by one chain.",
            4,
            ("play", {"mended": False}),
            "A swing frame with one broken seat",
        ),
        Found(
            "deal", "problem", "DRU", "Cars stop here and people pass things through the window.", 3
        ),
    ),
    invited=("council", "school", "town", "police"),
)

HARBOUR = Walk(
    title="Harbourside on foot",
    introduction="Bikes vanish from the station and cars from the quay. Walk with us and see why.",
    meeting="Saltmere station, main door",
    stops=(
        ("Station car park", (1500, 250), "Bike stands nobody can see"),
        ("Anchor Street", (1750, 330), "Dark doorways"),
        ("Lugger Road corner", (1900, 480), "Cars parked half on the path"),
        ("Quay Street shops", (1420, 115), "What shopkeepers see"),
    ),
    invited=("police", "council", "traders"),
)  # fmt: skip

NEXT = Walk(
    title="Curlew Estate: is it better?",
    introduction="A year on we walk the same way again. Tell us what changed and what did not.",
    meeting="Curlew garages, by the notice board",
    stops=CURLEW.stops,
    invited=("police", "council", "homes", "town"),
)

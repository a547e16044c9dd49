"""The categories a new office begins with, in residents' words (PRODUCT.md). Edited on the desk."""

FIELDS = ("code", "label", "icon", "principle", "default_remit", "is_sensitive", "allows_photo")

# At most so many are active: more would not fit on one phone screen.
MOST_ACTIVE = 20

CATEGORIES = (
    ("LIT", "Poor or broken lighting", "bulb", "surveillance",
     "street lighting; landlord for courts and garages; parks", False, True),
    ("VEG", "Overgrown bushes or trees", "trees", "surveillance",
     "grounds; landlord; private owner", False, True),
    ("SEE", "Blind corners, nowhere overlooked", "eye-off", "surveillance",
     "planning, landlord", False, True),
    ("CUT", "Cut-through or alley", "route", "access",
     "highways (public), frontagers (private)", False, True),
    ("GAT", "Gate, fence, door or lock", "lock", "physical protection",
     "owner in the register of measures", False, True),
    ("CAM", "CCTV or help point", "device-cctv", "surveillance",
     "CCTV operator", False, True),
    ("HOM", "Homes at risk", "home-shield", "physical protection",
     "landlord, commissioner's office", True, True),
    ("VEH", "Vehicle crime spots", "car", "physical protection",
     "police, car-park owner", False, True),
    ("SHO", "Shop theft or abuse", "shopping-bag", "physical protection",
     "retail-crime team, business crime partnership, store", False, True),
    ("DRU", "Signs of drug use or dealing", "pill", "ownership",
     "police, needle clearance", True, True),
    ("FLY", "Dumped rubbish or litter", "trash", "maintenance",
     "cleansing, private owner", False, True),
    ("GRA", "Graffiti or damage", "spray", "maintenance",
     "owner of the surface (offensive: urgent)", False, True),
    ("EMP", "Empty or run-down building", "building", "ownership",
     "private-sector housing, planning", False, True),
    ("PAR", "Park, play or sports area", "tree", "activity",
     "parks, town council", False, True),
    ("YOU", "Nothing for young people", "ball-football", "activity",
     "youth services, community companies", False, True),
    ("PAT", "Paths, crossings, access", "walk", "access",
     "highways", False, True),
    ("BIK", "Off-road bikes, dangerous riding", "motorbike", "access",
     "police, landowner", False, True),
    ("ROU", "Rough sleeping or a vulnerable person", "bed", "ownership",
     "housing outreach", True, False),
    ("OTH", "Something else", "dots", "",
     "a person triages within 2 days", False, True),
)  # fmt: skip

# The kind of work (partners/works.py) that each is for; "something else" is for nobody.
WORK_OF = {
    "LIT": "lighting", "VEG": "grounds", "SEE": "planning", "CUT": "highways", "GAT": "gates",
    "CAM": "cctv", "HOM": "homes", "VEH": "police", "SHO": "retail", "DRU": "police",
    "FLY": "cleansing", "GRA": "cleansing", "EMP": "planning", "PAR": "parks", "YOU": "youth",
    "PAT": "highways", "BIK": "police", "ROU": "outreach",
}  # fmt: skip

# Whose drawings show what a condition means: measures/guide.py.
GUIDES = {"LIT": "lighting", "VEG": "bushes", "GAT": "gate", "CUT": "path", "PAT": "path"}


def rows():
    """One dict a category, in the order in which phones show them."""
    return [
        {**dict(zip(FIELDS, values, strict=True)), "order": number}
        for number, values in enumerate(CATEGORIES, start=1)
    ]

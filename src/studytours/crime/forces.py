"""The forces that publish street files, by their names in the file names."""

FORCES = [
    "avon-and-somerset",
    "bedfordshire",
    "btp",
    "cambridgeshire",
    "cheshire",
    "city-of-london",
    "cleveland",
    "cumbria",
    "derbyshire",
    "devon-and-cornwall",
    "dorset",
    "durham",
    "dyfed-powys",
    "essex",
    "gloucestershire",
    "greater-manchester",
    "gwent",
    "hampshire",
    "hertfordshire",
    "humberside",
    "kent",
    "lancashire",
    "leicestershire",
    "lincolnshire",
    "merseyside",
    "metropolitan",
    "norfolk",
    "north-wales",
    "north-yorkshire",
    "northamptonshire",
    "northern-ireland",
    "northumbria",
    "nottinghamshire",
    "south-wales",
    "south-yorkshire",
    "staffordshire",
    "suffolk",
    "surrey",
    "sussex",
    "thames-valley",
    "warwickshire",
    "west-mercia",
    "west-midlands",
    "west-yorkshire",
    "wiltshire",
]

_LABELS = {"btp": "British Transport Police"}
_SMALL = {"and", "of"}


def force_label(force):
    """A force's name as people write it: "devon-and-cornwall" → "Devon and Cornwall"."""
    return _LABELS.get(force) or " ".join(
        word if word in _SMALL else word.capitalize() for word in force.split("-") if word
    )


def police_of(force):
    """The force in a sentence: "Northamptonshire Police"."""
    label = force_label(force)
    return label if label.endswith("Police") else f"{label} Police"

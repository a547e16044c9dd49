"""The fourteen crime types of data.police.uk, and the named sets that are counted together.

Shoplifting sits on shop points and would swamp a ranking, so it is in no set unless its name
says so.
"""

from studytours.core.errors import Refused

CRIME_TYPES = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)

_NEIGHBOURHOOD = ("Burglary", "Robbery", "Theft from the person", "Vehicle crime")
_ACQUISITIVE = (*_NEIGHBOURHOOD, "Bicycle theft", "Other theft")

CRIME_SETS = {
    "neighbourhood": _NEIGHBOURHOOD,
    "acquisitive": _ACQUISITIVE,
    "acquisitive+retail": (*_ACQUISITIVE, "Shoplifting"),
    "shoplifting": ("Shoplifting",),
    "anti-social behaviour": ("Anti-social behaviour",),
    "all": CRIME_TYPES,
}

# How a page names a set.
SET_LABELS = {
    "neighbourhood": "Neighbourhood crime",
    "acquisitive": "Acquisitive crime",
    "acquisitive+retail": "Acquisitive crime with shoplifting",
    "shoplifting": "Shoplifting",
    "anti-social behaviour": "Anti-social behaviour",
    "all": "All recorded crime",
}


def types_in(crimes):
    """The types of a named set, or of one type by its own name; None means every row.

    "all" is every row, whatever its type is called, so an unknown type still counts.
    """
    if crimes == "all":
        return None
    if crimes in CRIME_SETS:
        return CRIME_SETS[crimes]
    if one := [name for name in CRIME_TYPES if name.lower() == crimes.lower()]:
        return tuple(one)
    raise Refused(
        f"“{crimes}” is not a set of crimes.",
        cure=f"Use one of: {', '.join(CRIME_SETS)}; or one crime type by its name.",
    )

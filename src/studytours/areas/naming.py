"""Names for places from the names of their map points."""

import re

# Map points that the publisher names by what is there, not by a street.
GENERIC = {
    "airport/airfield", "bus/coach station", "conference/exhibition centre", "ferry terminal",
    "further/higher educational building", "hospital", "motorway service area", "nightclub",
    "no location", "park/open space", "parking area", "pedestrian subway", "petrol station",
    "police station", "prison", "race track", "railway station", "road service area",
    "shopping area", "sports/recreation area", "supermarket", "theatre/concert hall",
    "theme/adventure park", "zoo",
}  # fmt: skip
ROAD_NUMBER = re.compile(r"[ABM]\d+(\(M\))?", re.I)


def street_of(location):
    """ "On or near St George'S Avenue" → "St George's Avenue"; "" where it names no street."""
    name = location.removeprefix("On or near ").strip()
    if name.casefold() in GENERIC or ROAD_NUMBER.fullmatch(name):
        return ""
    return re.sub(r"(?<=['’])S\b", "s", name)


def name_of(streets, weights, otherwise):
    """The two streets with most recorded crime: "Kilnway and Minerva Way". "" is no street."""
    total = {}
    for street, weight in zip(streets, weights, strict=True):
        if street:
            total[street] = total.get(street, 0) + weight
    most = sorted(total, key=lambda street: (-total[street], street))[:2]
    return " and ".join(most) or otherwise

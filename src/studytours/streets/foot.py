"""May a walker use this way? The rule of METHODS.md §4, on OpenStreetMap's tags."""

# A way of these kinds is not for walking, whatever else its tags say.
NEVER = {
    "motorway", "motorway_link", "raceway", "bus_guideway", "escape", "construction", "proposed",
    "abandoned", "razed", "rest_area", "services", "elevator", "platform",
}  # fmt: skip
WITH_PAVEMENT_ONLY = {"trunk", "trunk_link"}
INVITED = {"yes", "designated", "permissive", "customers", "public"}
BARRED = {
    "no",
    "private",
    "use_sidepath",
    "discouraged",
    "military",
    "agricultural",
    "forestry",
}
PAVEMENT = {"yes", "both", "left", "right"}
LIT = {"yes", "24/7", "automatic", "limited", "interval", "sunset-sunrise", "dusk-dawn"}
UNLIT = {"no", "disused"}


def may_walk(tags):
    """True when a resident may walk here. A rule for walkers beats the rule for everyone."""
    kind, foot = tags.get("highway"), tags.get("foot")
    if kind in NEVER or foot in BARRED:
        return False
    if foot in INVITED:
        return True
    if tags.get("access") in BARRED:
        return False
    return kind not in WITH_PAVEMENT_ONLY or _has_pavement(tags)


def _has_pavement(tags):
    sides = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")
    return any(tags.get(side) in PAVEMENT for side in sides)


def is_lit(tags):
    """True, False, or None where nobody has mapped it: unknown is never guessed."""
    lit = tags.get("lit")
    return True if lit in LIT else False if lit in UNLIT else None

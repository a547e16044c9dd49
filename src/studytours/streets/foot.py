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


# What stands on a way, as a walker meets it.
SHUT, STILE, GATE = "shut", "stile", "gate"
GATES = {
    "gate", "kissing_gate", "hampshire_gate", "wicket_gate", "sliding_gate", "door", "turnstile",
    "full-height_turnstile",
}  # fmt: skip
# No wheelchair or pram gets past these.
NARROW = {"stile", "step_over", "horse_stile", "kissing_gate", "turnstile", "full-height_turnstile"}


def barrier(tags):
    """SHUT, STILE, GATE, or "" for what does not hold a walker up: a bollard, a lifting bar.

    A gate is shut only where it is locked or private; one that nobody described is open.
    """
    kind, foot = tags.get("barrier"), tags.get("foot")
    if kind not in GATES | NARROW:
        return ""
    private = tags.get("access") in BARRED and foot not in INVITED
    if foot in BARRED or private or (tags.get("locked") == "yes" and foot not in INVITED):
        return SHUT
    narrow = kind in NARROW and tags.get("wheelchair") not in ("yes", "designated")
    return STILE if narrow or tags.get("wheelchair") == "no" else GATE


def has_steps(tags):
    """Does a wheelchair or pram have to turn back here?"""
    if tags.get("wheelchair") in ("yes", "designated") or tags.get("ramp:wheelchair") == "yes":
        return False
    return tags.get("highway") == "steps" or tags.get("wheelchair") == "no"

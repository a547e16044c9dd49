"""Making and changing the areas the office tours."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from studytours.areas.models import Area
from studytours.areas.vintages import decision_vintage
from studytours.core.errors import Refused
from studytours.core.geometry import UK, on_grid
from studytours.core.operations import record

LARGEST_KM2 = 25
SMALLEST_M2 = 5_000  # about a football pitch
MAX_NAME = 120
# /desk/areas/new/, /desk/areas/data/, /areas/next/ and /areas/ask/ are pages.
RESERVED = {"new", "data", "next", "ask"}


@transaction.atomic
def make_area(
    *,
    name,
    geometry,
    made_from,
    why,
    codes=(),
    force="",
    town="",
    vintage=None,
    is_public=True,
    by=None,
    now=None,
):
    """Make a place one the office tours. What the decision rests on is kept and never changed.

    geometry  Shapely polygon in longitude/latitude.
    vintage   what the choice rests on: Suggestion.vintage, or nothing. The months and boundary
              sets of the moment are added to it.
    """
    now = now or timezone.now()
    name, why = _words(name, "a name", MAX_NAME), _words(why, "a reason: why here, why now")
    if made_from not in Area.MadeFrom.values:
        raise Refused(f"“{made_from}” is not a way to make an area.")
    _check_shape(geometry)
    rests_on = decision_vintage(
        geometry, made_from=made_from, codes=codes, force=force, given=vintage
    )
    area = Area.objects.create(
        name=name,
        slug=_free_slug(name),
        town=town.strip()[:80],
        made_from=made_from,
        codes=list(codes) or rests_on["codes"],
        force=force or rests_on["force"],
        why=why,
        vintage=rests_on,
        is_public=is_public,
        geometry=geometry,
        made_by=by,
        made_at=now,
    )
    record("area_made", about=area, summary=f"{area.name} was chosen: {why}", by=by, now=now)
    return area


@transaction.atomic
def change_area(area, *, name=None, town=None, why=None, is_public=None, by=None, now=None):
    """Change what the office says about an area. Its address on the web stays as it was."""
    changes = {}
    if name is not None:
        changes["name"] = _words(name, "a name", MAX_NAME)
    if why is not None:
        changes["why"] = _words(why, "a reason: why here, why now")
    if town is not None:
        changes["town"] = town.strip()[:80]
    if is_public is not None:
        changes["is_public"] = bool(is_public)
    changed = {key: value for key, value in changes.items() if getattr(area, key) != value}
    if not changed:
        return area
    for key, value in changed.items():
        setattr(area, key, value)
    area.save(update_fields=list(changed))
    said = ", ".join({"is_public": "whether it is public"}.get(key, key) for key in changed)
    record("area_changed", about=area, summary=f"{area.name}: changed {said}", by=by, now=now)
    return area


def _words(text, what, longest=None):
    text = (text or "").strip()
    if not text:
        raise Refused(f"An area needs {what}.")
    if longest and len(text) > longest:
        raise Refused(f"The name is {len(text)} characters long; {longest} is the most.")
    return text


def _check_shape(geometry):
    if geometry is None or geometry.is_empty:
        raise Refused("There is no shape.", cure="Draw at least three corners on the map.")
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        why = f"An area is a shape with an inside, not a {geometry.geom_type}."
        raise Refused(why, cure="Draw at least three corners on the map.")
    if not geometry.is_valid:
        raise Refused("The outline crosses itself.", cure="Draw it again without crossing lines.")
    west, south, east, north = geometry.bounds
    if not (west >= UK[0] and south >= UK[1] and east <= UK[2] and north <= UK[3]):
        raise Refused("This shape lies outside the United Kingdom.")
    square_metres = on_grid(geometry).area
    if square_metres > LARGEST_KM2 * 1e6:
        raise Refused(
            f"This shape is {square_metres / 1e6:,.0f} km²; an area for a tour is at most "
            f"{LARGEST_KM2} km².",
            cure="Draw one neighbourhood. A walk of 90 minutes covers about 1 km².",
        )
    if square_metres < SMALLEST_M2:
        raise Refused(
            f"This shape is only {square_metres:,.0f} m².",
            cure="Draw the streets that the tour will walk.",
        )


def _free_slug(name):
    """The first of name, name-2, name-3 … that no other area has."""
    base = slugify(name)[:70].strip("-") or "area"
    taken = RESERVED | set(
        Area.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    number, slug = 2, base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug

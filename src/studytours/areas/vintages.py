"""What a decision rests on, kept with the area so that it can be checked years later."""

from studytours.crime.counting import month_counts

from .boundaries import current_sets
from .homes import homes_in
from .models import Area, BoundarySet, StatisticSet
from .profiles import lsoas_of, with_former_codes


def decision_vintage(geometry, *, made_from, codes, force, given=None):
    """Months, counts, boundary and statistic sets of the moment; what is `given` is kept."""
    homes = homes_in(geometry)
    area = Area(geometry=geometry, made_from=made_from, codes=list(codes))
    lsoas = lsoas_of(area)
    place = {"lsoas": with_former_codes(lsoas)} if lsoas else {"polygon": geometry}
    counted = month_counts(**place, force=force or None)
    figures = {
        "crimes": "acquisitive",
        "force": counted.force,
        "months": list(counted.months),
        "total": int(counted.counts.sum()),
        "households": homes.households,
        "decile": homes.decile,
        "codes": list(codes) or list(homes.codes),
    }
    return figures | dict(given or {}) | sets_that_count()


def sets_that_count():
    """The boundary sets that count now and the statistic sets held, by name and sha256."""
    return {
        "boundaries": [
            _named(one) for kind in BoundarySet.Kind.values for one in current_sets(kind)
        ],
        "statistics": [_named(one) for one in StatisticSet.objects.order_by("pk")],
    }


def _named(one):
    return {"name": one.name, "kind": one.kind, "vintage": one.vintage, "sha256": one.sha256}

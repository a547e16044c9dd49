"""Does the method work on the office's own data? Rolling origins as a plot, tables and words."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from studytours.core.errors import Refused
from studytours.crime.forces import force_label
from studytours.crime.queries import forces
from studytours.crime.sets import SET_LABELS
from studytours.partners.access import desk
from studytours.partners.queries import get_office

from .checking import check_forecast
from .checking_plot import plot
from .checking_words import area_in_words, cautions, rows, verdict
from .forms import CheckForm
from .kept import kept


@desk
@require_safe
def check(request):
    held = forces()
    if not held:
        return render(request, "areas/check.html")
    form = CheckForm(request.GET, forces=held, home=get_office().home_force)
    page = {"form": form, "asked": form.asked, "force_name": force_label(form.asked["force"])}
    try:
        found = kept(check_forecast, **form.asked)
    except Refused as refusal:
        return render(request, "areas/check.html", page | {"refusal": refusal})
    methods = list(rows(found))
    page |= {
        "check": found,
        "crimes_name": SET_LABELS[found.crimes].lower(),
        "shares": [f"{share:.0%}" for share in found.compared.shares],
        "verdict": verdict(found),
        "methods": methods,
        "dates": _by_date(found, methods),
        "plot": plot(methods),
        "area": area_in_words(found),
        "cautions": [*cautions(found), *found.caveats],
    }
    return render(request, "areas/check.html", page)


def _by_date(found, methods):
    """Each date with the hit rate of every method in the largest share of the area."""
    for at, origin in enumerate(found.origins):
        yield *origin, [row.by_origin[at]["hit_rate"][-1] for row in methods]

"""What the first visitor would otherwise wait for is done while the web server starts."""

from importlib import import_module

from django.template.loader import get_template
from django.urls import reverse

from studytours.core.geometry import to_grid


def warm():
    """Load what counting, maps and the desk's pages need; commands that need none never do."""
    for module in ("scipy.sparse.csgraph", "scipy.spatial", "scipy.special"):
        import_module(module)
    to_grid(0.0, 52.0)
    reverse("desk_choose")
    get_template("areas/choose.html")

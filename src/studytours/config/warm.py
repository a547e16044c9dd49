"""What the first visitor would otherwise wait for is done while the web server starts."""

import scipy
from django.template.loader import get_template
from django.urls import reverse

from studytours.core.geometry import to_grid


def warm():
    """Load what counting, maps and the desk's pages need; commands that need none never do."""
    # SciPy loads its parts at first use: this is it.
    for part in ("sparse.csgraph", "spatial.cKDTree", "special.gammaincinv"):
        module, name = part.split(".")
        getattr(getattr(scipy, module), name)
    to_grid(0.0, 52.0)
    reverse("desk_choose")
    get_template("areas/choose.html")

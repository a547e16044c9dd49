"""A lower page shows what higher contexts know, without importing them.

A context registers panels in its `panels.py`; `{% panels "desk_area" area %}` shows them. A place
may ask for sentences instead of HTML (areas/earlier.py does) and says so itself.
"""

from collections import defaultdict

_PANELS = defaultdict(list)


def panel(place, *, order):
    """Register a function for a place: (request, thing) → HTML or "", where it is on a page."""

    def register(function):
        _PANELS[place].append((order, function.__module__, function))
        _PANELS[place].sort(key=lambda entry: entry[:2])
        return function

    return register


def panels_for(place):
    """The panel functions of a place, in order."""
    return [function for _, _, function in _PANELS[place]]

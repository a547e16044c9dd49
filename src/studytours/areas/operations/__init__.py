"""The only place of this context that writes."""

from .areas import change_area, make_area
from .boundaries import import_boundaries
from .data_imports import receive_data, run_data_import
from .loading import load_data
from .statistics import import_statistics

__all__ = [
    "change_area",
    "import_boundaries",
    "import_statistics",
    "load_data",
    "make_area",
    "receive_data",
    "run_data_import",
]

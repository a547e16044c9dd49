"""The only place of this context that writes."""

from .areas import change_area, make_area
from .boundaries import import_boundaries
from .data_imports import receive_data, run_data_import
from .loading import load_data
from .queue import decide, let_wait, publish_weights, take_up_again, withdraw_decision
from .requests import answer_request, ask_for_walk, forget_requests, hide_request, show_request
from .statistics import import_statistics

__all__ = [
    "answer_request",
    "ask_for_walk",
    "change_area",
    "decide",
    "forget_requests",
    "hide_request",
    "import_boundaries",
    "import_statistics",
    "let_wait",
    "load_data",
    "make_area",
    "publish_weights",
    "receive_data",
    "run_data_import",
    "show_request",
    "take_up_again",
    "withdraw_decision",
]

"""The only place that writes actions. A module for each kind of change; all are named here."""

from .agree import agree_action, done_on_the_spot, reword
from .evidence import publish_evidence, unpublish_evidence
from .milestones import add_milestone, change_milestone, reach_milestone
from .owners import dispute, link_for, note_link_used, reassign
from .progress import answer_request, confirm, decline, defer, reopen, supersede, update_action
from .reminders import send_reminders
from .remits import remove_remit, seed_remits, set_remit

__all__ = [
    "add_milestone",
    "agree_action",
    "answer_request",
    "change_milestone",
    "confirm",
    "decline",
    "defer",
    "dispute",
    "done_on_the_spot",
    "link_for",
    "note_link_used",
    "publish_evidence",
    "reach_milestone",
    "reassign",
    "remove_remit",
    "reopen",
    "reword",
    "seed_remits",
    "send_reminders",
    "set_remit",
    "supersede",
    "unpublish_evidence",
    "update_action",
]

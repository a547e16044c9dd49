"""The list of actions as CSV that a spreadsheet shows and never runs."""

import csv
import io

from studytours.core.spreadsheets import safe

HEADINGS = (
    "ref", "action", "state", "owner", "confidence", "area", "tour", "due", "next date", "overdue",
    "reason", "changed",
)  # fmt: skip


def actions_csv(actions, today):
    """All columns of the list, the byte order mark first so that Excel reads it as UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for action in actions:
        writer.writerow(
            safe(value)
            for value in (
                action.ref, action.title, action.get_state_display(), action.responsible,
                action.get_confidence_display(), action.area, action.tour, action.due,
                action.next_on, "yes" if action.is_overdue(today) else "no", action.reason,
                action.changed_at.date(),
            )
        )  # fmt: skip
    return out.getvalue()

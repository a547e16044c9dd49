"""The parts of a pack, in the order in which they are printed."""

from studytours.core.errors import Refused

# name → (title, what it is for)
PARTS = {
    "cover": ("Facts and route map", "When, where, the way on a map"),
    "stops": ("Stops", "What to look at, which measures to check"),
    "emergency": ("Emergency numbers and first words", "For the leader’s pocket"),
    "risks": ("Risk assessment", "As it was signed"),
    "attendance": ("Attendance", "Who said yes, and empty rows"),
    "sheet": ("Recording sheet", "Numbered rows with the phone’s codes"),
    "poster": ("Poster", "With the QR code to join"),
    "feedback": ("Feedback slip", "For everyone who walked"),
}
MOST_SHEETS = 12


def chosen(names):
    """The parts of these names in their order, all without a name; Refused for an unknown one."""
    if unknown := sorted(set(names) - set(PARTS)):
        raise Refused(
            f"The pack has no part “{unknown[0][:40]}”.", cure=f"It has: {', '.join(PARTS)}."
        )
    return [name for name in PARTS if name in names] or list(PARTS)


def how_many(sheets):
    """How many copies of the recording sheet, each with its own letter."""
    try:
        number = int(sheets or 3)
    except ValueError:
        number = 0
    if not 1 <= number <= MOST_SHEETS:
        raise Refused("This is not a number of recording sheets.", cure=f"Say 1 to {MOST_SHEETS}.")
    return number

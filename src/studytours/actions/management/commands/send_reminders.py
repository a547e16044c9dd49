from studytours.actions import operations
from studytours.core.commands import OurCommand
from studytours.tours.operations import remind_invited


class Command(OurCommand):
    help = (
        "Write to owners: a week before a date, on the day, and weekly when it has passed. "
        "Write to people who were asked to a tour and are silent, or who come soon."
    )

    def run(self, **options):
        return {**operations.send_reminders(), **remind_invited()}

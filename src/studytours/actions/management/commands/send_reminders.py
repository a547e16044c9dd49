from studytours.actions import operations
from studytours.core.commands import OurCommand


class Command(OurCommand):
    help = "Write to owners: a week before a date, on the day, and weekly when it has passed."

    def run(self, **options):
        return operations.send_reminders()

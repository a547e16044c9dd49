"""`studytours forget`: what was promised to be forgotten. `serve` runs it every day."""

from django.core.management import call_command

from studytours.areas.operations import forget_requests
from studytours.core.commands import OurCommand
from studytours.core.operations import forget_nameless_files, forget_old
from studytours.fieldwork.operations import forget_half_photos, forget_walkers
from studytours.tours.operations import forget_guests


class Command(OurCommand):
    help = "Delete names and addresses that are no longer needed; findings and actions stay."

    def run(self, **options):
        call_command("clearsessions")
        return {
            "walkers_forgotten": forget_walkers(),
            "half_photos_deleted": forget_half_photos(),
            "nameless_files_deleted": forget_nameless_files(),
            "guests_forgotten": forget_guests(),
            "requests_forgotten": forget_requests(),
            "messages_deleted": forget_old(),
        }

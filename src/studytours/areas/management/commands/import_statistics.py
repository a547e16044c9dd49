from studytours.areas.operations import import_statistics
from studytours.core.commands import OurCommand


class Command(OurCommand):
    help = "Import figures or a lookup from CSV, recognised by its header."

    def add_arguments(self, parser):
        parser.add_argument("path")

    def run(self, *, path, **_):
        return import_statistics(path).as_dict()

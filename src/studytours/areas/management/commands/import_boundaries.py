from studytours.areas.importers.geojson import KINDS
from studytours.areas.operations import import_boundaries
from studytours.core.commands import OurCommand


class Command(OurCommand):
    help = "Import official boundaries from GeoJSON. The same file again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("path")
        parser.add_argument("--kind", required=True, choices=KINDS)

    def run(self, *, path, kind, **_):
        return import_boundaries(path, kind=kind).as_dict()

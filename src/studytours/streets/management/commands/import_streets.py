from django.utils import timezone

from studytours.core.commands import OurCommand
from studytours.streets import operations


class Command(OurCommand):
    help = "Load the streets and landmarks of an OpenStreetMap extract (.osm.pbf)."

    def add_arguments(self, parser):
        parser.add_argument("file", help="An extract such as rutland.osm.pbf.")

    def run(self, *, file, **options):
        started = timezone.now()
        street_map = operations.import_streets(file, now=started, progress=self.progress)
        return {
            "map": street_map.name,
            "source": street_map.source,
            "streets": street_map.streets.count(),
            "named_streets": street_map.streets.exclude(name="").values("name").distinct().count(),
            "landmarks": street_map.landmarks.count(),
            "already_there": street_map.imported_at != started,
        }

from django.utils import timezone

from studytours.core.commands import OurCommand
from studytours.streets import operations
from studytours.streets.queries import base_map_of


class Command(OurCommand):
    help = "Load the streets and landmarks of an OpenStreetMap extract (.osm.pbf), with a base map."

    def add_arguments(self, parser):
        parser.add_argument("file", help="An extract such as rutland.osm.pbf.")

    def run(self, *, file, **options):
        started = timezone.now()
        street_map = operations.import_streets(file, now=started, progress=self.progress)
        drawn = base_map_of(street_map) is not None
        answer = {
            "map": street_map.name,
            "source": street_map.source,
            "streets": street_map.streets.count(),
            "named_streets": street_map.streets.exclude(name="").values("name").distinct().count(),
            "landmarks": street_map.landmarks.count(),
            "base_map": drawn,
            "already_there": street_map.imported_at != started,
        }
        if not drawn:
            answer["note"] = "tippecanoe does not run on this machine: the base map is plain."
        return answer

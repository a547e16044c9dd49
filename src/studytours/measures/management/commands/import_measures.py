from studytours.areas.models import Area
from studytours.core.commands import OurCommand
from studytours.core.errors import Refused
from studytours.measures import operations


class Command(OurCommand):
    help = "Put the measures of a CSV file into the register. The same file twice adds nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", help="CSV in UTF-8; its columns are on the import page.")
        parser.add_argument("--area", help="The area's short name in its address: queensway.")

    def run(self, *, file, area, **options):
        found = Area.objects.filter(slug=area).first() if area else None
        if area and not found:
            slugs = ", ".join(Area.objects.values_list("slug", flat=True)[:20]) or "none yet"
            raise Refused(f"There is no area “{area}”.", cure=f"The areas are: {slugs}.")
        return operations.import_measures(file, area=found).as_json()

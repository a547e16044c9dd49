from studytours.areas.queries import suggest_areas
from studytours.core.commands import OurCommand
from studytours.crime.forces import force_label


class Command(OurCommand):
    help = "Suggest walkable areas that hold most expected crime."

    def add_arguments(self, parser):
        parser.add_argument("--force")
        parser.add_argument("--crimes", default="acquisitive")
        parser.add_argument("--count", type=int, default=10)
        parser.add_argument("--minutes", type=int, default=90)

    def run(self, *, force, crimes, count, minutes, **_):
        return suggest_areas(force, crimes, count, minutes).as_dict()

    def show(self, result):
        self.stdout.write(f"{force_label(result['force'])}, {result['crimes']}")
        for area in result["areas"]:
            self.stdout.write(f"\n{area['rank']}. {area['name']}, {area['town']}")
            self.stdout.write(f"   {area['lat']:.5f}, {area['lon']:.5f}, {area['radius_m']} m")
            for reason in area["reasons"]:
                self.stdout.write(f"   {reason}")
        for line in ("", result["method"], *result["caveats"]):
            self.stdout.write(line)

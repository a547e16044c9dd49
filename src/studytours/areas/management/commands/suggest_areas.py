from studytours.areas.queries import suggest_areas, with_earlier
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
        return with_earlier(suggest_areas(force, crimes, count, minutes)).as_dict()

    def show(self, result):
        self.stdout.write(f"{force_label(result['force'])}, {result['crimes']}")
        for area in result["areas"]:
            self.stdout.write(f"\n{area['rank']}. {area['name']}, {area['town']}")
            reach = f"{area['walk_m']} m on foot" if area["walk_m"] else f"{area['radius_m']} m"
            self.stdout.write(f"   {area['lat']:.5f}, {area['lon']:.5f}, {reach}")
            for reason in area["reasons"]:
                self.stdout.write(f"   {reason}")
            for earlier in area["earlier"]:
                done = "; ".join(earlier["notes"]) or "nothing was done there yet"
                self.stdout.write(f"   On the ground of {earlier['name']}: {done}.")
        for line in ("", result["ground"], result["method"], *result["caveats"]):
            self.stdout.write(line)

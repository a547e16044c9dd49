from dataclasses import asdict

from studytours.areas.queries import rank_areas
from studytours.areas.ranking import KINDS, WAYS
from studytours.core.commands import OurCommand


class Command(OurCommand):
    help = "Rank small areas or wards by the crimes to expect."

    def add_arguments(self, parser):
        parser.add_argument("--force")
        parser.add_argument("--crimes", default="acquisitive")
        parser.add_argument("--kind", choices=KINDS, default="lsoa")
        parser.add_argument("--by", choices=WAYS, default="count")
        parser.add_argument("--count", type=int, default=20, help="Rows to give; 0 for all.")

    def run(self, *, force, crimes, kind, by, count, **_):
        result = asdict(rank_areas(force, crimes, kind=kind, by=by))
        result["rows"] = result["rows"][: count or None]
        return result

    def show(self, result):
        for row in result["rows"]:
            expected = row["expected"]
            per_home = "" if row["rate"] is None else f", {row['rate']:.0f} per 1,000 homes"
            self.stdout.write(
                f"{row['rank']:4} {row['name']} ({row['place']}): {expected['mean']:.0f} a year "
                f"({expected['low']:.0f} to {expected['high']:.0f}){per_home}; "
                f"in the top {result['top']}: {row['sure']:.0%}"
            )
        for line in ("", *result["caveats"]):
            self.stdout.write(line)

from studytours.areas.checking import check_forecast
from studytours.areas.checking_words import as_dict
from studytours.core.commands import OurCommand
from studytours.crime.forces import force_label
from studytours.crime.months import in_words


class Command(OurCommand):
    help = "Check on the crimes held whether the ranking foresees them, beside other methods."

    def add_arguments(self, parser):
        parser.add_argument("--force")
        parser.add_argument("--crimes", default="acquisitive")
        parser.add_argument("--cell", type=float, default=250, help="Side of a square in metres.")
        parser.add_argument("--horizon", type=int, default=12, help="Months ahead.")

    def run(self, *, force, crimes, cell, horizon, **_):
        return as_dict(check_forecast(force, crimes, cell=cell, horizon=horizon))

    def show(self, result):
        shares = [f"{share:.0%}" for share in result["shares"]]
        self.stdout.write(
            f"{force_label(result['force'])}, {result['crimes']}: {result['cells']:,} squares of "
            f"{result['cell']:g} m, {result['horizon']} months from "
            f"{in_words([one['month'] for one in result['origins']])}"
        )
        self.stdout.write(f"\n{'Mean over dates':30} hit rate at {', '.join(shares)}    PAI   PEI")
        for row in result["methods"]:
            hits = "".join(f"{hit:8.1%}" for hit in row["hit_rate"])
            self.stdout.write(f"{row['label']:30}{hits}{row['pai'][-1]:10.2f}{row['pei'][-1]:6.2f}")
        self.stdout.write(f"\nHit rate at {shares[-1]} by date")
        for at, origin in enumerate(result["origins"]):
            hits = "".join(
                f"{row['by_origin'][at]['hit_rate'][-1]:8.1%}" for row in result["methods"]
            )
            self.stdout.write(f"{origin['month']} after {origin['months_known']} months {hits}")
        said = result["verdict"]
        for line in ("", said["headline"], *said["reasons"], "", *result["caveats"]):
            self.stdout.write(line)

"""studytours download_crimes --force F --from YYYY-MM --to YYYY-MM: from the official site."""

from studytours.core.commands import OurCommand
from studytours.crime.operations import download_crimes
from studytours.crime.operations.downloads import OFFICIAL
from studytours.crime.report import as_sentences


class Command(OurCommand):
    help = "Download a force's recorded crime and import it. A broken download is resumed."

    def add_arguments(self, parser):
        parser.add_argument("--force", required=True, help="as in file names: northamptonshire")
        parser.add_argument("--from", required=True, dest="first", metavar="YYYY-MM")
        parser.add_argument("--to", required=True, dest="last", metavar="YYYY-MM")
        parser.add_argument("--base-url", default=OFFICIAL, help="folder that holds YYYY-MM.zip")

    def run(self, force, first, last, base_url, **options):
        return download_crimes(
            force=force, first=first, last=last, base_url=base_url, progress=self.progress
        ).report

    def show(self, result):
        for sentence in as_sentences(result):
            self.stdout.write(sentence)
        for name, count in result["by_type"].items():
            self.stdout.write(f"{count:>12,}  {name}")

"""studytours import_crimes PATH…: recorded crime from data.police.uk files."""

from studytours.core.commands import OurCommand
from studytours.crime.operations import import_crimes
from studytours.crime.report import as_sentences


class Command(OurCommand):
    help = "Import recorded crime: zips, folders or street CSVs. Whole force-months are replaced."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="zip, folder or CSV")

    def run(self, paths, **options):
        return import_crimes(paths, progress=self.progress).report

    def show(self, result):
        for sentence in as_sentences(result):
            self.stdout.write(sentence)
        for name, count in result["by_type"].items():
            self.stdout.write(f"{count:>12,}  {name}")

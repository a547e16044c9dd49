from studytours.areas.operations import load_data
from studytours.core.commands import OurCommand


class Command(OurCommand):
    help = "Import what a folder holds: boundaries, figures, street maps, crimes of one force each."

    def add_arguments(self, parser):
        parser.add_argument("folder")

    def run(self, *, folder, **_):
        return load_data(folder, progress=self.progress).as_dict()

    def show(self, result):
        for one in result["imported"]:
            self.stdout.write(f"imported  {one['file']}: {one['what']}")
        for one in result["left_out"]:
            self.stdout.write(f"LEFT OUT  {one['file']}: {one['why']}")
        self.stdout.write(
            f"{len(result['imported'])} files imported, {len(result['already'])} were there "
            f"already, {len(result['left_out'])} left out, {len(result['left_alone'])} are "
            f"something else. Home force: {result['home_force'] or 'none'}."
        )

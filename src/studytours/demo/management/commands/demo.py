"""`studytours demo`: the invented town of Saltmere, made in seconds."""

from studytours.core.commands import OurCommand
from studytours.demo.town import build_town


class Command(OurCommand):
    help = "Make the demonstration town (or find it again) and say how to look around."

    def run(self, **options):
        return build_town(progress=self.progress)

    def show(self, result):
        self.stdout.write(f"Join the open walk with the code {result['join_code']}")
        for role, account in result["sign_in"].items():
            self.stdout.write(f"Sign in as {role}: {account['email']}  {account['password']}")

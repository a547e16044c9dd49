"""`studytours add_person`: the first coordinator of a new installation is made here."""

from studytours.core.commands import OurCommand
from studytours.core.errors import Refused
from studytours.partners import operations
from studytours.partners.models import Organisation, Role


class Command(OurCommand):
    help = "Give someone a sign-in and send them an e-mail that says how."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", default=Role.COORDINATOR, choices=Role.values)
        parser.add_argument("--organisation", help="The name of an organisation in the list.")

    def run(self, *, email, name, role, organisation, **options):
        found = None
        if organisation:
            found = Organisation.objects.filter(name__iexact=organisation).first()
            if found is None:
                raise Refused(
                    f"There is no organisation “{organisation}”.", cure="Add it on the desk first."
                )
        person = operations.create_person(
            email=email, name=name, role=role, organisation=found, welcome=True
        )
        return {"email": person.email, "name": person.name, "role": str(person.role)}

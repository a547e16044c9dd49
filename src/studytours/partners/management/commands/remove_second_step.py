"""`studytours remove_second_step`: when the only coordinator lost phone and spare codes."""

from studytours.core.commands import OurCommand
from studytours.core.errors import Refused
from studytours.partners import operations
from studytours.partners.models import Person


class Command(OurCommand):
    help = "Take away someone's second step at sign-in, so that they can set up a new one."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def run(self, *, email, **options):
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            raise Refused(f"Nobody signs in with {email}.", cure="Check the address.")
        operations.remove_second_step(person)
        return {"email": person.email, "second_step": False}

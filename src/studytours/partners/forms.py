"""Forms of the desk's pages about organisations, people and the office."""

from django import forms

from .models import Organisation, Role
from .works import CHOICES


class OrganisationForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=Organisation.Kind)
    looks_after = forms.CharField(
        label="What it looks after",
        help_text="In everyday words: street lighting, hedges, CCTV.",
        max_length=300,
        required=False,
    )
    email = forms.EmailField(
        label="E-mail address for its actions",
        help_text="We write to it when it is given something to do. Never shown to the public.",
        required=False,
    )
    website = forms.CharField(label="Website", max_length=200, required=False)


class OrganisationChangeForm(OrganisationForm):
    active = forms.BooleanField(
        label="Still takes part",
        help_text="Without this it cannot be chosen for new actions. What it did stays.",
        required=False,
    )


class ContactForm(forms.Form):
    name = forms.CharField(
        label="Name of the team or person", max_length=120, help_text="The public never sees it."
    )
    email = forms.EmailField(label="E-mail address")
    work = forms.ChoiceField(
        label="For which kind of work", choices=[("", "Everything"), *CHOICES], required=False
    )
    place = forms.CharField(
        label="For which place",
        help_text="A street, an estate or a town. Empty: everywhere.",
        max_length=120,
        required=False,
    )


class PersonForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address", help_text="They sign in with it.")
    role = forms.ChoiceField(
        label="Role",
        choices=Role,
        widget=forms.RadioSelect,
        help_text=(
            "A coordinator runs everything. An analyst reads the crime data. "
            "A walk leader leads tours. A partner sees the actions of their organisation."
        ),
    )
    organisation = forms.ModelChoiceField(
        label="Organisation",
        queryset=Organisation.objects.filter(is_active=True),
        required=False,
        empty_label="None",
        help_text="A partner needs one.",
    )


class NewPersonForm(PersonForm):
    welcome = forms.BooleanField(
        label="Send them an e-mail that says how to sign in", required=False, initial=True
    )


class PersonChangeForm(PersonForm):
    active = forms.BooleanField(
        label="May sign in",
        help_text="Take this away when someone leaves. What they did stays.",
        required=False,
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        # Their own organisation stays a choice when it no longer takes part.
        self.fields["organisation"].queryset |= Organisation.objects.filter(
            pk=person.organisation_id
        )


class OfficeForm(forms.Form):
    name = forms.CharField(
        label="Name", help_text="Shown at the top of every page.", max_length=120
    )
    strapline = forms.CharField(label="Line below the name", max_length=200, required=False)
    contact_email = forms.EmailField(
        label="E-mail address for questions", help_text="The public sees it.", required=False
    )
    home_force = forms.CharField(
        label="Police force",
        help_text="As the crime files name it, for example northamptonshire. Shown first.",
        max_length=60,
        required=False,
    )

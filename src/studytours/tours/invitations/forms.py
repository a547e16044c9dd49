"""Forms of inviting and of answering. They check; operations write."""

from django import forms

from ..models import Invitation
from ..operations.places import MOST_GUESTS

ELSE = "else"


class OrganisationsForm(forms.Form):
    """Which organisations to put on the list."""

    organisations = forms.ModelMultipleChoiceField(
        None, label="Who can change something here?", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = organisations
        self.fields["organisations"].label_from_instance = lambda one: (
            f"{one} – {one.looks_after}" if one.looks_after else str(one)
        )


class GuestForm(forms.Form):
    name = forms.CharField(label="Name", required=False, max_length=120)
    email = forms.EmailField(label="E-mail address")


class AddressForm(forms.Form):
    email = forms.EmailField(label="The right e-mail address")


class PlacesForm(forms.Form):
    """How many may come, and when we write again."""

    capacity = forms.IntegerField(
        label="How many people may come",
        required=False,
        min_value=1,
        max_value=1000,
        help_text="Whoever answers later waits for a place. Empty: as many as wish.",
    )
    come_along = forms.BooleanField(
        label="Residents may sign up on the public page",
        required=False,
        help_text="Without an account. Name and e-mail address are up to them.",
    )
    ask_again_days = forms.IntegerField(
        label="Ask again, so many days before, who has not answered",
        min_value=0,
        max_value=60,
        help_text="0: do not ask again.",
    )
    remind_days = forms.IntegerField(
        label="Remind, so many days before, who comes",
        min_value=0,
        max_value=14,
        help_text="0: on the day itself.",
    )


def guests_field():
    return forms.IntegerField(
        label="How many people come with you?",
        required=False,
        min_value=0,
        max_value=MOST_GUESTS,
        help_text="Not counting you.",
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"}),
    )


def access_field():
    return forms.CharField(
        label="What do you need to take part?",
        required=False,
        max_length=300,
        help_text="“No steps”, “I am deaf”, “a rest half way”. Only the office and the leader of "
        "the walk read this.",
    )


class ReplyForm(forms.Form):
    """The answer to an invitation."""

    answer = forms.ChoiceField(
        label="Can you come?",
        choices=[
            (Invitation.Answer.YES, "Yes"),
            (Invitation.Answer.NO, "No"),
            (ELSE, "Somebody else should come instead"),
        ],
        widget=forms.RadioSelect,
    )
    guests = guests_field()
    access_needs = access_field()
    phone = forms.CharField(
        label="A phone number for the day",
        required=False,
        max_length=30,
        help_text="If we cannot find each other. Only the office and the leader see it.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    instead = forms.CharField(label="Their name or team", required=False, max_length=120)
    instead_email = forms.EmailField(
        label="Their e-mail address", required=False, help_text="We write to them at once."
    )
    note = forms.CharField(label="Anything else we should know?", required=False, max_length=160)

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("answer") == ELSE and "instead_email" not in self.errors:
            if not data.get("instead_email") and not data.get("instead"):
                self.add_error("instead_email", "Say whom we should ask instead.")
        elif data.get("answer") != ELSE and data.get("instead_email"):
            self.add_error("answer", "Choose “Somebody else”, or leave their address empty.")

    def values(self):
        """What to give to the operation."""
        data = self.cleaned_data
        coming = data["answer"] == Invitation.Answer.YES
        return {
            "answer": data["answer"] if coming else Invitation.Answer.NO,
            "guests": (data["guests"] or 0) if coming else 0,
            "access_needs": data["access_needs"] if coming else "",
            "phone": data["phone"] if coming else "",
            "instead": "" if coming else data["instead"],
            "instead_email": "" if coming else data["instead_email"],
            "note": data["note"],
        }


def reply_initial(invitation):
    """What they said before. Whom they named is not shown again: others may have the link."""
    waiting = invitation.answer == Invitation.Answer.WAIT
    return {
        "answer": Invitation.Answer.YES if waiting else invitation.answer,
        "guests": invitation.guests or None, "access_needs": invitation.access_needs,
        "phone": invitation.phone, "note": invitation.note,
    }  # fmt: skip


class ComeForm(forms.Form):
    """A resident comes along."""

    name = forms.CharField(
        label="Your name", required=False, max_length=120, help_text="A first name is enough."
    )
    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        help_text="We confirm, and tell you if time or place change. We delete it 30 days after "
        "we report back.",
    )
    guests = guests_field()
    access_needs = access_field()


class AttendanceForm(forms.Form):
    """Who came: a tick and a number for each invitation, and those nobody expected."""

    def __init__(self, *args, tour, invitations, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitations = invitations
        for one in invitations:
            self.fields[f"tick_{one.pk}"] = forms.BooleanField(
                label=str(one), required=False, initial=bool(one.came)
            )
            self.fields[f"came_{one.pk}"] = _people(str(one), one.came or one.party)
        self.fields["residents"] = _people("Residents and guests", tour.walk_up_residents)
        self.fields["partners"] = _people("People of organisations", tour.walk_up_partners)

    @property
    def rows(self):
        """[(invitation, tick, number)]"""
        return [(one, self[f"tick_{one.pk}"], self[f"came_{one.pk}"]) for one in self.invitations]

    def values(self):
        data = self.cleaned_data
        ticked = [one.pk for one in self.invitations if data[f"tick_{one.pk}"]]
        return {
            "came": {pk: data[f"came_{pk}"] or 1 for pk in ticked},
            "residents": data["residents"] or 0,
            "partners": data["partners"] or 0,
        }


def _people(label, initial):
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=500, initial=initial,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"}),
    )  # fmt: skip

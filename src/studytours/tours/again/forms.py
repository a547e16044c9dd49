"""Forms to walk a route again. They check; operations write."""

from datetime import datetime

from django import forms
from django.utils import timezone


def day_field():
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label="Date", widget=widget)


class CopyForm(forms.Form):
    """The same route on another day."""

    title = forms.CharField(label="Title", max_length=120)
    day = day_field()
    clock = forms.TimeField(
        label="Start", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    invite = forms.BooleanField(
        label="Put the same people on the list of invitations", required=False,
        help_text="Nothing is sent yet, and nobody’s answer is taken over.",
    )  # fmt: skip

    def values(self):
        """What to give to the operation."""
        data = self.cleaned_data
        start = timezone.make_aware(datetime.combine(data["day"], data["clock"]))
        return {"title": data["title"], "starts_at": start, "invite_again": data["invite"]}


class DuskForm(forms.Form):
    """The same route in the dark."""

    day = day_field()

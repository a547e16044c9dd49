"""Forms of what comes before a walk. They check; operations write."""

from django import forms

from .models import Likely, Severe

LONG = {"rows": 4}


class HazardForm(forms.Form):
    """One row of a risk assessment. Without a hazard it is no row."""

    key = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    hazard = forms.CharField(max_length=120, required=False)
    harmed = forms.CharField(label="Who may be harmed", max_length=300, required=False)
    control = forms.CharField(
        label="What we do about it", max_length=1500, required=False,
        widget=forms.Textarea(attrs=LONG),
    )  # fmt: skip
    who = forms.CharField(label="Who does it", max_length=120, required=False)
    likely = forms.ChoiceField(label="How likely", choices=Likely.choices, initial=Likely.POSSIBLE)
    severe = forms.ChoiceField(label="How bad", choices=Severe.choices, initial=Severe.MINOR)

    def clean(self):
        said = super().clean()
        if said.get("hazard"):
            for name in ("harmed", "control", "who"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, "Say this too, or empty the hazard.")
        return said


def hazard_forms(rows, data=None):
    """A form for each row and an empty one."""
    made = forms.formset_factory(HazardForm, extra=1, max_num=40)
    return made(data, initial=rows, prefix="row")


def rows_of(formset):
    """The rows as operations take them, without those that were emptied."""
    return [form.cleaned_data for form in formset if form.cleaned_data.get("hazard")]


class SignForm(forms.Form):
    name = forms.CharField(
        label="Your name", max_length=120, required=False,
        help_text="You sign that you have read this and that it fits the walk as it is planned.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip


class MeetingForm(forms.Form):
    in_rain = forms.CharField(
        label="Where to stand when it rains", max_length=200, required=False,
        help_text="“Under the roof of the church porch, left of the door”.",
    )  # fmt: skip
    script = forms.CharField(
        label="What the leader says first", required=False, max_length=4000,
        help_text="One line for each thing. Empty: what the office says on every walk.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )  # fmt: skip


class OfficeScriptForm(forms.Form):
    script = forms.CharField(
        label="What the leader says first", max_length=4000,
        help_text="One line for each thing: 999 and 101, photos, people’s privacy.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )  # fmt: skip

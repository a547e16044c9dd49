"""Forms of the register. They check; operations write."""

from django import forms
from django.utils import timezone

from studytours.areas.models import Area
from studytours.core.errors import Refused
from studytours.core.fields import PointField
from studytours.partners.models import Organisation

from .guide import illustrated
from .models import Condition, Kind, Measure, Works

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MeasureForm(forms.ModelForm):
    """Everything the register says of one measure."""

    point = PointField(
        label="Point on the map",
        help_text="Click the map, or write latitude and longitude. Leave it empty if not known.",
    )

    class Meta:
        model = Measure
        fields = [
            "kind", "name", "count", "unit", "area", "place", "point", "installed_from",
            "installed_to", "owner", "maintainer", "key_holder", "funder", "cost", "warranty_until",
            "legal_order", "legal_order_ends", "next_check", "is_public", "note",
        ]  # fmt: skip
        labels = {
            "kind": "What it is",
            "name": "What people call it",
            "count": "How many",
            "unit": "What the number counts",
            "place": "Where",
            "installed_from": "Put in from",
            "installed_to": "Put in until",
            "owner": "Who owns it",
            "maintainer": "Who repairs it",
            "key_holder": "Who holds the keys",
            "funder": "Who paid",
            "cost": "Cost in pounds",
            "legal_order": "Legal order it stands under",
            "legal_order_ends": "Order ends",
            "is_public": "Show it on the public pages",
        }
        help_texts = {
            "unit": "Only where it needs saying: “doors on 287 homes”.",
            "place": "In words: “alleys behind Kilnway and Minerva Way”.",
            "installed_from": "As exact as you know: 2023, 2023-04 or 2023-04-18.",
            "installed_to": "The last one, where it took longer.",
            "key_holder": "A role or team, not a person’s name. Never shown in public.",
            "next_check": "Empty when you add it means: due now.",
            "note": "What is assumed, and anything else. Not shown in public.",
        }
        widgets = {
            "warranty_until": DAY,
            "legal_order_ends": DAY,
            "next_check": DAY,
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Choose what it is"), *Kind.choices]
        self.fields["area"].empty_label = "No area"
        active = Organisation.objects.filter(is_active=True)
        for name in ("owner", "maintainer"):
            self.fields[name].queryset = active
            self.fields[name].empty_label = "Not known yet"
        self.fields["count"].min_value = 1
        if self.instance.lat is not None:
            self.initial["point"] = (self.instance.lat, self.instance.lon)

    def values(self):
        """What to give to the operation."""
        values = dict(self.cleaned_data)
        point = values.pop("point")
        values["lat"], values["lon"] = point or (None, None)
        return values


class CheckForm(forms.Form):
    """How a measure was found."""

    works = forms.ChoiceField(label="Does it work?", choices=Works, widget=forms.RadioSelect)
    condition = forms.ChoiceField(
        label="Condition", choices=Condition, widget=forms.RadioSelect, required=False,
        help_text="The drawings show which is worse. Compare with what you see.",
    )  # fmt: skip
    words = forms.CharField(
        label="What you saw",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text="Shown in public: no names, no addresses.",
    )
    by_whom = forms.CharField(
        label="Who looked",
        max_length=120,
        help_text="An organisation or a part played, not a person’s name: “the caretaker”.",
    )
    on = forms.DateField(label="When", widget=DAY, initial=timezone.localdate)
    next_check = forms.DateField(
        label="Look again on",
        widget=DAY,
        required=False,
        help_text="Empty: two weeks if it is broken, three months if it fails now and then, "
        "otherwise six months.",
    )

    def __init__(self, measure, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["condition"].choices = illustrated(measure.kind)

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError("A check cannot be in the future.")
        return self.cleaned_data["on"]


class RemoveForm(forms.Form):
    reason = forms.CharField(label="Why it no longer stands", max_length=200)


class ImportForm(forms.Form):
    """A CSV file and the area its measures belong to."""

    area = forms.ModelChoiceField(
        Area.objects.all(), label="Area", required=False, empty_label="No area"
    )
    file = forms.FileField(label="CSV file", widget=forms.FileInput(attrs={"accept": ".csv"}))


class FilterForm(forms.Form):
    """What the list shows; every field is optional and a strange value shows everything."""

    area = forms.ModelChoiceField(
        Area.objects.all(), required=False, empty_label="Every area", to_field_name="slug"
    )
    kind = forms.ChoiceField(choices=[("", "Every kind"), *Kind.choices], required=False)
    due = forms.ChoiceField(
        label="Show",
        choices=[("", "All that stand"), ("yes", "Due for a check"), ("removed", "Removed")],
        required=False,
    )


def refusal_onto(form, error: Refused):
    """Put a refusal beside the field it names, so that a person sees it where they can mend it."""
    field = getattr(error, "field", None)
    field = {"lat": "point", "at": "on"}.get(field, field)
    form.add_error(field if field in form.fields else None, str(error))

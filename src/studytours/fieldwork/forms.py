"""Forms of the desk: a paper record, a phone's file, a photo's description, a category."""

from django import forms

from studytours.measures.models import Condition, Measure, Works

from .models import Category, Kind
from .queries import active_categories


class CodedCategory(forms.ModelChoiceField):
    """Begins with the code that stands on the sheet, so that typing it finds it."""

    def label_from_instance(self, category):
        return f"{category.code} {category.label}"


class PaperRecordForm(forms.Form):
    """One row of the paper sheet, in the order of the sheet: quick to type in."""

    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.PROBLEM)
    category = CodedCategory(
        Category.objects.none(), required=False, label="What it is about", empty_label="Not said"
    )
    words = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), label="In the walker’s words", required=False
    )
    stop = forms.ModelChoiceField(
        None, required=False, label="Stop", empty_label="Not at a stop"
    )  # fmt: skip
    street = forms.CharField(
        max_length=120, required=False, label="Street", help_text="Where it was not at a stop."
    )
    near = forms.CharField(max_length=120, required=False, label="Near what")
    measure = forms.ModelChoiceField(
        None, required=False, label="Earlier measure", empty_label="None",
        help_text="For a check of an earlier measure.",
    )  # fmt: skip
    works = forms.ChoiceField(
        choices=[("", "Not said"), *Works.choices], required=False, label="Does it work?"
    )
    condition = forms.ChoiceField(
        choices=[("", "Not said"), *Condition.choices], required=False, label="Condition"
    )
    done_now = forms.CharField(max_length=300, required=False, label="Done on the spot")
    urgent = forms.BooleanField(required=False, label="Urgent")
    private = forms.BooleanField(required=False, label="Only for the coordinator")

    def __init__(self, tour, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = active_categories()
        self.fields["stop"].queryset = tour.stops.all()
        self.fields["measure"].queryset = Measure.objects.filter(area=tour.area, removed_on=None)

    def clean(self):
        said = super().clean()
        if not (said.get("words") or said.get("category") or said.get("measure")):
            raise forms.ValidationError("Type in the words, or say what it is about.")
        if said.get("near") and not said.get("street"):
            self.add_error("street", "Give the street as well.")
        return said

    def record(self):
        """The fields as desk_observation takes them."""
        said = self.cleaned_data
        place = {"street": said["street"], "near": said["near"]} if said["street"] else None
        return {
            "kind": said["kind"],
            "category": said["category"],
            "words": said["words"],
            "stop": said["stop"],
            "place": place,
            "measure": said["measure"].ref if said["measure"] else None,
            "works": said["works"] or None,
            "condition": said["condition"] or None,
            "done_now": said["done_now"] or None,
            "urgent": said["urgent"] or None,
            "private": said["private"] or None,
        }


class SavedFileForm(forms.Form):
    file = forms.FileField(
        label="The file that the phone saved",
        help_text="Its name ends in .json. Bringing it in twice changes nothing.",
    )


class PublishForm(forms.Form):
    alt = forms.CharField(
        max_length=200, label="What the photo shows",
        help_text="One sentence for people who cannot see it: “A gate with its lock torn out.”",
    )  # fmt: skip
    looked = forms.BooleanField(
        label="I looked: it shows no face, number plate or house number that can be recognised"
    )


class CategoryForm(forms.ModelForm):
    class Meta:
        model = Category
        fields = ("label", "default_remit", "is_active")
        labels = {
            "label": "In residents’ words",
            "default_remit": "Whose work it usually is",
            "is_active": "Shown on the phones",
        }

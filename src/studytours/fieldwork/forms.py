"""Forms of the desk: a phone's file, a photo's description, a category."""

from django import forms

from .models import Category


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

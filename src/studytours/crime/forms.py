"""Forms of the crime archive: a file to import, months to download."""

from django import forms

from studytours.core.errors import Refused

from .forces import FORCES, force_label
from .operations.downloads import check_wish

LARGEST = 2 * 1024**3


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Zip or CSV",
        help_text="As downloaded from data.police.uk. It may hold other files too; they are "
        "passed over.",
        max_length=200,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".zip", ".csv")):
            raise forms.ValidationError("Choose a file that ends in .zip or .csv.")
        if file.size > LARGEST:
            raise forms.ValidationError(
                "This file is larger than 2 GB. Import it on the server: studytours import_crimes."
            )
        return file


class DownloadForm(forms.Form):
    force = forms.ChoiceField(choices=[(force, force_label(force)) for force in FORCES])
    first = forms.CharField(
        label="From",
        help_text="A month, such as 2023-01.",
        widget=forms.TextInput(attrs={"type": "month", "class": "st-input--short"}),
    )
    last = forms.CharField(
        label="To",
        help_text="Data come out about two months late.",
        widget=forms.TextInput(attrs={"type": "month", "class": "st-input--short"}),
    )

    def clean(self):
        wish = super().clean()
        if {"force", "first", "last"} <= set(wish):
            try:
                check_wish(**wish)
            except Refused as error:
                self.add_error(None, str(error))
        return wish

"""A row of the paper sheet as it is typed in: codes as they stand on paper."""

import re

from django import forms

from studytours.measures.models import Works

from .sheet import LETTERS, row_names

KINDS = {letter: kind for kind, letter in LETTERS.items()}


def coded(label, **attrs):
    """A short text with suggestions from a list on the page."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", **attrs})
    return forms.CharField(label=label, required=False, max_length=120, widget=widget)


class PaperRowForm(forms.Form):
    """One row; what is not on the sheet's lists is said by field."""

    kind = coded("Kind", list="kinds", maxlength="1", size="2")
    category = coded("Code", list="categories", maxlength="3", size="4")
    words = forms.CharField(
        label="In the walker’s words", required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    where = coded("Stop or street", list="stops", size="12")
    measure = coded("Measure", list="measures", size="7")
    works = forms.ChoiceField(
        label="Does it work?", choices=[("", "Not said"), *Works.choices], required=False
    )
    done_now = forms.CharField(label="Put right at once", max_length=300, required=False)
    done_by = coded("By whom", list="organisations", size="12")
    urgent = forms.BooleanField(label="Urgent", required=False)
    private = forms.BooleanField(label="Private", required=False)

    def __init__(self, name, codes, data=None):
        super().__init__(data, prefix=name, use_required_attribute=False)
        self.name, self.codes = name, codes
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{name}, {field.label}"

    def clean_kind(self):
        letter = self.cleaned_data["kind"].upper()
        if letter and letter not in KINDS:
            raise forms.ValidationError(f"“{letter}” is no kind: {', '.join(KINDS)}.")
        return KINDS.get(letter)

    def clean_category(self):
        code = self.cleaned_data["category"].upper()
        if code and code not in self.codes["categories"]:
            raise forms.ValidationError(f"There is no code “{code}”.")
        return code

    def clean_where(self):
        """{"stop": pk} or {"place": {"street": …}} or {}."""
        text = self.cleaned_data["where"]
        number = re.fullmatch(r"(?:stop )?(\d{1,2})", text, flags=re.I)
        if not number:
            return {"place": {"street": text}} if text else {}
        if number[1] not in self.codes["stops"]:
            raise forms.ValidationError(f"There is no stop {number[1]} on this tour.")
        return {"stop": self.codes["stops"][number[1]]}

    def clean_measure(self):
        text = self.cleaned_data["measure"].upper()
        number = re.fullmatch(r"(?:M-?)?(\d{1,6})", text)
        ref = f"M-{int(number[1]):04d}" if number else text
        if text and ref not in self.codes["measures"]:
            raise forms.ValidationError(f"There is no measure “{text}” in this area.")
        return ref if text else ""

    def clean(self):
        said = super().clean()
        if self.errors:
            return said
        if said["kind"] is None:
            said["kind"] = KINDS["C"] if said["measure"] else KINDS["P"]
        if said["works"] and not said["measure"]:
            self.add_error("measure", "Say which measure that is about.")
        elif not (said["words"] or said["category"] or said["measure"] or said["done_now"]):
            self.add_error("words", "Type in the words, or say what it is about.")
        return said

    def record(self):
        """The fields as the operation takes them, without those that say nothing."""
        said = dict(self.cleaned_data)
        said |= said.pop("where")
        return {name: value for name, value in said.items() if value not in ("", False)}


def rows_of_sheet(letter, codes, data=None):
    """The forms of a sheet's rows; a row in which nothing was typed is not bound."""
    names = row_names(letter)
    return [PaperRowForm(name, codes, data if _typed(name, data) else None) for name in names]


def _typed(name, data):
    fields = (value for key, value in (data or {}).items() if key.startswith(f"{name}-"))
    return any(value.strip() for value in fields)

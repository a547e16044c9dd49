"""Forms of the web: the whole area, a private note, the public words of a shop visit."""

from django import forms

from .asked import ABOUT_YOU, AREA, AREA_WORDS, MOST_WORDS, SCALE

SCORES = [
    ("", "I would rather not say"),
    *((str(n), str(n)) for n in SCALE),
]  # fmt: skip


class SummaryForm(forms.Form):
    words = forms.CharField(
        label="What the public may read of it",
        max_length=MOST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In your own words. Name no shop and no person.",
    )  # fmt: skip


class AreaForm(forms.Form):
    """The whole area from 1 to 7, in words twice, and about you apart from it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in AREA:
            self.fields[f"score_{question.code}"] = forms.ChoiceField(
                label=question.label, choices=SCORES, required=False
            )
        for question in AREA_WORDS:
            self.fields[question.code] = forms.CharField(
                label=question.label, max_length=300, required=False,
            )  # fmt: skip
        for question in ABOUT_YOU:
            self.fields[f"you_{question.code}"] = forms.ChoiceField(
                label=question.label, required=False,
                choices=[("", "I would rather not say"), *question.options],
            )  # fmt: skip

    def scores(self):
        return [self[f"score_{question.code}"] for question in AREA]

    def words(self):
        return [self[question.code] for question in AREA_WORDS]

    def you(self):
        return [self[f"you_{question.code}"] for question in ABOUT_YOU]

    def clean(self):
        said = super().clean()
        if not self.errors and not any(said.get(f"score_{q.code}") for q in AREA):
            raise forms.ValidationError("Answer at least one of the questions from 1 to 7.")
        return said

    def answers(self, when):
        said = self.cleaned_data
        scores = {q.code: int(said[f"score_{q.code}"]) for q in AREA if said[f"score_{q.code}"]}
        words = {q.code: said[q.code] for q in AREA_WORDS if said[q.code]}
        return {"when": when, "scores": scores, **words}

    def about_you(self):
        """Kept as a record of its own, so that nobody reads who said what."""
        said = self.cleaned_data
        return {q.code: said[f"you_{q.code}"] for q in ABOUT_YOU if said[f"you_{q.code}"]}


class NoteForm(forms.Form):
    words = forms.CharField(
        label="What do you want to tell us?", max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Please do not write who did it: for that, call 101 or Crimestoppers.",
    )  # fmt: skip
    contact = forms.CharField(
        label="How can we reach you, if you want an answer?", max_length=200, required=False,
        help_text="An e-mail address or a phone number. We delete it 30 days after we report back.",
    )  # fmt: skip
    # Only scripts fill it in.
    website = forms.CharField(label="Leave this empty", required=False)

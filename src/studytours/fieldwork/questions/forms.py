"""Forms of the web: the whole area, a private note, the public words of a shop visit."""

from django import forms

from .asked import ABOUT_YOU, AREA, AREA_WORDS, MOST_WORDS, SCALE

SCORES = [(str(n), str(n)) for n in SCALE]


class SpokenForm(forms.Form):
    """Speaks the language of a page: what languages.words_for gives."""

    def __init__(self, words, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.t, self.said = words["t"], words["said"]
        self.says = {name: self.t[f"form.{name}"] for name in ("optional", "error", "problem")}


class SummaryForm(forms.Form):
    words = forms.CharField(
        label="What the public may read of it",
        max_length=MOST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In your own words. Name no shop and no person.",
    )  # fmt: skip


class AreaForm(SpokenForm):
    """The whole area from 1 to 7, in words twice, and about you apart from it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in AREA:
            self.fields[f"score_{question.code}"] = self._one_of(question, SCORES)
        for question in AREA_WORDS:
            self.fields[question.code] = forms.CharField(
                label=self.said[question.label], max_length=300, required=False
            )
        for question in ABOUT_YOU:
            self.fields[f"you_{question.code}"] = self._one_of(question, question.options)

    def _one_of(self, question, options):
        said = [(code, self.said.get(label, label)) for code, label in options]
        choices = [("", self.t["join.no_role"]), *said]
        return forms.ChoiceField(label=self.said[question.label], choices=choices, required=False)

    def scores(self):
        return [self[f"score_{question.code}"] for question in AREA]

    def words(self):
        return [self[question.code] for question in AREA_WORDS]

    def you(self):
        return [self[f"you_{question.code}"] for question in ABOUT_YOU]

    def clean(self):
        said = super().clean()
        if not self.errors and not any(said.get(f"score_{q.code}") for q in AREA):
            raise forms.ValidationError(self.t["feel.one_at_least"])
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


class NoteForm(SpokenForm):
    words = forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))
    contact = forms.CharField(max_length=200, required=False)
    # Only scripts fill it in.
    website = forms.CharField(label="Leave this empty", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words, contact = self.fields["words"], self.fields["contact"]
        words.label, words.help_text = self.t["tell.title"], self.t["private.who_did_it"]
        contact.label = self.t["private.contact"]
        contact.help_text = f"{self.t['private.contact_hint']} {self.t['private.contact_kept']}"

"""What is asked about the queue of next areas: weights, reasons, dates, requests."""

from django import forms
from django.core.exceptions import ValidationError

from .forms import SETS, FindsPlace
from .models import Weighting
from .queue.criteria import CRITERIA, MOST_WEIGHT, PRESETS

WEIGHTS = [(0, "0 – not at all"), *((n, str(n)) for n in range(1, MOST_WEIGHT)),
           (MOST_WEIGHT, f"{MOST_WEIGHT} – most")]  # fmt: skip


class RulesForm(forms.Form):
    """Weights and which places compete; as an address to try them, as a form to publish them."""

    compete = forms.ChoiceField(
        label="Which places compete",
        choices=Weighting.Compete.choices,
        help_text="Beside our areas and what residents asked for.",
    )
    crimes = forms.ChoiceField(label="Crimes", choices=SETS)
    town = forms.CharField(label="Only places in this town", max_length=80, required=False)

    def __init__(self, data=None, *, rules):
        initial = {name: getattr(rules, name) for name in ("compete", "crimes", "town")}
        super().__init__(data, initial=initial)
        for one in CRITERIA:
            self.fields[f"w_{one.key}"] = forms.TypedChoiceField(
                label=one.name,
                coerce=int,
                choices=WEIGHTS,
                initial=rules.weights.get(one.key, 0),
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(self.weights().values()):
            raise ValidationError("All weights are 0. Give at least one criterion some weight.")
        return cleaned

    def weights(self):
        return {one.key: self.cleaned_data[f"w_{one.key}"] for one in CRITERIA}

    def rules(self):
        """Weights as asked for, not saved."""
        asked = {name: self.cleaned_data[name] for name in ("compete", "crimes", "town")}
        return Weighting(weights=self.weights(), **asked)

    def rows(self):
        """[(criterion, its field)] for the page."""
        return [(one, self[f"w_{one.key}"]) for one in CRITERIA]

    @staticmethod
    def preset(name):
        """What the form would hold with one of the ready-made weights; {} for none of them."""
        _, weights = PRESETS.get(name, ("", {}))
        return {f"w_{key}": weight for key, weight in weights.items()}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Residents will read this.",
    )


class WaitForm(ReasonForm):
    review_on = forms.DateField(
        label="When do you look at it again?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class HideForm(forms.Form):
    why = forms.CharField(
        label="Why is it hidden?", max_length=200, help_text="Only the office reads this."
    )


class AnswerForm(forms.Form):
    words = forms.CharField(
        label="Your answer", max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class AskForm(FindsPlace, forms.Form):
    """What a resident tells who wants a walk: where, why, and an address only for the answer."""

    q = forms.CharField(
        label="Street, park, shop or landmark",
        max_length=80,
        error_messages={"required": "Find a place by name and pick it."},
        help_text="Type part of its name and press Find.",
    )
    place = forms.ChoiceField(
        label="Which one?",
        widget=forms.RadioSelect,
        error_messages={"required": "Pick one of the places that were found."},
    )
    at = forms.CharField(
        label="Latitude and longitude",
        required=False,
        max_length=60,
        help_text="For example 52.3042, -0.7175. A click on the map fills this in.",
    )
    words = forms.CharField(
        label="Why should we walk here?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What makes people feel unsafe? Please do not name anyone. Only the office reads "
        "this.",
    )
    email = forms.EmailField(
        label="Your e-mail address, if you want an answer",
        required=False,
        help_text="We use it once, to answer you. Then we delete it.",
    )
    # Not for people: a script fills in every field.
    website = forms.CharField(label="Leave this empty", required=False)

    def __init__(self, *args, bounds=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_places(bounds)
        self.fields["place"].required = bool(self.found)

    def clean(self):
        """A place that was picked, or shown on the map, needs no name."""
        cleaned = super().clean()
        if cleaned.get("at") or cleaned.get("place"):
            self.errors.pop("q", None)
            self.errors.pop("place", None)
        elif not self.errors.keys() & {"q", "at", "place"}:
            self.add_error("q", "No place of this name is known here. Try part of it.")
        return cleaned

    @property
    def middle(self):
        return self.cleaned_data.get("at") or self.cleaned_data["place"]

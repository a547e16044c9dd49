"""The wishes for a route, and the weights of what it may lead to."""

from django import forms

from studytours.core.fields import PointField

from ..forms import PlaceMixin
from ..models import RoutePlan
from .candidates import HEAVIEST, KINDS, USUAL

WORDS = {0: "0: leave out", HEAVIEST: f"{HEAVIEST}: most"}
STEPS = [("any", "Steps are fine"), ("avoid", "Avoid steps where that is not much longer")]


class WishForm(PlaceMixin, forms.Form):
    """What the route should be like. Whether steps are ruled out is said with the date."""

    steps = forms.ChoiceField(label="Steps", choices=STEPS, widget=forms.RadioSelect)
    prefer_lit = forms.BooleanField(
        label="Prefer streets with lighting",
        required=False,
        help_text="As far as the street map knows it.",
    )
    light = forms.ChoiceField(
        label="Light", choices=RoutePlan.Light.choices, widget=forms.RadioSelect
    )
    elsewhere = forms.BooleanField(label="The walk ends at another place", required=False)
    place = forms.ChoiceField(label="Where it ends, from the list", required=False)
    end_point = forms.CharField(label="Where it ends, in words", required=False, max_length=200)
    point = PointField(
        label="Where it ends, on the map",
        help_text="Latitude and longitude. Empty: the place chosen above.",
    )

    def __init__(self, *args, tour, **kwargs):
        super().__init__(*args, **kwargs)
        self.set_places(tour.area)
        if tour.step_free:
            del self.fields["steps"]
        choices = [(weight, WORDS.get(weight, weight)) for weight in range(HEAVIEST + 1)]
        for kind, (words, _) in KINDS.items():
            self.fields[f"weight_{kind}"] = forms.TypedChoiceField(
                label=words, choices=choices, coerce=int
            )

    @property
    def wishes(self):
        return [self[name] for name in ("steps", "prefer_lit", "light") if name in self.fields]

    @property
    def ending(self):
        names = ("elsewhere", "place", "end_point", "point")
        return [self[name] for name in names if name in self.fields]

    @property
    def weights(self):
        return [self[f"weight_{kind}"] for kind in KINDS]

    def clean(self):
        super().clean()
        elsewhere = self.cleaned_data.get("elsewhere")
        if (
            elsewhere
            and "point" not in self.errors
            and self.words_and_point("end_point")[1] is None
        ):
            self.add_error("point", "Say where the walk ends: choose a place, or give its point.")

    def values(self):
        data = self.cleaned_data
        name, lat, lon = (
            self.words_and_point("end_point") if data["elsewhere"] else ("", None, None)
        )
        return {
            "end_point": name, "end": None if lat is None else (lat, lon),
            "avoid_steps": data.get("steps") == "avoid", "prefer_lit": data["prefer_lit"],
            "light": data["light"],
            "weights": {kind: data[f"weight_{kind}"] for kind in KINDS},
        }  # fmt: skip


def wish_initial(plan):
    plan = plan or RoutePlan()
    weights = {**USUAL, **plan.weights}
    return {
        "steps": "avoid" if plan.avoid_steps else "any", "prefer_lit": plan.prefer_lit,
        "light": plan.light, "elsewhere": plan.end_lat is not None, "end_point": plan.end_point,
        "point": (plan.end_lat, plan.end_lon),
        **{f"weight_{kind}": weight for kind, weight in weights.items()},
    }  # fmt: skip

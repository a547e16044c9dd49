"""What is asked when choosing and when making an area."""

import json
from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError

from studytours.core.errors import Refused
from studytours.core.geometry import from_geojson
from studytours.crime.queries import force_label
from studytours.crime.sets import SET_LABELS

from .places import find_anywhere, in_bounds
from .shapes import circle_shape, codes_shape, drawn_shape, suggestion_shape

SETS = [
    (name, SET_LABELS[name])
    for name in ("neighbourhood", "acquisitive", "acquisitive+retail", "shoplifting")
]
RADII = [(str(metres), f"{metres} metres") for metres in (250, 300, 400, 500, 600, 800, 1000)]


class AskForm(forms.Form):
    """The questions at the top of a page. What makes no sense falls back to the usual."""

    force = forms.ChoiceField(label="Police force")
    crimes = forms.ChoiceField(label="Crimes", choices=SETS)
    usual = {"crimes": "acquisitive"}

    def __init__(self, query, *, forces, home):
        super().__init__()
        self.fields["force"].choices = [(force, force_label(force)) for force in forces]
        self.asked = self.usual | {"force": home if home in forces else forces[0]}
        for name in self.fields:
            with suppress(ValidationError):
                self.asked[name] = self.fields[name].clean(query.get(name))
        self.initial = self.asked


class ChooseForm(AskForm):
    """What the choose page is to show."""

    minutes = forms.TypedChoiceField(
        label="Length of the tour",
        coerce=int,
        choices=[(60, "60 minutes"), (90, "90 minutes"), (120, "2 hours")],
    )
    count = forms.TypedChoiceField(
        label="How many places", coerce=int, choices=[(n, n) for n in (5, 10, 20, 40)]
    )
    # Changed by the links above the ranking; kept when the form is sent.
    kind = forms.ChoiceField(widget=forms.HiddenInput, choices=[("lsoa", ""), ("ward", "")])
    by = forms.ChoiceField(widget=forms.HiddenInput, choices=[("count", ""), ("household", "")])
    usual = AskForm.usual | {"minutes": 90, "count": 10, "kind": "lsoa", "by": "count"}


class CheckForm(AskForm):
    """What the check of forecasts is to look at."""

    cell = forms.TypedChoiceField(
        label="Size of a square",
        coerce=int,
        choices=[(side, f"{side} metres") for side in (100, 250, 500)],
    )
    horizon = forms.TypedChoiceField(
        label="How far ahead",
        coerce=int,
        choices=[(months, f"{months} months") for months in (3, 6, 12)],
    )
    usual = AskForm.usual | {"cell": 250, "horizon": 12}


class AreaForm(forms.Form):
    """What is asked of every area, whatever it is made from."""

    name = forms.CharField(
        label="Name of the area",
        max_length=120,
        help_text="What residents call it, for example “Queensway”.",
    )
    town = forms.CharField(label="Town or village", max_length=80, required=False)
    why = forms.CharField(
        label="Why here?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Residents will read this.",
    )
    is_public = forms.BooleanField(
        label="Show this area on the public site",
        required=False,
        initial=True,
        help_text="You can change this later.",
    )
    # Fields that say where it is; shown before the name.
    place_fields: tuple[str, ...] = ()

    def find(self):
        """Fill what can be picked from, when "Find" was pressed."""

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                cleaned["shape"] = self.shape(cleaned)
            except Refused as error:
                raise ValidationError(str(error)) from error
        return cleaned


class SuggestionForm(AreaForm):
    """A place that the ranking proposed."""

    place_fields = ("lat", "lon", "radius", "force", "crimes", "top")
    lat = forms.FloatField(widget=forms.HiddenInput, min_value=49, max_value=62)
    lon = forms.FloatField(widget=forms.HiddenInput, min_value=-9, max_value=3)
    radius = forms.IntegerField(widget=forms.HiddenInput, min_value=50, max_value=3000)
    force = forms.CharField(widget=forms.HiddenInput, max_length=60)
    crimes = forms.ChoiceField(widget=forms.HiddenInput, choices=SETS)
    # Of how many it was one.
    top = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=40, required=False)

    def shape(self, cleaned):
        return suggestion_shape(*(cleaned[name] for name in self.place_fields))


class CodesForm(AreaForm):
    """Wards or small areas, found by name and ticked."""

    kind = "ward"
    place_fields = ("q", "codes")
    q = forms.CharField(label="Find wards by name", max_length=80, required=False)
    codes = forms.MultipleChoiceField(
        label="Wards",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Find and tick at least one.",
            "invalid_choice": "“%(value)s” is not in the boundaries that are loaded.",
        },
    )

    def __init__(self, *args, boundaries=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.boundaries = boundaries
        words = self["q"].value() or ""
        ticked = set(self["codes"].value() or ())
        self.found = [one for one in boundaries if one.code in ticked or one.matches(words)]
        self.fields["codes"].choices = [(one.code, one.label) for one in self.found]

    def shape(self, cleaned):
        ticked = set(cleaned["codes"])
        return codes_shape([one for one in self.boundaries if one.code in ticked], self.kind)


class LsoasForm(CodesForm):
    kind = "lsoa"
    q = forms.CharField(
        label="Find small areas by name, ward or code",
        max_length=80,
        required=False,
        help_text="For example “033B”, “Queensway” or E01027310.",
    )
    codes = forms.MultipleChoiceField(
        label="Small areas (LSOA)",
        widget=forms.CheckboxSelectMultiple,
        error_messages=CodesForm.base_fields["codes"].error_messages,
    )


class DrawnForm(AreaForm):
    """A polygon from the map."""

    place_fields = ("geometry",)
    geometry = forms.CharField(
        label="Outline",
        widget=forms.HiddenInput,
        max_length=200_000,
        error_messages={"required": "Draw the outline on the map: at least three corners."},
    )

    def clean_geometry(self):
        try:
            return from_geojson(json.loads(self.cleaned_data["geometry"]))
        except (ValueError, RecursionError) as error:
            raise ValidationError("This outline cannot be read. Draw it again.") from error

    def shape(self, cleaned):
        return drawn_shape(cleaned["geometry"])


class FindsPlace:
    """Fields `q`, `place` and `at`: found by name and picked, or given as latitude, longitude."""

    def offer_places(self, bounds=None):
        words, picked = self["q"].value() or "", self["place"].value()
        found = find_anywhere(words) if words.strip() else []
        self.found = [one for one in found if in_bounds(bounds, one.lat, one.lon)]
        choices = [(f"{one.lat},{one.lon}", f"{one.label} ({one.kind})") for one in self.found]
        if picked and picked not in dict(choices):
            choices.insert(0, (picked, f"The place picked before ({picked})"))
        self.fields["place"].choices = choices

    def clean_at(self):
        return _lat_lon(self.cleaned_data["at"]) if self.cleaned_data["at"].strip() else None

    def clean_place(self):
        return _lat_lon(self.cleaned_data["place"]) if self.cleaned_data["place"] else None


class CircleForm(FindsPlace, AreaForm):
    """A circle round a street, a landmark or a pair of coordinates."""

    place_fields = ("q", "place", "at", "radius")
    q = forms.CharField(label="Find a street or landmark", max_length=80, required=False)
    place = forms.ChoiceField(label="Which one?", widget=forms.RadioSelect, required=False)
    at = forms.CharField(
        label="Or give the place as latitude, longitude",
        required=False,
        max_length=60,
        help_text="For example 52.3042, -0.7175. Clicking the map fills this in.",
    )
    radius = forms.TypedChoiceField(
        label="How far round it", choices=RADII, coerce=int, initial="500"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_places()

    def shape(self, cleaned):
        middle = cleaned["at"] or cleaned["place"]
        if middle is None:
            self.add_error("q", "Find a place and pick it, or give latitude and longitude.")
            return None
        return circle_shape(*middle, cleaned["radius"])


class ChangeForm(AreaForm):
    """What can be changed of an area later: its words, not its place."""

    def shape(self, cleaned):
        return None


def _lat_lon(text):
    """ "52.3042, -0.7175" → (lat, lon); a swapped or foreign pair is refused with the cure."""
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise ValidationError("Give two numbers with a comma between them.") from None
    if not (49 <= lat <= 62 and -9 <= lon <= 3):
        raise ValidationError("This is not in the United Kingdom. Latitude comes first.")
    return lat, lon

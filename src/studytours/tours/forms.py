"""Forms of planning. They check; operations write."""

from datetime import UTC, datetime

from django import forms
from django.db.models import Q
from django.utils import timezone

from studytours.areas.places import places_near
from studytours.core.fields import PointField
from studytours.measures.models import Measure
from studytours.partners.models import Person, Role


class PlaceMixin:
    """A place by three ways: chosen from a list, written in words, or marked on the map."""

    def set_places(self, area):
        places = places_near(area)
        self.places = {f"{place.lat},{place.lon}": place for place in places}
        choices = [(key, f"{place.label} ({place.kind})") for key, place in self.places.items()]
        self.fields["place"].choices = [("", "Choose a street or landmark"), *choices]
        if not choices:
            del self.fields["place"]

    def words_and_point(self, words):
        """(name, lat, lon): what was written or marked goes before what was chosen."""
        chosen = self.places.get(self.cleaned_data.get("place", ""))
        lat, lon = self.cleaned_data.get("point") or (None, None)
        if lat is None and chosen:
            lat, lon = chosen.lat, chosen.lon
        name = self.cleaned_data.get(words) or (chosen.name if chosen else "")
        return name, lat, lon


class TourForm(PlaceMixin, forms.Form):
    """When and where a tour begins."""

    title = forms.CharField(
        label="Title", max_length=120, help_text="What people read: “Queensway study tour”."
    )
    day = forms.DateField(
        label="Date", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    clock = forms.TimeField(
        label="Start", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label="How many minutes", min_value=15, max_value=480, initial=90)
    place = forms.ChoiceField(label="Meeting point from the list", required=False)
    meeting_point = forms.CharField(
        label="Meeting point in words",
        required=False,
        max_length=200,
        help_text="“The church hall on Kilnway”. Empty: the name chosen above.",
    )
    point = PointField(
        label="Meeting point on the map",
        help_text="Click the map, or write latitude and longitude. May stay empty.",
    )
    leader = forms.ModelChoiceField(
        Person.objects.filter(is_active=True).filter(
            Q(role=Role.LEADER) | Q(role=Role.COORDINATOR)
        ),
        label="Who leads the walk",
        required=False,
        empty_label="Not decided yet",
    )
    step_free = forms.BooleanField(label="The way has no steps", required=False)
    introduction = forms.CharField(
        label="What residents read before they come",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, area, **kwargs):
        super().__init__(*args, **kwargs)
        self.set_places(area)

    def clean(self):
        super().clean()
        if not self.words_and_point("meeting_point")[0] and "point" not in self.errors:
            self.add_error("meeting_point", "Say where people meet, or choose it from the list.")
        if {"day", "clock"} <= self.cleaned_data.keys() and not self._there_is_such_a_time():
            self.add_error("clock", "The clocks go forward in that hour. Choose another one.")

    def _there_is_such_a_time(self):
        wall = datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"])
        return timezone.make_naive(timezone.make_aware(wall).astimezone(UTC)) == wall

    def values(self):
        """What to give to the operations."""
        data = self.cleaned_data
        name, lat, lon = self.words_and_point("meeting_point")
        start = timezone.make_aware(datetime.combine(data["day"], data["clock"]))
        names = ("title", "minutes", "leader", "step_free", "introduction")
        return {
            **{name: data[name] for name in names},
            "starts_at": start, "meeting_point": name,
            "meeting": None if lat is None else (lat, lon),
        }  # fmt: skip


def tour_initial(tour):
    start = timezone.localtime(tour.starts_at)
    names = ("title", "minutes", "meeting_point", "leader", "step_free", "introduction")
    return {
        **{name: getattr(tour, name) for name in names},
        "day": start.date(), "clock": start.time(),
        "point": (tour.meeting_lat, tour.meeting_lon),
    }  # fmt: skip


class StopForm(PlaceMixin, forms.Form):
    """A place where the walk stands still."""

    place = forms.ChoiceField(label="From the list", required=False)
    name = forms.CharField(
        label="Name in words",
        required=False,
        max_length=120,
        help_text="“Garages behind Minerva Way”. Empty: the name chosen above.",
    )
    point = PointField(
        label="Point on the map",
        help_text="Click the map, or write latitude and longitude. May stay empty.",
    )
    look_at = forms.CharField(label="What to look at", required=False, max_length=300)
    minutes = forms.IntegerField(label="Minutes here", min_value=0, max_value=120, initial=5)
    look_from_here = forms.BooleanField(
        label="Look from here, do not go closer",
        required=False,
        help_text="For a spot that is not safe to stand in.",
    )
    measures = forms.ModelMultipleChoiceField(
        Measure.objects.none(),
        label="Earlier measures to check here",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, area, **kwargs):
        super().__init__(*args, **kwargs)
        self.set_places(area)
        self.fields["measures"].queryset = Measure.objects.filter(area=area, removed_on=None)
        if not self.fields["measures"].queryset:
            del self.fields["measures"]

    def clean(self):
        super().clean()
        if not self.words_and_point("name")[0]:
            self.add_error("name", "Name the stop, or choose it from the list.")

    def values(self):
        name, lat, lon = self.words_and_point("name")
        data = self.cleaned_data
        return {
            "name": name, "lat": lat, "lon": lon, "look_at": data["look_at"],
            "minutes": data["minutes"], "look_from_here": data["look_from_here"],
            "measures": data.get("measures", ()),
        }  # fmt: skip


def stop_initial(stop):
    return {
        "name": stop.name, "point": (stop.lat, stop.lon), "look_at": stop.look_at,
        "minutes": stop.minutes, "look_from_here": stop.look_from_here,
        "measures": stop.measures.all(),
    }  # fmt: skip


class ReportForm(forms.Form):
    summary = forms.CharField(
        label="What we saw and agreed, in a few sentences",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Everyone can read this. Places, not people: no names, no house numbers.",
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=200,
        help_text="Goes into the e-mail to those who were asked.",
    )

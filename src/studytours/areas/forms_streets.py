"""What is asked at the top of the page of hot streets."""

from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError

from studytours.core.templatetags.ui import month_name
from studytours.crime.queries import force_label, months

from .forms import SETS

USUAL_MONTHS = 12


class StreetsForm(forms.Form):
    """What makes no sense falls back to the usual: acquisitive crime by street, last 12 months."""

    force = forms.ChoiceField(label="Police force")
    crimes = forms.ChoiceField(label="Crimes", choices=SETS)
    by = forms.ChoiceField(label="Count by", choices=[("street", "Street"), ("point", "Map point")])
    first = forms.ChoiceField(label="From")
    last = forms.ChoiceField(label="To")
    usual = {"crimes": "acquisitive", "by": "street"}

    def __init__(self, query, *, forces, home):
        super().__init__()
        self.fields["force"].choices = [(force, force_label(force)) for force in forces]
        self.asked = self.usual | {"force": home if home in forces else forces[0]}
        self._take(query, "force", "crimes", "by")
        self.held = months(self.asked["force"])
        choices = [(month, month_name(month)) for month in self.held]
        self.fields["first"].choices = self.fields["last"].choices = choices
        self.asked |= self.since(USUAL_MONTHS)
        self._take(query, "first", "last")
        if self.asked["first"] > self.asked["last"]:  # the wrong way round is still a period
            self.asked["first"], self.asked["last"] = self.asked["last"], self.asked["first"]
        self.initial = self.asked

    def _take(self, query, *names):
        for name in names:
            with suppress(ValidationError):
                self.asked[name] = self.fields[name].clean(query.get(name))

    def since(self, count):
        """The period of the last so many months held."""
        return {"first": self.held[-count:][0], "last": self.held[-1]}

    @property
    def months(self):
        """The months held in the period."""
        return tuple(
            month for month in self.held if self.asked["first"] <= month <= self.asked["last"]
        )

    @property
    def periods(self):
        """Links to the usual periods: (words, answers, whether it is the one asked for)."""
        usual = [(f"Last {count} months held", count) for count in (12, 36)]
        usual = [(words, count) for words, count in usual if count < len(self.held)]
        for words, count in [*usual, ("All months held", len(self.held))]:
            answers = self.asked | self.since(count)
            yield words, answers, answers == self.asked

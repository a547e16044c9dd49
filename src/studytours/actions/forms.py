"""What people fill in about actions. Each form turns into the arguments of one operation."""

from django import forms
from django.utils import timezone

from .fields import DateField, OrganisationField, PhotosField, QuickSelect
from .models import Confidence, State
from .states import OWNER_MAY_ASK, Voice, next_states

STEPS = range(1, 5)
CONFIDENCE = [(value, label) for value, label in Confidence.choices if value != Confidence.UNKNOWN]


class OwnerMixin(forms.Form):
    """The owner, or who finds the owner."""

    owner = OrganisationField(label="Who will do it")
    confidence = forms.ChoiceField(
        label="How sure is it theirs", choices=CONFIDENCE, widget=QuickSelect, required=False
    )
    finder = OrganisationField(label="Which organisation finds out")
    finder_name = forms.CharField(
        label="Who there", max_length=120, required=False, help_text="A name. It is not published."
    )

    def __init__(self, *args, organisations, suggested=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(organisations, suggested)
        self.fields["finder"].offer(organisations)

    def owner_arguments(self):
        data = self.cleaned_data
        return dict(
            owner=data["owner"], confidence=data["confidence"] or Confidence.AGREED,
            finder=data["finder"], finder_name=data["finder_name"],
        )  # fmt: skip


class AgreeForm(OwnerMixin):
    """Who does what by when: one date, or up to four steps for work that takes long."""

    title = forms.CharField(label="What will be done", max_length=200)
    due = DateField(label="By when")
    detail = forms.CharField(
        label="Details", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Public, unless what was found is private.",
    )  # fmt: skip

    field_order = ["title", "owner", "confidence", "due"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in STEPS:
            self.fields[f"step_{number}"] = forms.CharField(
                label=f"Step {number}", max_length=200, required=False
            )
            self.fields[f"step_{number}_by"] = DateField(label=f"Step {number} by")

    def clean(self):
        data = super().clean()
        for number in STEPS:
            title, date = data.get(f"step_{number}"), data.get(f"step_{number}_by")
            if bool(title) != bool(date) and f"step_{number}_by" not in self.errors:
                self.add_error(f"step_{number}", "A step needs both words and a date.")
        return data

    def steps(self):
        """The rows of the page: pairs of bound fields."""
        return [(self[f"step_{number}"], self[f"step_{number}_by"]) for number in STEPS]

    def has_steps(self):
        return any(title.value() for title, _ in self.steps())

    def arguments(self):
        data = self.cleaned_data
        steps = [(data[f"step_{n}"], data[f"step_{n}_by"]) for n in STEPS if data[f"step_{n}"]]
        return dict(
            title=data["title"], detail=data["detail"], due=data["due"], milestones=steps,
            **self.owner_arguments(),
        )  # fmt: skip


class NewActionForm(AgreeForm):
    """An action that was not agreed on a tour."""

    area = forms.ModelChoiceField(queryset=None, label="Where", empty_label="Choose an area")
    field_order = ["area", *AgreeForm.field_order]

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas


class SeenForm(forms.Form):
    """Knows which version of the action its reader saw."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, action, **kwargs):
        self.action = action
        initial = {"seen": action.changed_at.isoformat(), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_seen(self):
        if self.cleaned_data["seen"] == self.action.changed_at.isoformat():
            return self.cleaned_data["seen"]
        # What they wrote stays on the form; sent again, it is about what they now see.
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.action.changed_at.isoformat()
        raise forms.ValidationError("")

    def add_error(self, field, error):
        if field == "seen":
            field, error = None, (
                f"Somebody changed {self.action.ref} after you opened this page. Read the history, "
                f"then send yours again if it still holds."
            )  # fmt: skip
        super().add_error(field, error)


class UpdateForm(SeenForm):
    """How it is going."""

    to_state = forms.ChoiceField(label="How is it going?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="In a few words", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Published. Do not name people.",
    )  # fmt: skip
    reason = forms.CharField(
        label="The reason", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only when it is put off or declined. Published.",
    )  # fmt: skip
    review_on = DateField(label="Look at it again on", help_text="Only when it is put off.")
    photos = PhotosField(
        label="Photos of the work",
        help_text="Up to 6. Nobody else sees them until the office has looked at them.",
    )
    alt = forms.CharField(
        label="What the photos show", required=False, max_length=200,
        help_text="For people who cannot see them.",
    )  # fmt: skip

    def __init__(self, *args, action, voice, **kwargs):
        super().__init__(*args, action=action, **kwargs)
        self.voice = voice
        self.fields["to_state"].choices = state_choices(action, voice)
        self.fields["to_state"].initial = action.state
        if len({State.DEFERRED, State.DECLINED} & {c for c, _ in self.state_choices}) == 0:
            del self.fields["reason"], self.fields["review_on"]

    @property
    def state_choices(self):
        return self.fields["to_state"].choices

    def arguments(self):
        data = self.cleaned_data
        return dict(
            to_state=data["to_state"], words=data["words"], reason=data.get("reason", ""),
            review_on=data.get("review_on") if data["to_state"] == State.DEFERRED else None,
            photos=[(content, kind, data["alt"]) for content, kind in data["photos"]],
        )  # fmt: skip


def state_choices(action, voice):
    """[(state, words)]: leave it, the steps the table allows, and what an owner may ask for."""
    choices = [(action.state, f"Still “{action.get_state_display().lower()}”: add a note")]
    steps = [s for s in next_states(action, voice) if s != State.SUPERSEDED]
    choices += [(state.value, state.label) for state in steps]
    if voice is Voice.OWNER:
        asks = [to for at, to in OWNER_MAY_ASK if at == action.state]
        words = {State.DEFERRED: "Ask to put it off", State.DECLINED: "Ask to decline it"}
        choices += [(to.value, words[to]) for to in sorted(asks, key=list(State).index)]
    return choices


class ReassignForm(SeenForm, OwnerMixin):
    reason = forms.CharField(
        label="Why it changes hands", widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Published.",
    )  # fmt: skip

    def arguments(self):
        return dict(reason=self.cleaned_data["reason"], **self.owner_arguments())


class RewordForm(SeenForm):
    title = forms.CharField(label="What will be done", max_length=200)
    detail = forms.CharField(
        label="Details", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    due = DateField(label="By when")
    why = forms.CharField(
        label="Why it changes", required=False, max_length=300,
        help_text="Needed for another date. Published.",
    )  # fmt: skip

    def __init__(self, *args, action, **kwargs):
        initial = {"title": action.title, "detail": action.detail, "due": action.due}
        super().__init__(*args, action=action, initial=initial, **kwargs)

    def arguments(self):
        return {name: self.cleaned_data[name] for name in ("title", "detail", "due", "why")}


class StepForm(forms.Form):
    """A step of a long action: new, or in other words."""

    title = forms.CharField(label="Step", max_length=200)
    due = DateField(label="By when", required=True)
    why = forms.CharField(label="Why the date changes", max_length=300, required=False)

    def arguments(self):
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields}


class NewStepForm(StepForm):
    why = None


class ReachedForm(forms.Form):
    on = DateField(label="Reached on", required=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"on": timezone.localdate()}, **kwargs)


class ReplaceForm(forms.Form):
    ref = forms.CharField(
        label="Which action takes its place", max_length=12, help_text="Like A-0012."
    )
    words = forms.CharField(label="Why", required=False, max_length=300)


class AnswerForm(forms.Form):
    words = forms.CharField(
        label="What you answer", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed when you do not agree. Published.",
    )  # fmt: skip


class DisputeForm(SeenForm):
    reason = forms.CharField(
        label="Why it is not yours, and whose you think it is",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Published. It stays with you until the office has found the owner.",
    )

    def arguments(self):
        return {"reason": self.cleaned_data["reason"]}


class RemitForm(forms.Form):
    organisation = OrganisationField(label="Organisation", required=True)
    category = forms.ChoiceField(label="Answers for", widget=QuickSelect)
    place = forms.CharField(
        label="Where", max_length=200, required=False,
        help_text="Leave empty for everywhere. Like: Brickhill ward.",
    )  # fmt: skip
    note = forms.CharField(label="Note", max_length=200, required=False)

    def __init__(self, *args, organisations, categories, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].offer(organisations)
        self.fields["category"].choices = [(c.code, c.label) for c in categories]


class FilterForm(forms.Form):
    """Which actions the desk lists."""

    state = forms.ChoiceField(label="State", required=False, widget=QuickSelect)
    owner = OrganisationField(label="Owner")
    area = forms.ChoiceField(label="Area", required=False, widget=QuickSelect)
    tour = forms.ChoiceField(label="Tour", required=False, widget=QuickSelect)
    text = forms.CharField(label="Words", required=False)

    def __init__(self, *args, organisations, areas, tours, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [
            ("", "Any"), ("open", "Open"), ("overdue", "Overdue"), *State.choices,
        ]  # fmt: skip
        self.fields["owner"].offer(organisations, none="Any")
        self.fields["area"].choices = [("", "Any"), *((a.slug, a.name) for a in areas)]
        self.fields["tour"].choices = [("", "Any"), *((t.slug, t.title) for t in tours)]

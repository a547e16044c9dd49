"""What the debrief screen shows: every finding with all that helps to decide on it."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from studytours.fieldwork.models import Finding
from studytours.fieldwork.queries import is_private as is_private_finding
from studytours.fieldwork.queries import photos_by_finding
from studytours.fieldwork.questions.queries import me_toos, voices_of
from studytours.partners.models import Organisation

from .models import Action
from .queries import for_listing, is_private, suggestions

# Two notes of one category this close are probably about the same thing: phones are off by 10-20 m.
NEAR_METRES = 40
METRES_A_DEGREE = 111_320


@dataclass
class Card:
    """One finding on the screen, with those that were merged into it."""

    finding: Finding
    photos: list = field(default_factory=list)
    also: list = field(default_factory=list)
    others: int = 0  # who said "me too" to one of them
    voices: int = 0  # spoken notes to hear
    actions: list = field(default_factory=list)
    alike: list = field(default_factory=list)
    suggested: list = field(default_factory=list)
    form: object = None

    @property
    def is_private(self):
        """Not for a screen that the whole room sees."""
        return is_private_finding(self.finding)

    @property
    def shown_actions(self):
        """Those that may stand on the same screen as the finding itself."""
        return [one for one in self.actions if self.is_private or not is_private(one)]

    @property
    def seen_by(self):
        return 1 + len(self.also) + self.others

    @property
    def is_open(self):
        return self.finding.decision == Finding.Decision.OPEN

    @property
    def waits_for_action(self):
        return self.finding.decision == Finding.Decision.ACCEPTED and not self.actions

    @property
    def on_the_spot(self):
        """The record of what was done at once, which nobody has put on the list yet, or None."""
        if any(action.done_on_the_spot for action in self.actions):
            return None
        records = [one.observation for one in [self.finding, *self.also]]
        return next((one for one in records if one.done_now), None)

    @property
    def own_words(self):
        """The walker's words where the title is another, or shortened."""
        words = self.finding.observation.words.strip()
        return "" if words == self.finding.title.strip() else words


@dataclass(frozen=True)
class Debrief:
    tour: object
    cards: list
    actions: list
    organisations: list
    total: int
    decided: int

    def card(self, ref):
        return next((card for card in self.cards if card.finding.ref == ref), None)

    @property
    def waiting(self):
        return [card for card in self.cards if card.waits_for_action]

    def private_cards(self):
        return [card for card in self.cards if card.is_private]

    def promises(self, private=False):
        """The actions to read out; those on private findings only apart from the room."""
        return [action for action in self.actions if is_private(action) == private]

    def groups(self, by="stop", only_open=False, private=False):
        """[(heading, [Card])] by stop, as they were walked, or by category."""
        groups = defaultdict(list)
        key_of = _place_key if by == "stop" else _category_key
        for card in self.cards:
            waits = card.is_open or card.waits_for_action
            if card.is_private != private or (only_open and not waits):
                continue
            groups[key_of(card.finding)].append(card)
        return [(heading, groups[order, heading]) for order, heading in sorted(groups)]


def debrief_of(tour):
    """All of it in ten queries, whatever the number of findings."""
    findings = list(
        Finding.objects.filter(tour=tour)
        .select_related(
            "category",
            "observation__stop",
            "observation__measure__owner",
            "observation__done_by",
            "merged_into",
        )
        .defer("observation__body")
        .order_by("ref")
    )
    actions = list(
        for_listing(Action.objects.filter(tour=tour))
        .prefetch_related("findings__merged_into", "milestones")
        .order_by("next_on", "ref")
    )
    cards = {
        finding.pk: Card(finding)
        for finding in findings
        if finding.decision != Finding.Decision.MERGED
    }
    _fill(cards, findings, actions)
    remits = suggestions(tour.area)
    for card in cards.values():
        card.suggested = _likely_owners(card.finding, remits)
    _mark_alike(list(cards.values()))
    decisions = Counter(finding.decision for finding in findings)
    return Debrief(
        tour, list(cards.values()), actions,
        list(Organisation.objects.filter(is_active=True)),
        len(findings), len(findings) - decisions[Finding.Decision.OPEN],
    )  # fmt: skip


def _likely_owners(finding, remits):
    """The owner in the register of measures first, then those whose remit it is."""
    measure = finding.observation.measure
    registered = [measure.owner] if measure and measure.owner else []
    by_remit = [suggestion.organisation for suggestion in remits.get(finding.category_id, [])]
    return list(dict.fromkeys([*registered, *by_remit]))


def _fill(cards, findings, actions):
    """Put merged findings, photos and actions onto their cards."""
    by_pk = {finding.pk: finding for finding in findings}
    home = {}
    for finding in findings:
        top = finding
        while top.merged_into_id is not None:
            top = by_pk[top.merged_into_id]
        home[finding.pk] = cards[top.pk]
        if top is not finding:
            cards[top.pk].also.append(finding)
    for pk, number in me_toos(findings).items():
        home[pk].others += number
    by_record = {finding.observation_id: finding for finding in findings}
    for uuid, voices in voices_of([finding.observation for finding in findings]).items():
        home[by_record[uuid].pk].voices += len(voices)
    for pk, photos in photos_by_finding(findings).items():
        home[pk].photos.extend(photos)
    for action in actions:
        for finding in action.findings.all():
            card = home.get(finding.pk)
            if card is not None and action not in card.actions:
                card.actions.append(action)


def _mark_alike(cards):
    """Suggest for an undecided finding the earlier ones it may be the same as."""
    for number, card in enumerate(cards):
        if card.is_open:
            card.alike = [
                other
                for other in cards[:number]
                if other.finding.decision in (Finding.Decision.OPEN, Finding.Decision.ACCEPTED)
                and alike(card.finding, other.finding)
            ][:3]


def alike(one, other):
    """Same category, and the same stop or within forty metres."""
    if one.category_id is None or one.category_id != other.category_id:
        return False
    if one.is_sensitive != other.is_sensitive:
        return False
    here, there = one.observation, other.observation
    if here.stop_id is not None and here.stop_id == there.stop_id:
        return True
    apart = metres(here, there)
    return apart is not None and apart <= NEAR_METRES


def metres(here, there):
    """Between two observations; None where one has no point."""
    (lat, lon), (other_lat, other_lon) = _point(here), _point(there)
    if None in (lat, lon, other_lat, other_lon):
        return None
    north = (lat - other_lat) * METRES_A_DEGREE
    east = (lon - other_lon) * METRES_A_DEGREE * math.cos(math.radians(lat))
    return math.hypot(north, east)


def _point(observation):
    """Where it was recorded, else the stop it was recorded at."""
    if observation.lat is None and observation.stop is not None:
        return observation.stop.lat, observation.stop.lon
    return observation.lat, observation.lon


def _place_key(finding):
    stop = finding.observation.stop
    return (stop.number, str(stop)) if stop else (9999, "Between the stops")


def _category_key(finding):
    category = finding.category
    return (category.order, category.label) if category else (9999, "No category yet")

"""Whatever phones send, in whatever order and however often: kept once, as it was sent."""

import hashlib
import uuid
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from studytours.core.models import Event
from studytours.fieldwork import operations
from studytours.fieldwork.models import Finding, Observation, Photo
from studytours.tours.models import Tour

from .conftest import NOON, jpeg, make_another, make_phone, make_walk, note

BODIES = [note(words="One"), note(words="Two", category="ROU"), note(feeling={"score": 1}), b"{}"]
CLOCKS = [None, "soon", *((NOON + timedelta(hours=hours)).isoformat() for hours in (-26, 0, 26))]
PICTURES = [jpeg("teal"), jpeg("red"), b"not a photo"]
WHO = st.sampled_from(["one", "again", "stranger"])
PLACE = st.integers(0, 2)


def sha(data):
    return hashlib.sha256(data).hexdigest()


class Contract(RuleBasedStateMachine):
    """A model of what the server must hold: {name: (tour, first sender, bytes)}, and of which of
    it a person has to look at."""

    @initialize()
    def join(self):
        Tour.objects.filter(pk=self.walk.tour.pk).update(state="walking")
        self.phones = {
            "one": make_phone(self.walk.tour),
            "again": make_phone(self.walk.tour),  # the same walker, who joined a second time
            "stranger": make_phone(self.other.tour),
        }
        self.names = [str(uuid.uuid4()) for _ in range(3)]
        self.held = {"observations": {}, "photos": {}}
        self.gone = set()
        self.late = set()
        self.state = "walking"

    def expect(self, kind, who, name, data, usable):
        """The status that the contract promises; the model takes what is taken."""
        if who in self.gone:
            return 401
        tour = self.phones[who].device.tour_id
        if known := self.held[kind].get(name):
            return 200 if known[0] == tour and known[2] == data else 409
        if not usable:
            return 400
        self.held[kind][name] = (tour, who, data)
        if kind == "observations" and tour == self.walk.tour.pk and self.state != "walking":
            self.late.add(name)
        return 201

    def check(self, answer, status, name, data):
        assert answer.status_code == status, answer.content
        told = answer.json()
        if status < 300:
            assert (told["accepted"], told["sha256"]) == (name, sha(data))
        else:
            assert told["refused"] == name and told["why"] and told["retry"] is False

    @rule(
        who=WHO, place=PLACE, body=st.sampled_from(BODIES), times=st.integers(1, 3),
        clock=st.sampled_from(CLOCKS),
    )  # fmt: skip
    def send(self, who, place, body, times, clock):
        name, headers = self.names[place], {"X-Sent-At": clock} if clock else {}
        for _ in range(times):
            status = self.expect("observations", who, name, body, body != b"{}")
            self.check(self.phones[who].send(body, name, **headers), status, name, body)

    @rule(who=WHO, place=PLACE, of=PLACE)
    def correct(self, who, place, of):
        """Also what was never sent, what came later, and itself."""
        name, body = self.names[place], note(words="Rather so", corrects=self.names[of])
        status = self.expect("observations", who, name, body, True)
        self.check(self.phones[who].send(body, name), status, name, body)

    @rule(who=WHO, place=PLACE, of=PLACE, data=st.sampled_from(PICTURES))
    def send_photo(self, who, place, of, data):
        name = self.names[place]
        status = self.expect("photos", who, name, data, data != PICTURES[2])
        answer = self.phones[who].send_photo(data, name, of=self.names[of])
        self.check(answer, status, name, data)

    @rule(who=WHO, place=PLACE, data=st.sampled_from(PICTURES))
    def send_a_damaged_photo(self, who, place, data):
        wrong = "sha-256=" + "A" * 43 + "="
        answer = self.phones[who].send_photo(data, self.names[place], Digest=wrong)
        status, retry = (401, False) if who in self.gone else (422, True)
        assert (answer.status_code, answer.json()["retry"]) == (status, retry)

    @rule(who=WHO)
    def a_phone_is_withdrawn(self, who):
        operations.withdraw_device(self.phones[who].device, by=None, now=NOON)
        self.gone.add(who)

    @rule(who=WHO)
    def its_owner_joins_again(self, who):
        if who in self.gone:
            tour = self.other.tour if who == "stranger" else self.walk.tour
            tour.refresh_from_db()
            if tour.state == "walking":
                self.phones[who] = make_phone(tour)
                self.gone.discard(who)
                for held in self.held.values():  # what came before came from another device
                    for name, (place, first, data) in held.items():
                        held[name] = (place, None if first == who else first, data)

    @rule(state=st.sampled_from(["walking", "debrief", "reported"]))
    def the_tour_goes_on(self, state):
        self.state = state
        Tour.objects.filter(pk=self.walk.tour.pk).update(state=state)

    @rule()
    def someone_looks_at_what_was_set_aside(self):
        for observation in self.walk.tour.observations.exclude(set_aside=""):
            operations.take_in(observation, by=self.walk.cora, now=NOON)
        self.late.clear()

    @invariant()
    def each_phone_is_told_what_came_from_it(self):
        for who, phone in self.phones.items():
            if who in self.gone:
                assert "refused" in phone.receipts()
                continue
            assert phone.receipts() == {
                kind: {name: sha(data) for name, (_, first, data) in held.items() if first == who}
                for kind, held in self.held.items()
            }

    @invariant()
    def everything_is_held_once_as_it_was_sent(self):
        rows = Observation.objects.filter(uuid__in=self.names)
        assert {str(row.uuid): bytes(row.body) for row in rows} == {
            name: data for name, (_, _, data) in self.held["observations"].items()
        }
        for photo in Photo.objects.filter(uuid__in=self.names):
            with photo.original.open() as file:
                assert file.read() == self.held["photos"][str(photo.uuid)][2]

    @invariant()
    def what_came_late_waits_for_a_person(self):
        aside = self.walk.tour.observations.filter(uuid__in=self.names).exclude(set_aside="")
        assert self.late == {str(row.uuid) for row in aside}

    @invariant()
    def a_record_is_told_of_once_and_has_at_most_one_finding(self):
        told = Event.objects.filter(
            kind="observation_received", data__observation__in=self.names
        ).values_list("data__observation", flat=True)
        assert sorted(told) == sorted(self.held["observations"])
        of = Finding.objects.filter(observation__in=self.names).values_list("observation")
        assert len(of) == len(set(of))

    @invariant()
    def the_phones_clock_moves_no_time_of_ours(self):
        rows = Observation.objects.filter(uuid__in=self.names)
        assert all(row.received_at == NOON for row in rows)

    @invariant()
    def what_is_sensitive_is_marked_so(self):
        findings = Finding.objects.filter(observation__in=self.names)
        assert not findings.filter(category__code="ROU", is_sensitive=False).exists()


@pytest.mark.django_db
def test_whatever_is_sent_is_kept_once_as_it_was_sent():
    Contract.walk = make_walk()
    Contract.other = make_another(Contract.walk)
    run_state_machine_as_test(
        Contract,
        settings=settings(
            max_examples=15, stateful_step_count=15, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

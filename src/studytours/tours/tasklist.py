"""What is done and what comes next for one tour: the task list of its page."""

from dataclasses import dataclass

from .models import Tour
from .rules import PLANNED

State = Tour.State
AFTER_WALK = (State.DEBRIEF, State.REPORTED)
TODO, DONE, NOW, LATER, READ = (
    ("To do", "blue"), ("Done", "green"), ("Open now", "turquoise"), ("Cannot start yet", "grey"),
    ("Ready", "green"),
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    title: str
    hint: str
    # Name of the page; empty while there is nothing to do there.
    page: str
    status: tuple[str, str]


def tasks_of(tour, route, answers, stop_count, signing):
    """The tasks of a tour in order, from what route.py, queries.py and before/signing.py say."""
    return [
        Task("Date and meeting point", f"Meet at {tour.meeting_point}.", "desk_tour_plan", DONE),
        _stops(tour, route, stop_count),
        _invitations(tour, answers),
        _before(tour, signing),
        Task("Before you go", "Earlier walks, measures, first words.", "desk_tour_before", READ),
        Task("Pack to print", "Map, stops, sheets, poster.", "desk_tour_pack", READ),
        _poster(tour),
        _open(tour),
        _attendance(tour),
        _close(tour),
        _debrief(tour),
        _report(tour),
    ]


def _stops(tour, route, count):
    words = "Choose where the walk stands still, or let a route be proposed."
    if count:
        kilometres = f"{route.metres / 1000:.1f} km"
        stops = "1 stop" if count == 1 else f"{count} stops"
        words = f"{stops}, about {kilometres}, {route.minutes} of {tour.minutes} minutes."
    return Task("Stops", words, "desk_tour_stops", DONE if count else TODO)


def _invitations(tour, answers):
    words = "Ask the organisations that can change something, and residents’ groups."
    status = TODO
    if answers["all"]:
        words = f"{answers['yes']} coming, {answers['no']} not coming, {answers['none']} no answer."
        words += f" {answers['wait']} waiting." if answers.get("wait") else ""
        status = ("Not all sent", "yellow") if answers["unsent"] else DONE
    if tour.state in PLANNED and answers.get("missing"):
        missing = answers["missing"]
        words += (
            f" {missing} of {answers['remits']} remits {'is' if missing == 1 else 'are'} missing."
        )
    if tour.state not in PLANNED and not answers["all"]:
        status = ("Nobody asked", "grey")
    return Task("Invitations", words, "desk_tour_invitations", status)


def _before(tour, signing):
    words, status = "Read it, change it, sign it: then the walk can be opened.", TODO
    if signing.is_good:
        words, status = f"Signed by {signing.signed.signed_name}.", DONE
    elif signing.signed:
        words, status = "The plan has changed since it was signed.", ("Sign again", "orange")
    if tour.state not in (*PLANNED, State.WALKING) and not signing.is_good:
        status = ("Not signed", "grey")
    return Task("Risk assessment", words, "desk_tour_risks", status)


def _poster(tour):
    words = f"Join code {tour.join_code}." if tour.join_code else "Makes the join code."
    if tour.state in AFTER_WALK or tour.state == State.CANCELLED:
        return Task("Poster with join code", "The code has ended.", "", ("Ended", "grey"))
    status = DONE if tour.join_code else TODO
    return Task("Poster with join code", words, "desk_tour_poster", status)


def _open(tour):
    status = {State.WALKING: NOW, State.CANCELLED: LATER}.get(tour.state, DONE)
    status = TODO if tour.state in PLANNED else status
    page = "" if tour.state == State.CANCELLED else "desk_tour_walk"
    return Task("Open the walk", "From then on phones can join.", page, status)


def _attendance(tour):
    words = "Tick who is here, and count who came without saying so."
    if tour.attendance_at is not None:
        return Task("Who came", "Counted.", "desk_tour_attendance", DONE)
    begun = tour.state == State.WALKING or tour.state in AFTER_WALK
    page = "" if tour.state == State.CANCELLED else "desk_tour_attendance"
    return Task("Who came", words, page, TODO if begun else LATER)


def _close(tour):
    open_now = tour.state == State.WALKING
    status = DONE if tour.state in AFTER_WALK else TODO if open_now else LATER
    words = "Nobody can join any more; what phones still hold can come in."
    return Task("Close the walk", words, "desk_tour_walk" if open_now else "", status)


def _debrief(tour):
    open_now = tour.state in AFTER_WALK or tour.state == State.WALKING
    status = DONE if tour.state == State.REPORTED else TODO if open_now else LATER
    words = "Merge, accept or decline; agree who does what by when."
    return Task("Debrief", words, "desk_debrief" if open_now else "", status)


def _report(tour):
    status = {State.REPORTED: DONE, State.DEBRIEF: TODO}.get(tour.state, LATER)
    page = "desk_tour_report" if tour.state in AFTER_WALK else ""
    return Task("Report back", "Publish what was seen and agreed.", page, status)

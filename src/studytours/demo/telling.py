"""The stories come to pass: each walk is planned, walked, agreed and lived through, in order."""

import base64
import hashlib
import json
import uuid
from datetime import datetime, time, timedelta

from django.utils import timezone

from studytours.actions import operations as actions
from studytours.actions.models import Action, Evidence
from studytours.fieldwork import operations as fieldwork
from studytours.fieldwork.models import Finding, Observation, Photo
from studytours.fieldwork.questions.asked import AREA
from studytours.reportback import operations as reportback
from studytours.tours import operations as tours

from . import geography, pictures

NAMESPACE = uuid.UUID("5a175a17-0000-4000-8000-5a175a175a17")
ANSWERS = ("yes", "yes", "no")  # of the first who were asked; the others stay silent
BY_OFFICE = ("confirmed", "deferred", "declined")


def drawn(picture):
    return pictures.draw(picture.scene, **picture.choices)


class Teller:
    """Tells stories as seen at `now`; everything earlier is written with its own time.

    Who builds the town fills `people` (role → Person), `bodies` (key → Organisation) and `by`.
    """

    def __init__(self, now):
        self.now, self.people, self.bodies, self.by = now, {}, {}, None

    def at(self, days_ago, hour):
        day = timezone.localtime(self.now) - timedelta(days=days_ago)
        return day.replace(hour=hour, minute=0, second=0, microsecond=0)

    # -- tours in each of their states -----------------------------------------------------------

    def coming(self, story, area):
        tour = self.plan(story, area, self.at(-16, 18), self.now - timedelta(days=4))
        tours.set_meeting_words(
            tour, in_rain=story.in_rain, script="", by=self.by, now=self.now - timedelta(days=3)
        )
        self.sign(tour, self.now - timedelta(days=2))
        return tours.make_join_code(tour, by=self.by, now=self.now - timedelta(days=2))

    def walking(self, story, area, minutes_ago=0):
        now = self.now - timedelta(minutes=minutes_ago)
        start = timezone.localtime(now).replace(second=0, microsecond=0)
        tour = self.plan(story, area, start, self.now - timedelta(days=21))
        self.sign(tour, self.now - timedelta(days=2))
        return tours.open_walk(tour, by=self.by, now=now)

    def walked(self, story, area, *, days_ago, hour):
        """A tour in its debrief; what the story has decided and promised is decided and promised.

        Returns the tour and its [(Action, Promised)].
        """
        start = self.at(days_ago, hour)
        tour = self.plan(story, area, start, start - timedelta(days=30))
        self.sign(tour, start - timedelta(days=2))
        tour = tours.open_walk(tour, by=self.by, now=start)
        self.score(tour, "before", story.before, start + timedelta(minutes=5))
        found = self.record(tour, story.found, start + timedelta(minutes=15))
        self.feel(tour, story.felt, start + timedelta(minutes=15))
        self.visit(tour, story.visits, start + timedelta(minutes=60))
        tour = tours.close_walk(tour, by=self.by, now=start + timedelta(minutes=95))
        self.decide(story, found, start + timedelta(minutes=100))
        return tour, self.agree(story, tour, found, start + timedelta(minutes=110))

    def reported(self, story, area, *, days_ago, hour):
        """A tour that was walked, agreed and reported, with everything that happened since."""
        tour, promised = self.walked(story, area, days_ago=days_ago, hour=hour)
        start = self.at(days_ago, hour)
        tours.report_back(tour, summary=story.summary, by=self.by, now=start + timedelta(days=3))
        for action, promise in promised:
            self.live(action, promise, start)
        self.score(tour, "later", story.later, start + timedelta(days=200))
        by_title = {promise.title: action for action, promise in promised}
        for action, promise in promised:
            if promise.replaced_by:
                actions.supersede(
                    action, by_title[promise.replaced_by], by=self.by, now=start + timedelta(days=12),
                    words="One job does for both.",
                )  # fmt: skip

    # -- the parts of a tour ---------------------------------------------------------------------

    def plan(self, story, area, starts_at, now):
        points = geography.place([stop.at for stop in story.stops])
        lon, lat = points[0]
        tour = tours.plan_tour(
            area=area, title=story.title, starts_at=starts_at, minutes=90,
            meeting_point=story.meeting, meeting=(lat, lon), introduction=story.introduction,
            leader=self.people["leader"], step_free=True, by=self.by, now=now,
        )  # fmt: skip
        for stop, (lon, lat) in zip(story.stops, points, strict=True):
            here = [m for m in area.measures.all() if m.lat and abs(m.lat - lat) < 0.0003]
            tours.add_stop(tour, name=stop.name, lat=lat, lon=lon, look_at=stop.look_at, minutes=10,
                           measures=here, by=self.by, now=now)  # fmt: skip
        for key in story.invited:
            tours.invite(tour, organisation=self.bodies[key], by=self.by, now=now)
        tours.open_invitations(tour, by=self.by, now=now)
        tour.refresh_from_db()
        for answer, invitation in zip(ANSWERS, tour.invitations.all(), strict=False):
            tours.answer_invitation(invitation, answer, now=now + timedelta(days=1))
        return tour

    def sign(self, tour, now):
        """The leader signs for the risks of the walk."""
        leader = self.people["leader"]
        tours.sign_assessment(tour, name=leader.name, by=leader, now=now)

    def record(self, tour, found, start, phones=()):
        """Each finding arrives from a phone by the phone's own contract; returns key → findings."""
        stops = {stop.number: stop for stop in tour.stops.all()}
        phones = phones or [
            fieldwork.join(code=tour.join_code, name=name, role=role, now=start)[0]
            for name, role in (("", "Resident"), ("Sam", "Resident"), ("", "Council"))
        ]
        kept = {}
        for i, item in enumerate(found):
            at = start + timedelta(minutes=4 * i)
            kept[item.key] = [
                self.send(phones[j % 3], tour, stops[item.stop], item, words, at, first=j == 0)
                for j, words in enumerate((item.words, *item.same))
            ]
            for phone in phones[1 : 1 + item.me_too]:
                said = {"kind": "experience", "me_too": str(kept[item.key][0].observation_id)}
                self.put(phone, f"{tour.slug}{item.key}{phone.pk} me too", said, at)
        return kept

    def put(self, phone, key, said, at):
        """A record by the phone's contract, under a name that is the same each time."""
        body = json.dumps({"captured_at": at.isoformat(), **said}).encode()
        name = uuid.uuid5(NAMESPACE, key)
        fieldwork.accept_observation(phone, name, body, now=at)
        return name

    def feel(self, tour, rows, start):
        """Each person says at each stop how it feels there."""
        stops = list(tour.stops.all())
        for i, row in enumerate(rows):
            phone, _ = fieldwork.join(code=tour.join_code, role="Resident", now=start)
            for stop, score in zip(stops, row, strict=True):
                said = {"kind": "experience", "stop": stop.pk, "feeling": {"score": score}}
                at = start + timedelta(minutes=15 * stop.number)
                self.put(phone, f"{tour.slug}{i} feels at {stop.number}", said, at)

    def score(self, tour, when, rows, at):
        """People score the whole area: on the walk, or months later on the web page."""
        for row in rows:
            scores = dict(zip((question.code for question in AREA), row, strict=True))
            answers = {"when": when, "scores": scores}
            fieldwork.answer_from_the_web(tour, form="whole_area", answers=answers, now=at)

    def visit(self, tour, visits, at):
        """A shop tells its part in private; the office sums it up for everyone."""
        for i, visit in enumerate(visits):
            stop = tour.stops.get(number=visit.stop)
            phone, _ = fieldwork.join(code=tour.join_code, role="Police", now=at)
            name = self.put(
                phone, f"{tour.slug}visit{i}",
                {"kind": "experience", "category": "SHO", "words": visit.words, "stop": stop.pk,
                 "private": True, "shop": visit.answers},
                at,
            )  # fmt: skip
            record = Observation.objects.get(pk=name)
            fieldwork.summarise(record, visit.summary, by=self.by, now=at + timedelta(days=2))
            fieldwork.keep_private(record.finding, by=self.by, now=at + timedelta(days=2))

    def send(self, phone, tour, stop, item, words, at, *, first):
        name = uuid.uuid5(NAMESPACE, f"{tour.slug}{item.key}{words}")
        photo = uuid.uuid5(name, "photo") if first and item.picture else None
        body = {
            "kind": item.kind, "category": item.category, "words": words, "stop": stop.pk,
            "place": {"stop": stop.pk}, "captured_at": at.isoformat(), "urgent": item.urgent,
            "photos": [str(photo)] if photo else [],
        }  # fmt: skip
        if item.done_now:
            body |= {"done_now": item.done_now, "done_by": self.bodies[item.done_by].slug}
        if item.dark is not None:
            body["dark"] = item.dark
        if item.feeling is not None:
            body["feeling"] = {"score": item.feeling}
        fieldwork.accept_observation(phone, name, json.dumps(body).encode(), now=at)
        if photo:
            data = drawn(item.picture)
            digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
            fieldwork.accept_photo(
                phone, photo, observation=name, content_type="image/jpeg",
                digest=f"sha-256={digest}", body=data, now=at,
            )  # fmt: skip
        return Finding.objects.get(observation=name)

    def decide(self, story, found, at):
        for item in story.found:
            if item.decision == "open":
                continue
            first, *same = found[item.key]
            for other in same:
                fieldwork.merge(other, first, by=self.by, now=at)
            if item.decision == "decline":
                fieldwork.decline(first, item.why, by=self.by, now=at)
            elif item.decision == "private":
                fieldwork.keep_private(first, by=self.by, now=at)
            elif item.decision == "accept":
                fieldwork.accept(first, by=self.by, now=at)
                for photo in Photo.objects.filter(observation=first.observation_id):
                    fieldwork.publish_photo(photo, alt=item.picture.alt, by=self.by, now=at)

    def agree(self, story, tour, found, at):
        made = []
        for promise in story.promised:
            unknown = promise.confidence == "unknown"
            body = self.bodies[promise.owner]
            findings = [found[key][0] for key in promise.answers]
            for finding in findings:
                finding.refresh_from_db()
            action = actions.agree_action(
                area=tour.area, tour=tour, findings=findings, title=promise.title,
                owner=None if unknown else body, finder=body if unknown else None,
                finder_name=promise.finder_name, confidence=promise.confidence,
                due=(at + timedelta(days=promise.days)).date(),
                milestones=[(m, (at + timedelta(days=d)).date()) for m, d in promise.milestones],
                by=self.by, now=at,
            )  # fmt: skip
            made.append((action, promise))
        for item in story.found:
            if item.done_now and item.decision == "accept":
                actions.done_on_the_spot(found[item.key][0], by=self.by, now=at)
        return made

    # -- what happened since ---------------------------------------------------------------------

    def live(self, action, promise, start):
        """What owner and office did later, each at its time; the future has not happened."""
        for step in promise.steps:
            at = start + timedelta(days=step.days)
            if at > self.now:
                break
            action = Action.objects.get(pk=action.pk)
            self.take(action, step, self.bodies[promise.owner], at)
        for milestone in action.milestones.filter(due__lt=self.now.date())[:1]:
            at = datetime.combine(milestone.due, time(16), tzinfo=start.tzinfo)
            actions.reach_milestone(milestone, milestone.due, by=self.by, now=at)
        action.refresh_from_db()
        for answer in promise.verdicts:
            if action.state in reportback.JUDGED:
                reportback.give_verdict(action, answer=answer, now=self.now - timedelta(days=30))

    def take(self, action, step, owner, at):
        """One step: reasons and checks are the office's words, all else the owner's."""
        reason = step.words if step.state in ("deferred", "declined") else ""
        picture, by_office = step.picture, step.state in BY_OFFICE
        actions.update_action(
            action, to_state=step.state, words="" if reason else step.words, reason=reason,
            review_on=(self.now + timedelta(days=120)).date() if step.state == "deferred" else None,
            photos=[(drawn(picture), "image/jpeg", picture.alt)] if picture else [],
            by=self.by if by_office else None, organisation=None if by_office else owner, now=at,
        )  # fmt: skip
        for evidence in Evidence.objects.filter(update__action=action, published_at=None):
            actions.publish_evidence(evidence, evidence.alt, by=self.by, now=at)

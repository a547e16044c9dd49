"""Reads over what was recorded: who sent what, chains of corrections, photos, what is public."""

from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from studytours.tours.models import Tour

from .models import Category, Device, Finding, Form, Observation, Photo, Voice
from .places import in_words

# How long a phone keeps what it sent, and may send what it still holds after the report.
KEEP = timedelta(days=14)
# A note from the future: the phone's clock is wrong.
AHEAD = timedelta(minutes=5)


def active_categories():
    return Category.objects.filter(is_active=True)


def devices_with_tokens(hashes):
    """For each hash of a token its Device with its tour, withdrawn or not, or None."""
    rows = Device.objects.select_related("tour").filter(token_sha256__in=hashes).order_by()
    found = {device.token_sha256: device for device in rows}
    return [found.get(one) for one in hashes]


def has_ended(device, *, now=None):
    """Is its tour so long over that the phone may not ask for anything any more?"""
    reported = device.tour.reported_at
    over = device.tour.state == Tour.State.REPORTED and reported is not None
    return over and reported < (now or timezone.now()) - KEEP


def receipts(device):
    """{"observations": {uuid: sha256}, "photos": …}: what the server holds from this phone."""

    def held(rows):
        pairs = rows.filter(device=device).order_by().values_list("uuid", "sha256")
        return {str(uuid): sha256 for uuid, sha256 in pairs}

    attached = held(Photo.objects) | held(Voice.objects)
    return {"observations": held(Observation.objects), "photos": attached}


def phones(tour):
    """The tour's phones with how much came from each; who still has something comes first."""
    return (
        tour.devices.annotate(
            notes=Count("observations", distinct=True), pictures=Count("photos", distinct=True)
        )
        .order_by(F("waiting").desc(nulls_last=True), "joined_at")
    )  # fmt: skip


def still_to_send(phones):
    """Of these phones, those that last said that notes are still on them."""
    return [phone for phone in phones if phone.waiting and not phone.revoked_at]


def by_stop(tour):
    """[{"stop", "notes", "findings"}]: what came in at each stop; the last is for no stop."""
    rows = tour.observations.order_by().values("stop")
    found = {
        row["stop"]: row
        for row in rows.annotate(notes=Count("uuid"), findings=Count("finding"))
    }  # fmt: skip
    nothing = {"notes": 0, "findings": 0}
    stops = [{**found.get(stop.pk, nothing), "stop": stop} for stop in tour.stops.all()]
    return stops + ([{**found[None], "stop": None}] if None in found else [])


def counts(tour):
    """{"phones", "notes", "pictures", "set_aside"} of a tour."""
    notes = tour.observations.aggregate(
        notes=Count("uuid"), set_aside=Count("uuid", filter=~Q(set_aside=""))
    )
    return {"phones": tour.devices.count(), "pictures": tour.photos.count(), **notes}


def chains(tour):
    """{uuid: set of uuids}: each record with its corrections and what it corrects."""
    together = {}
    pairs = Observation.objects.filter(tour=tour, corrects__isnull=False).order_by()
    for uuid, corrects in pairs.values_list("uuid", "corrects"):
        joined = together.get(uuid, {uuid}) | together.get(corrects, {corrects})
        for member in joined:
            together[member] = joined
    return together


def chain_of(observation):
    """The uuids of a record, of its corrections and of what it corrects."""
    return chains(observation.tour).get(observation.uuid, {observation.uuid})


# What is for the coordinator and the tour's leader only: by itself, or by what it was merged into.
PRIVATE = (
    Q(is_sensitive=True)
    | Q(decision=Finding.Decision.PRIVATE)
    | Q(merged_into__is_sensitive=True)
    | Q(merged_into__decision=Finding.Decision.PRIVATE)
)


def private_findings():
    return Finding.objects.filter(PRIVATE)


def is_private(finding):
    """The same of one finding that is at hand."""
    into = finding.merged_into
    return (
        finding.is_sensitive
        or finding.decision == Finding.Decision.PRIVATE
        or (into is not None and is_private(into))
    )


def finding_of_photo(photo):
    """The finding whose record, or another wording of it, the photo belongs to; or None.

    When one of them is private, that one: a walker who says later that it is private is heard.
    """
    chain = chains(photo.tour).get(photo.observation, {photo.observation})
    found = Finding.objects.select_related("category", "merged_into", "tour__area")
    findings = list(found.filter(tour=photo.tour_id, observation__in=chain))
    return next((one for one in findings if is_private(one)), findings[0] if findings else None)


def photos_by_finding(findings, *, published=False):
    """{finding.pk: [Photo]} in a constant number of queries for findings of one tour.

    With `published`, only what the public may see.
    """
    findings = list(findings)
    found = {finding.pk: [] for finding in findings}
    if not findings:
        return found
    chain = chains(findings[0].tour)
    if chain:  # of two wordings of one thing, the private one has the photos
        findings.sort(key=is_private)
    owner = {
        uuid: finding
        for finding in findings
        for uuid in chain.get(finding.observation_id, {finding.observation_id})
    }
    if chain:
        _leave_to_private(owner, chain)
    photos = Photo.objects.filter(tour=findings[0].tour_id, observation__in=owner)
    for photo in photos:
        finding = owner[photo.observation]
        if not published or (photo.published_at and is_public(finding)):
            found[finding.pk].append(photo)
    return found


def _leave_to_private(owner, chain):
    """Take the records that another wording made private from findings that are not."""
    private = private_findings().filter(observation__in=list(owner))
    for uuid in private.values_list("observation_id", flat=True):
        for other in chain.get(uuid, {uuid}):
            if other in owner and not is_private(owner[other]):
                del owner[other]


def is_public(finding):
    """May anyone see this finding? Merged ones share the fate of what they were merged into."""
    tour = finding.tour
    if is_private(finding) or not (tour.is_public and tour.area.is_public):
        return False
    if tour.state != Tour.State.REPORTED:
        return False
    merged = finding.decision == Finding.Decision.MERGED
    return (finding.merged_into if merged else finding).decision in PUBLIC


# A declined finding is shown with its reason: nothing disappears without a word.
PUBLIC = (Finding.Decision.ACCEPTED, Finding.Decision.DECLINED)


def findings_of(tour, *, private=True):
    """The tour's findings with all that a list shows; without `private`, only what is not."""
    findings = tour.findings.select_related(
        "tour", "category", "observation__category", "observation__stop", "observation__measure",
        "observation__done_by", "merged_into",
    )  # fmt: skip
    if not private:
        findings = findings.exclude(pk__in=private_findings())
    return findings.order_by("-observation__received_at", "-pk")


def rows_for_list(tour, findings):
    """What a list shows of each finding: its record, where in words, photos, a wrong clock."""
    findings = list(findings)
    stops = {stop.id: stop for stop in tour.stops.all()}
    photos = photos_by_finding(findings)
    return [
        {
            "finding": finding,
            "observation": finding.observation,
            "where": in_words(finding.observation, stops, roughly=finding.is_sensitive),
            "photos": photos[finding.pk],
            "clock_ahead": is_ahead(finding.observation),
        }
        for finding in findings
    ]


def is_ahead(observation):
    """Was it "captured" after it was received? Then the phone's clock is wrong."""
    return observation.captured_at > observation.received_at + AHEAD


def set_aside(tour):
    """Records that a person should look at, oldest first."""
    return (
        tour.observations.exclude(set_aside="")
        .exclude(form=Form.NOTE)
        .select_related("category", "finding")
        .order_by("received_at")
    )


def without_finding(tour):
    """Feelings and checks of measures that work: recorded, nothing to decide.

    A note to the coordinator alone is not among them.
    """
    shown = tour.observations.filter(finding=None, set_aside="").exclude(form=Form.NOTE)
    return shown.select_related("measure", "stop")


def waiting_photos(tour):
    """How many photos came before the record they belong to."""
    known = Observation.objects.filter(tour=tour).values("uuid")
    return tour.photos.exclude(observation__in=known).count()

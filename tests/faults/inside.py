"""What the harness does inside the server's own home, by the product's own means.

python -m tests.faults.inside prepare 2      two open walks; prints their codes
python -m tests.faults.inside held           everything that is held, by name and hash
"""

import hashlib
import json
import sys
from collections import Counter
from datetime import timedelta

import django


def prepare(walks):
    from django.core.management import call_command
    from django.utils import timezone
    from shapely.geometry import box
    from tests.walks import open_walk

    from studytours.areas.operations import make_area
    from studytours.tours import operations as tours

    call_command("migrate", verbosity=0)
    now, codes = timezone.now(), []
    for number in range(int(walks)):
        name = f"Mill Lane {number + 1}"
        area = make_area(
            name=name, geometry=box(-0.722, 52.302, -0.713, 52.307), made_from="drawn", why="Asked"
        )
        tour = tours.plan_tour(
            area=area, title=name, starts_at=now + timedelta(hours=1), meeting_point="Church hall",
            meeting=(52.3042, -0.7175),
        )  # fmt: skip
        tours.add_stop(tour, name="Garages", lat=52.3036, lon=-0.7195)
        tours.open_invitations(tour)
        open_walk(tour, by=None, now=now)
        tour.refresh_from_db()
        codes.append(tour.join_code)
    return {"codes": codes}


def tokens(code, phones):
    """So many phones that have joined."""
    from studytours.fieldwork.operations import join

    return [join(code=code)[1] for _ in range(int(phones))]


def held():
    from django.conf import settings
    from django.utils import timezone

    from studytours.core.leftovers import nameless_files
    from studytours.core.models import Event
    from studytours.core.operations import forget_nameless_files
    from studytours.fieldwork.models import Finding, Observation, Photo

    originals = [one for one in (settings.HOME / "media/originals").rglob("*") if one.is_file()]
    # What killed servers left is cleared away first: no file below may be missing for it.
    later = timezone.now() + timedelta(days=15)
    forget_nameless_files(now=later)
    notes, photos, wrong = {}, {}, []
    for row in Observation.objects.iterator():
        notes[str(row.uuid)] = row.sha256
        if hashlib.sha256(bytes(row.body)).hexdigest() != row.sha256:
            wrong.append(f"the bytes of note {row.uuid}")
    for row in Photo.objects.iterator():
        photos[str(row.uuid)] = {"sha256": row.sha256, "observation": str(row.observation)}
        if not row.original.storage.exists(row.original.name):
            wrong.append(f"no file of photo {row.uuid}")
            continue
        with row.original.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != row.sha256:
                wrong.append(f"the file of photo {row.uuid}")
    told = Event.objects.filter(kind="observation_received")
    received = Counter(told.values_list("data__observation", flat=True))
    return {
        "observations": notes,
        "photos": photos,
        "wrong": wrong,
        "told_twice": sum(count > 1 for count in received.values()),
        "notes_without_event": len(set(notes) - set(received)),
        "findings": Finding.objects.count(),
        "clocks_noted": told.filter(data__clock_ahead_seconds__isnull=False).count(),
        "files_without_a_row": len(originals) - len(photos),
        "left_after_clearing": len(nameless_files(now=later)),
        "half_files": len(list(settings.UPLOADS.glob("*.part"))),
        "pictures_not_made": Photo.objects.filter(shown="", problem="").count(),
    }


if __name__ == "__main__":
    django.setup()
    parts = {"prepare": prepare, "tokens": tokens, "held": held}
    print(json.dumps(parts[sys.argv[1]](*sys.argv[2:])))  # noqa: T201

"""Public pages of the demonstration town: server time, weight of a first load, database queries.

The peer is Django itself: the smallest page there is (/healthz) through the same middleware, so
that the ratio says what our queries and templates cost beside what any page costs.

    python -m benchmarks.public_pages --json
"""

import json
import os
import platform
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

RUNS = 30


def prepare(home):
    """A new home with the demonstration town in it; Django is set up for this process."""
    os.environ["STUDYTOURS_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "studytours.config.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from studytours.demo.town import build_town

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    build_town()


def addresses():
    from studytours.actions.models import Action
    from studytours.areas.models import Area
    from studytours.tours.models import Tour

    tour = Tour.objects.filter(state="reported").order_by("starts_at").first()
    area = Area.objects.get(pk=tour.area_id)
    action = Action.objects.filter(tour=tour, state="confirmed").first()
    return {
        "home": "/", "areas": "/areas/", "area": area.get_absolute_url(), "tours": "/tours/",
        "tour": tour.get_absolute_url(), "actions": "/actions/",
        "action": action.get_absolute_url(),
    }  # fmt: skip


def first_load(html):
    """Bytes that a browser fetches before scrolling, maps apart, as they go over the line."""
    from django.contrib.staticfiles import finders

    total = 0
    for address in set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', html)):
        if "maplibre" in address or address.startswith("core/map"):
            continue
        path = Path(finders.find(address))
        packed = path.with_name(path.name + ".gz")
        total += (packed if packed.exists() else path).stat().st_size
    return total


def measure(client, url):
    from django.db import connection

    client.get(url)
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        response = client.get(url)
        seconds.append(time.perf_counter() - started)
    queries = []

    def count(execute, sql, *arguments):
        queries.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(count):
        client.get(url)
    packed = client.get(url, HTTP_ACCEPT_ENCODING="gzip")
    html = response.content.decode()
    return {
        "seconds": round(statistics.median(seconds), 5),
        "runs": RUNS,
        "queries": len(queries),
        "kilobytes_first_load": round((len(packed.content) + first_load(html)) / 1000, 1),
    }


def main():
    with tempfile.TemporaryDirectory() as home:
        prepare(home)
        from django.test import Client

        client = Client()
        peer = measure(client, "/healthz")
        pages = {name: measure(client, url) for name, url in addresses().items()}
    slowest = max(page["seconds"] for page in pages.values())
    result = {
        "name": "public_pages",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "ours": {"seconds": slowest, "runs": RUNS, "pages": pages},
        "smallest_page": peer,
        "ratio": round(slowest / peer["seconds"], 1),
        "limits": {"seconds": 0.1, "kilobytes_first_load": 200},
    }
    text = json.dumps(result, indent=2) if "--json" in sys.argv else str(result)
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()

"""The pages of the phone app: join by code, the app's shell, its worker.

The shell is the same for everyone: it knows nobody, so a phone may keep it for use without
signal. Everything of a tour comes through api.py.
"""

import base64
import hashlib
import json
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from studytours.core.addresses import client_address
from studytours.core.languages import ENGLISH, spoken, words_for
from studytours.partners.queries import get_office

from .operations import tidy_code, tour_by_code
from .pack import ROLES
from .refusals import WrongCode

FIELD = settings.ROOT / "field"
KINDS = {".js", ".css", ".json", ".png", ".svg"}
APART = {"worker.js", "join.js", "icons.svg"}  # the worker itself, and what is in a page


def field_url(name):
    """The plain address of a file of the app. Not the hashed one that production also has: its
    modules import each other by plain names, and the worker keeps them by their hashes anyway."""
    return f"{settings.STATIC_URL}field/{name}"


def _paths():
    return sorted(
        path for path in FIELD.rglob("*") if path.suffix in KINDS and path.name not in APART
    )


@lru_cache
def _icons():
    return (FIELD / "icons.svg").read_text()


def _integrity(content):
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def _shell():
    modules = [
        field_url(path.relative_to(FIELD).as_posix()) for path in _paths() if path.suffix == ".js"
    ]
    context = {
        "office": get_office(),
        "icons": _icons(),
        "modules": modules,
        "field": field_url(""),
    }
    return render_to_string("fieldwork/walk.html", context).encode()


@require_safe
def walk(request):
    """The app. Its own script finds the tour this phone joined."""
    response = HttpResponse(_shell())
    response.headers["Cache-Control"] = "no-cache"
    return response


def _files():
    """What the app needs to run without signal, the shell first, each with its hash."""
    files = [{"url": reverse("walk"), "integrity": _integrity(_shell())}]
    for path in _paths():
        url = field_url(path.relative_to(FIELD).as_posix())
        files.append({"url": url, "integrity": _integrity(path.read_bytes())})
    return files


@require_safe
def worker(request):
    """The service worker: the file, with the release and its files written in above it."""
    files = json.dumps(_files(), indent=1)
    code = (FIELD / "worker.js").read_text()
    release = hashlib.sha256((files + code).encode()).hexdigest()[:12]
    script = f'self.RELEASE = "{release}";\nself.FILES = {files};\n{code}'
    response = HttpResponse(script, content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = reverse("walk")
    return response


def _page(request):
    return words_for(request) | {"field": field_url("")}


@require_safe
@spoken
def join_code(request):
    """A form for those who were told the code."""
    code = "".join(sign for sign in tidy_code(request.GET.get("code", "")) if sign.isalnum())
    if code:
        chosen = words_for(request)["language"]
        query = "" if chosen == ENGLISH else f"?lang={chosen}"
        return redirect(reverse("join", args=[code[:20]]) + query)
    return render(request, "fieldwork/join_code.html", _page(request))


@require_safe
@never_cache
@spoken
def join(request, code):
    """What joining means, in three sentences, and the button."""
    code = tidy_code(code)
    context = _page(request) | {"code": code}
    try:
        tour = tour_by_code(code=code, address=client_address(request))
    except WrongCode:
        unknown = context["t"]["code.unknown"].format(code=Truncator(code).chars(12))
        context["title"] = unknown
        return render(request, "fieldwork/join_unknown.html", context, status=404)
    context["tour"] = tour
    if not tour.can_join(timezone.now()):
        return render(request, "fieldwork/join_ended.html", context, status=410)
    meet = context["t"]["join.meet"].format(place=tour.meeting_point)
    return render(request, "fieldwork/join.html", context | {"roles": ROLES, "meet": meet})

"""What every answer carries, and how a refusal becomes a page."""

from django.contrib.auth import SESSION_KEY
from django.http import JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from .errors import STATUS, status_of

# A page uses what comes from here and what it made itself (data:, blob:), nothing from elsewhere.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "worker-src 'self' blob:",
        "style-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


# What the phone app asks for: a photo, the place, a spoken note.
ASKED_FOR = "camera=(self), geolocation=(self), microphone=(self)"


class ContentSecurityPolicy:
    """No script, style or picture from anywhere but here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", ASKED_FOR)
        return response


class Compressed(GZipMiddleware):
    """Compress what is sent, but no file of which parts can be asked for: the numbers of its bytes
    are those on the disk."""

    def process_response(self, request, response):
        if response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)


class PrivatePages:
    """What is not for everyone is kept by no browser and no cache, unless its view says how."""

    BELOW = ("/desk/", "/mine/", "/tours/reply/", "/account/")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(self.BELOW):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


MEGABYTE = 1024 * 1024


class LimitedBodies:
    """Refuse a body that is too large for who sends it before a byte of it is read.

    Reading a form is how Django checks its CSRF token, so without this a stranger could fill the
    disk through any address. The phone's contract below /api/ has its own limits.
    """

    ANYONE = 5 * MEGABYTE
    OWNER = 160 * MEGABYTE  # six photos by link
    DESK = 2200 * MEGABYTE  # files of recorded crime; forms there say less

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > self.ANYONE and int(length) > self.most(request):
            why = "This is larger than this page takes."
            return _page(request, why, "Send less at once, or a smaller file.", 413)
        return self.get_response(request)

    def most(self, request):
        if request.path.startswith("/api/"):
            return self.DESK
        if request.path.startswith("/mine/"):
            return self.OWNER
        signed_in = SESSION_KEY in request.session
        return self.DESK if signed_in and request.path.startswith("/desk/") else self.ANYONE


class NoNulInAddresses:
    """Refuse a zero byte in an address: PostgreSQL cannot search for one; nobody types it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return _page(request, "This address cannot be read.", "Type it again.", 400)
        return self.get_response(request)


def _page(request, why, cure, status):
    """The page of a refusal; it leads back only to a page of ours."""
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    context = {"why": why, "cure": cure, "back": back}
    return render(request, "core/refused.html", context, status=status)


class RefusalsAsPages:
    """Turn an error of core/errors.py into its status and a page that says what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if not isinstance(error, tuple(STATUS)):
            return None
        status = status_of(error)
        if request.path.startswith("/api/"):
            return JsonResponse({"why": str(error), "retry": status in (429, 503)}, status=status)
        why, cure = getattr(error, "why", str(error)), getattr(error, "cure", "")
        return _page(request, why, cure, status)

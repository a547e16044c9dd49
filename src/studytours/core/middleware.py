"""What every answer carries, and how a refusal becomes a page."""

from django.http import JsonResponse
from django.shortcuts import render

from .errors import STATUS, status_of

# Maps need blob workers and WebAssembly-free WebGL; nothing else may come from elsewhere.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "style-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


class ContentSecurityPolicy:
    """No script, style or picture from anywhere but here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self)")
        return response


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
        context = {"why": why, "cure": cure, "back": request.headers.get("Referer", "/")}
        return render(request, "core/refused.html", context, status=status)

"""Pages that belong to no context: health, and the plain words for what went wrong."""

from django.db import connection
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def healthz(request):
    """200 when the database answers; for load balancers and people in a hurry."""
    connection.cursor().execute("select 1")
    return JsonResponse({"ok": True})


def not_found(request, exception=None):
    return render(request, "core/404.html", status=404)


def forbidden(request, exception=None):
    return render(request, "core/403.html", {"why": str(exception or "")}, status=403)


def csrf_failure(request, reason=""):
    return render(request, "core/csrf.html", status=403)


def server_error(request):
    try:
        return HttpResponseServerError(render_to_string("core/500.html"))
    except Exception:  # even the template may be what is broken
        return HttpResponse("Something went wrong. Nothing you wrote was lost.", status=500)

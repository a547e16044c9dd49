"""Who may see what. Access is decided where an object is loaded, so it cannot be forgotten.

404 for a thing that this person may not know of; 403 for a page that their role does not have;
the sign-in page for someone who has not signed in.
"""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied

from .models import Role


def for_roles(*roles):
    """Only signed-in people with one of these roles; a coordinator is always one of them."""
    allowed = frozenset({Role.COORDINATOR, *roles})
    names = ", ".join(sorted(role.label.lower() for role in allowed))

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(_page_to_come_back_to(request))
            if request.user.role not in allowed:
                raise PermissionDenied(f"This page is for: {names}.")
            return view(request, *args, **kwargs)

        checked.roles = allowed
        return checked

    return decorate


def _page_to_come_back_to(request):
    """Where to go after signing in. A posted form cannot be posted again: its page can."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return request.headers.get("Referer") or "/"


coordinators = for_roles()
desk = for_roles(Role.ANALYST)
leaders = for_roles(Role.LEADER)
signed_in = for_roles(*Role)

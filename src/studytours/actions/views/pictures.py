"""Pictures of work done: everyone's once published, before that only for those concerned."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from studytours.core.photos import make_small

from ..models import Action, Evidence
from ..queries import for_person, public


def get_evidence(request, pk):
    """(the picture, is it public); 404 for anyone who may not know of it."""
    evidence = get_object_or_404(
        Evidence.objects.select_related("update__action__tour", "update__action__owner"), pk=pk
    )
    this = Action.objects.filter(pk=evidence.update.action_id)
    if evidence.published_at is not None and public(this).exists():
        return evidence, True
    if request.user.is_authenticated and _is_concerned(request.user, evidence.update.action, this):
        return evidence, False
    raise Http404("No such picture.")


def _is_concerned(person, action, this):
    """The office, who led the tour, and the organisation that is asked."""
    if person.is_desk and for_person(this, person).exists():
        return True
    if action.tour is not None and action.tour.leader_id == person.pk:
        return True
    asked = (action.owner_id, action.finder_id)
    return person.organisation_id is not None and person.organisation_id in asked


def evidence(request, pk):
    """The picture as it is shown, never the original. `?small` gives the one for lists."""
    found, is_public = get_evidence(request, pk)
    # A picture can be taken back: no cache may keep it for long.
    cache = "public, max-age=300" if is_public else "private, no-store"
    return jpeg(found.shown, cache, small="small" in request.GET)


def jpeg(file, cache, *, small=False):
    """A made picture is at most some hundred kilobytes: read and closed at once."""
    with file.open("rb") as opened:
        data = opened.read()
    response = HttpResponse(make_small(data) if small else data, content_type="image/jpeg")
    response.headers["Cache-Control"] = cache
    return response

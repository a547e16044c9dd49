"""Pictures of work done: everyone's once published, before that only for those concerned."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from ..models import Evidence


def get_evidence(request, pk):
    """The picture, or 404 for anyone who may not know of it."""
    evidence = get_object_or_404(
        Evidence.objects.select_related("update__action__tour", "update__action__owner"), pk=pk
    )
    action, person = evidence.update.action, request.user
    if evidence.published_at is not None and action.is_public:
        return evidence
    if person.is_authenticated:
        leads = action.tour is not None and action.tour.leader_id == person.pk
        asked = person.organisation_id in (action.owner_id, action.finder_id)
        if person.is_desk or leads or (person.organisation_id is not None and asked):
            return evidence
    raise Http404("No such picture.")


def evidence(request, pk):
    """The picture as it is shown; never the original."""
    found = get_evidence(request, pk)
    public = found.published_at is not None and found.update.action.is_public
    return jpeg(found.shown, "public, max-age=3600" if public else "private, no-store")


def jpeg(file, cache):
    """A made picture is at most some hundred kilobytes: read and closed at once."""
    with file.open("rb") as opened:
        response = HttpResponse(opened.read(), content_type="image/jpeg")
    response.headers["Cache-Control"] = cache
    return response

"""Load what a person may see: 404 for what they may not know of."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from studytours.tours.loaders import get_tour
from studytours.tours.queries import tours_for

from .models import Form, Observation, Photo, Voice
from .queries import finding_of_photo, is_private


def sees_private(person, tour):
    """The coordinator, and the leader of this tour. An analyst reads what may be public."""
    return person.is_coordinator or tour.leader_id == person.pk


def get_led_tour(request, slug):
    """A tour whose phones and private findings this person may see."""
    tour = get_tour(request, slug)
    if not sees_private(request.user, tour):
        raise Http404("This page is for the coordinator and the tour's leader.")
    return tour


def get_led_observation(request, uuid):
    observation = get_object_or_404(Observation.objects.select_related("tour", "category"), pk=uuid)
    get_led_tour(request, observation.tour.slug)
    _refuse_what_is_for_the_coordinator(request, uuid)
    return observation


def _refuse_what_is_for_the_coordinator(request, uuid):
    """A private note, and what hangs on it, is for the coordinator alone: no leader reads it."""
    notes = Observation.objects.filter(pk=uuid, form=Form.NOTE)
    if not request.user.is_coordinator and notes.exists():
        raise Http404("There is no such record.")


def get_led_voice(request, uuid):
    """A spoken note that this person may hear."""
    voice = get_object_or_404(Voice.objects.select_related("tour"), pk=uuid)
    get_led_tour(request, voice.tour.slug)
    _refuse_what_is_for_the_coordinator(request, voice.observation)
    return voice


def get_led_photo(request, uuid):
    """A photo that this person may look at and publish."""
    photo = get_object_or_404(Photo.objects.select_related("tour"), pk=uuid)
    get_led_tour(request, photo.tour.slug)
    _refuse_what_is_for_the_coordinator(request, photo.observation)
    return photo


def get_desk_photo(request, uuid):
    """A photo that this person may look at: an analyst none that is private."""
    photo = get_object_or_404(Photo.objects.select_related("tour"), pk=uuid)
    if not tours_for(request.user).filter(pk=photo.tour_id).exists():
        raise Http404("There is no such photo.")
    _refuse_what_is_for_the_coordinator(request, photo.observation)
    if not sees_private(request.user, photo.tour):
        finding = finding_of_photo(photo)
        if finding is None or is_private(finding):
            raise Http404("There is no such photo.")
    return photo

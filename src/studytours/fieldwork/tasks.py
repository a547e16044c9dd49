"""Background work of fieldwork, run by the worker."""

from django_tasks import task

from . import operations
from .models import Photo


@task()
def picture_of(uuid):
    """Make what may be shown of a photo that has just arrived."""
    if photo := Photo.objects.filter(pk=uuid).first():
        operations.make_picture(photo)

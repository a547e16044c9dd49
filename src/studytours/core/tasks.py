"""Background work of core, run by the worker (`serve` starts one)."""

from django_tasks import task

from . import operations
from .models import Message


@task()
def send_waiting(message_id):
    message = Message.objects.filter(pk=message_id).first()
    if message:
        operations.send_message(message)

"""What goes on in the background while a tour is planned."""

from django_tasks import task

from . import operations
from .models import RoutePlan


@task()
def prove_route(plan_pk, at):
    plan = RoutePlan.objects.filter(pk=plan_pk).first()
    if plan:
        operations.prove_proposal(plan, at)

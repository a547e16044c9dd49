"""Which organisation answers for what: a list to edit, with a first guess."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.operations import once
from studytours.fieldwork.models import Category
from studytours.partners.access import coordinators
from studytours.partners.models import Organisation

from .. import operations
from ..forms import RemitForm
from ..models import Remit


@coordinators
def remits(request):
    """By category, so that a category nobody answers for is seen."""
    categories = list(Category.objects.filter(is_active=True))
    form = RemitForm(
        request.POST or None, categories=categories,
        organisations=list(Organisation.objects.filter(is_active=True)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form_key(request), lambda: _set(request, form)))
        except Refused as error:
            form.add_error(None, str(error))
    known = {}
    for remit in Remit.objects.select_related("organisation").order_by("organisation__name"):
        known.setdefault(remit.category, []).append(remit)
    return render(
        request, "actions/remits.html",
        {
            "form": form, "is_empty": not known,
            "rows": [(category, known.get(category.code, [])) for category in categories],
        },
    )  # fmt: skip


def _set(request, form):
    data = form.cleaned_data
    operations.set_remit(
        data["organisation"], data["category"], place=data["place"], note=data["note"],
        by=request.user,
    )  # fmt: skip
    messages.success(request, f"{data['organisation']} now answers for it.")
    return request.path


@coordinators
@require_POST
def remove_remit(request, pk):
    remit = get_object_or_404(Remit.objects.select_related("organisation"), pk=pk)
    operations.remove_remit(remit, by=request.user)
    messages.success(request, f"{remit.organisation} no longer answers for it.")
    return redirect("desk_remits")


@coordinators
@require_POST
def seed_remits(request):
    """A first guess from what organisations say they look after."""
    made = operations.seed_remits(by=request.user)
    messages.success(request, f"{len(made)} remits were guessed. Check them.")
    return redirect("desk_remits")

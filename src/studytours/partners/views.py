"""The desk's pages about organisations, people and the office."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from studytours.core.errors import Refused
from studytours.core.forms import form_key
from studytours.core.operations import once

from . import forms, operations, queries
from .access import coordinators
from .models import Contact, Organisation, Person
from .works import CHOICES


@require_safe
def no_signup(request):
    return render(request, "account/signup_closed.html")


@coordinators
@require_safe
def partners(request):
    lists = {
        "organisations": queries.organisations_with_people(),
        "office_people": queries.people_of_the_office(),
    }
    return render(request, "partners/list.html", lists)


@coordinators
@require_POST
def add_usual(request):
    added = operations.seed_organisations(by=request.user)
    messages.success(request, f"{len(added)} organisations added. Change or remove what differs.")
    return redirect("desk_partners")


@coordinators
def new_organisation(request):
    form = forms.OrganisationForm(request.POST or None)

    def save():
        made = operations.create_organisation(**form.cleaned_data, by=request.user)
        messages.success(request, f"{made.name} added.")
        return reverse("desk_partners")

    return _form_page(request, form, save, "Add an organisation")


@coordinators
def organisation(request, slug):
    found = get_object_or_404(Organisation, slug=slug)
    names = ("name", "kind", "looks_after", "email", "website")
    initial = {name: getattr(found, name) for name in names} | {"active": found.is_active}
    form = forms.OrganisationChangeForm(request.POST or None, initial=initial)

    def save():
        changed = operations.change_organisation(found, **form.cleaned_data, by=request.user)
        messages.success(request, f"{changed.name} saved.")
        return reverse("desk_partners")

    more = {
        "organisation": found,
        "contact_form": forms.ContactForm(prefix="contact"),
        "contacts": _contacts(found),
    }
    return _form_page(request, form, save, found.name, "partners/organisation.html", more)


def _contacts(organisation):
    """[(contact, the kind of work in words)]"""
    labels = dict(CHOICES)
    return [(one, labels.get(one.work, "Everything")) for one in organisation.contacts.all()]


@coordinators
@require_POST
def new_contact(request, slug):
    found = get_object_or_404(Organisation, slug=slug)
    form = forms.ContactForm(request.POST, prefix="contact")

    def save():
        contact = operations.add_contact(found, **form.cleaned_data, by=request.user)
        messages.success(request, f"{contact.name} added.")
        return reverse("desk_organisation", args=[slug])

    return _form_page(request, form, save, f"Add a contact of {found.name}")


@coordinators
@require_POST
def remove_contact(request, pk):
    contact = get_object_or_404(Contact.objects.select_related("organisation"), pk=pk)
    operations.remove_contact(contact, by=request.user)
    messages.success(request, f"{contact.name} removed.")
    return redirect("desk_organisation", contact.organisation.slug)


@coordinators
def new_person(request):
    first = Organisation.objects.filter(slug=request.GET.get("organisation", "")).first()
    initial = {"organisation": first, "role": "partner" if first else ""}
    form = forms.NewPersonForm(request.POST or None, initial=initial)

    def save():
        made = operations.create_person(**form.cleaned_data, by=request.user)
        messages.success(request, f"{made.name} can sign in now.")
        return reverse("desk_partners")

    return _form_page(request, form, save, "Let someone sign in")


@coordinators
def person(request, pk):
    found = get_object_or_404(Person, pk=pk)
    names = ("name", "email", "role", "organisation")
    initial = {name: getattr(found, name) for name in names} | {"active": found.is_active}
    form = forms.PersonChangeForm(request.POST or None, initial=initial, person=found)

    def save():
        changed = operations.change_person(found, **form.cleaned_data, by=request.user)
        messages.success(request, f"{changed.name} saved.")
        return reverse("desk_partners")

    more = {"person": found, "has_second_step": is_mfa_enabled(found)}
    return _form_page(request, form, save, found.name, "partners/person.html", more)


@coordinators
@require_POST
def welcome(request, pk):
    found = get_object_or_404(Person, pk=pk)
    operations.send_welcome(found, by=request.user)
    messages.success(request, f"We are sending {found.name} an e-mail that says how to sign in.")
    return redirect("desk_person", pk)


@coordinators
@require_POST
def remove_second_step(request, pk):
    found = operations.remove_second_step(get_object_or_404(Person, pk=pk), by=request.user)
    messages.success(request, f"{found.name} can set up a new second step now.")
    return redirect("desk_person", pk)


@coordinators
def settings_page(request):
    office = queries.get_office()
    names = ("name", "strapline", "contact_email", "home_force")
    initial = {name: getattr(office, name) for name in names}
    form = forms.OfficeForm(request.POST or None, initial=initial)

    def save():
        operations.set_office(**form.cleaned_data, by=request.user)
        messages.success(request, "Settings saved.")
        return reverse("desk_settings")

    more = {"has_second_step": is_mfa_enabled(request.user)}
    return _form_page(request, form, save, "Settings", "partners/settings.html", more)


def _form_page(request, form, save, heading, template="partners/form.html", more=None):
    """Show the form; when it is sent and right, save it once and go on; else say what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(once(form_key(request), save))
        except Refused as error:
            form.add_error(None, str(error))
    return render(request, template, {"form": form, "heading": heading, **(more or {})})

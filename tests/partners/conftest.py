"""Amina coordinates, Ana analyses, Lee leads walks, Pat works for Greatwell Homes."""

import re
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from studytours.partners import operations

PASSWORD = "three odd lanterns"


@pytest.fixture(autouse=True)
def no_tries_yet():
    """allauth counts tries and used codes in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def homes(db):
    return operations.create_organisation(name="Greatwell Homes", kind="landlord")


@pytest.fixture
def people(homes):
    def make(name, role, organisation=None):
        return operations.create_person(
            email=f"{name.lower()}@example.org",
            name=name,
            role=role,
            organisation=organisation,
            password=PASSWORD,
        )

    return SimpleNamespace(
        amina=make("Amina", "coordinator"),
        ana=make("Ana", "analyst"),
        lee=make("Lee", "leader"),
        pat=make("Pat", "partner", homes),
    )


@pytest.fixture
def sign_in(client):
    def post(email, password=PASSWORD, **more):
        return client.post("/account/login/", {"login": email, "password": password, **more})

    return post


def signed_in(client):
    return "_auth_user_id" in client.session


def ask_for_code(client, email):
    return client.post("/account/login/code/", {"email": email}, follow=True)


def code_in(message):
    return re.search(r"^[A-Z0-9-]{6,}$", message.body, re.MULTILINE)[0]

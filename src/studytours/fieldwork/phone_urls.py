"""Addresses of the phone app; fieldwork/urls.py takes them in."""

from django.urls import path

from . import phone_views

PHONE_URLS = [
    path("w/", phone_views.join_code, name="join_code"),
    path("w/<str:code>", phone_views.join, name="join"),
    path("walk/", phone_views.walk, name="walk"),
    path("walk/worker.js", phone_views.worker, name="walk_worker"),
]

from django.urls import path

from . import views, views_next
from .taking_part import views as taking_part

urlpatterns = [
    path("", views.home, name="home"),
    path("areas/", views.areas, name="areas"),
    path("areas/next/", views_next.next_areas, name="areas_next"),
    path("areas/ask/", views_next.ask, name="ask_for_walk"),
    path("areas/<slug:slug>/", views.area, name="area"),
    path("areas/<slug:slug>/outline.geojson", views.area_geojson, name="area_geojson"),
    path("tours/", views.tours, name="tours"),
    path("tours/<slug:slug>/", views.tour, name="tour"),
    path("tours/<slug:slug>/route.geojson", views.tour_geojson, name="tour_geojson"),
    path("tours/<slug:slug>/feel/", taking_part.feel, name="tour_feel"),
    path("tours/<slug:slug>/tell/", taking_part.tell, name="tour_tell"),
    path("actions/", views.actions, name="actions"),
    path("actions/<str:ref>/", views.action, name="action"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]

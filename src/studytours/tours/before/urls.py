from django.urls import path

from . import views

TOUR = "desk/tours/<slug:slug>/"

urlpatterns = [
    path(TOUR + "before/", views.desk_tour_before, name="desk_tour_before"),
    path(TOUR + "before/words/", views.desk_tour_words, name="desk_tour_words"),
    path(TOUR + "risks/", views.desk_tour_risks, name="desk_tour_risks"),
    path(
        TOUR + "risks/<int:version>/", views.desk_tour_risks_version, name="desk_tour_risks_version"
    ),
    path("desk/settings/walks/", views.desk_walk_words, name="desk_walk_words"),
]

from django.urls import path

from . import views, views_stops, views_walk
from .again.urls import urlpatterns as again
from .before.urls import urlpatterns as before
from .invitations.urls import urlpatterns as invitations
from .packs.urls import urlpatterns as packs
from .planner import urls as planner

TOUR = "desk/tours/<slug:slug>/"

urlpatterns = [
    *invitations,
    path("desk/tours/", views.desk_tours, name="desk_tours"),
    path("desk/tours/new/", views.desk_tour_new, name="desk_tour_new"),
    path(TOUR, views.desk_tour, name="desk_tour"),
    path(TOUR + "plan/", views.desk_tour_plan, name="desk_tour_plan"),
    path(TOUR + "cancel/", views.desk_tour_cancel, name="desk_tour_cancel"),
    path(TOUR + "reopen/", views.desk_tour_reopen, name="desk_tour_reopen"),
    path(TOUR + "stops/", views_stops.desk_tour_stops, name="desk_tour_stops"),
    path(TOUR + "stops/suggested/", views_stops.desk_stop_suggested, name="desk_stop_suggested"),
    path(TOUR + "stops/<int:pk>/", views_stops.desk_stop, name="desk_stop"),
    path(TOUR + "poster/", views_walk.desk_tour_poster, name="desk_tour_poster"),
    path(TOUR + "poster/code/", views_walk.desk_tour_code, name="desk_tour_code"),
    path(TOUR + "qr.svg", views_walk.desk_tour_qr, name="desk_tour_qr"),
    path(TOUR + "walk/", views_walk.desk_tour_walk, name="desk_tour_walk"),
    path(TOUR + "walk/open/", views_walk.desk_walk_open, name="desk_walk_open"),
    path(TOUR + "walk/close/", views_walk.desk_walk_close, name="desk_walk_close"),
    path(TOUR + "report/", views_walk.desk_tour_report, name="desk_tour_report"),
    *planner.urlpatterns(TOUR),
    *again,
    *before,
    *packs,
]

from django.urls import path

from . import views

TOUR = "desk/tours/<slug:slug>/"

urlpatterns = [
    path(TOUR + "pack/", views.desk_tour_pack, name="desk_tour_pack"),
    path(TOUR + "pack.pdf", views.desk_tour_pack_pdf, name="desk_tour_pack_pdf"),
]

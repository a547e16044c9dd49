from django.urls import path

from . import views

urlpatterns = [
    path("desk/tours/<slug:slug>/again/", views.desk_tour_again, name="desk_tour_again"),
]

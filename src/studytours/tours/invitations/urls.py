from django.urls import path

from . import views, views_calendar, views_day, views_letters, views_reply

TOUR = "desk/tours/<slug:slug>/"
LIST = TOUR + "invitations/"

urlpatterns = [
    path("feeds/tours.ics", views_calendar.feed, name="tours_feed"),
    path("tours/reply/<str:token>/", views_reply.tour_reply, name="tour_reply"),
    path(
        "tours/reply/<str:token>/calendar.ics",
        views_calendar.of_invitation,
        name="tour_reply_calendar",
    ),
    path("tours/<slug:slug>/calendar.ics", views_calendar.of_tour, name="tour_calendar"),
    path("tours/<slug:slug>/come/", views_reply.come_along, name="tour_come"),
    path(LIST, views.desk_tour_invitations, name="desk_tour_invitations"),
    path(LIST + "add/", views.desk_tour_invite, name="desk_tour_invite"),
    path(LIST + "ask/", views.desk_tour_ask, name="desk_tour_ask"),
    path(LIST + "guest/", views.desk_tour_guest, name="desk_tour_guest"),
    path(LIST + "places/", views.desk_tour_places, name="desk_tour_places"),
    path(LIST + "send/", views.desk_tour_send, name="desk_tour_send"),
    path(LIST + "<int:pk>/withdraw/", views.desk_tour_withdraw, name="desk_tour_withdraw"),
    path(LIST + "<int:pk>/answer/", views.desk_tour_answer, name="desk_tour_answer"),
    path(LIST + "<int:pk>/address/", views.desk_tour_address, name="desk_tour_address"),
    path(TOUR + "attendance/", views_day.desk_tour_attendance, name="desk_tour_attendance"),
    path(TOUR + "letters/", views_letters.desk_tour_letters, name="desk_tour_letters"),
]

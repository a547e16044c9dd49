from django.urls import path

from .views import debrief, desk, desk_action, mine, pictures, remits

urlpatterns = [
    path("evidence/<int:pk>.jpg", pictures.evidence, name="evidence"),
    path("desk/", desk.desk, name="desk"),
    path("desk/mail/<int:pk>/again/", desk.resend, name="desk_resend"),
    path("desk/actions/", desk.desk_actions, name="desk_actions"),
    path("desk/actions/new/", desk.desk_action_new, name="desk_action_new"),
    path("desk/actions/<str:ref>/", desk_action.desk_action, name="desk_action"),
    path("desk/remits/", remits.remits, name="desk_remits"),
    path("desk/remits/guess/", remits.seed_remits, name="desk_remits_guess"),
    path("desk/remits/<int:pk>/remove/", remits.remove_remit, name="desk_remit_remove"),
    path("desk/tours/<slug:slug>/debrief/", debrief.debrief, name="desk_debrief"),
    path(
        "desk/tours/<slug:slug>/debrief/together/",
        debrief.agree_together,
        name="desk_agree_together",
    ),
    path("desk/tours/<slug:slug>/debrief/read-back/", debrief.read_back, name="desk_read_back"),
    path("mine/", mine.mine, name="mine"),
    path("mine/actions/<str:ref>/", mine.mine_action, name="mine_action"),
    path(
        "mine/actions/<str:ref>/photo/<uuid:uuid>/",
        mine.mine_action_photo,
        name="mine_action_photo",
    ),
    path("mine/<str:token>/", mine.mine_link, name="mine_link"),
    path("mine/<str:token>/photo/<uuid:uuid>/", mine.mine_photo, name="mine_photo"),
    path("mine/<str:token>/evidence/<int:pk>/", mine.mine_evidence, name="mine_evidence"),
]

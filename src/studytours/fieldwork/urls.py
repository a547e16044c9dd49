from django.urls import path

from . import desk_views, phone_views, photo_views
from .api import api
from .paper import views as paper_views
from .questions import desk_views as questions

TOUR = "desk/tours/<slug:slug>"

urlpatterns = [
    path("api/", api.urls),
    path("photos/<uuid:uuid>.jpg", photo_views.photo, name="photo"),
    path("desk/photos/<uuid:uuid>.jpg", photo_views.desk_photo, name="desk_photo"),
    path("desk/photos/<uuid:uuid>/", photo_views.desk_photo_page, name="desk_photo_page"),
    path("desk/photos/<uuid:uuid>/unpublish", photo_views.unpublish, name="desk_photo_unpublish"),
    path(f"{TOUR}/findings/", desk_views.findings, name="desk_findings"),
    path(f"{TOUR}/paper/", paper_views.paper, name="desk_paper"),
    path(f"{TOUR}/phones/", desk_views.phones, name="desk_phones"),
    path(f"{TOUR}/phones/file/", desk_views.saved_file, name="desk_saved_file"),
    path(f"{TOUR}/phones/<int:pk>/nudge", desk_views.nudge, name="desk_phone_nudge"),
    path(f"{TOUR}/phones/<int:pk>/withdraw", desk_views.withdraw, name="desk_phone_withdraw"),
    path(f"{TOUR}/answers/", questions.answers, name="desk_answers"),
    path(f"{TOUR}/shops/", questions.shops, name="desk_shops"),
    path(f"{TOUR}/notes/", questions.notes, name="desk_notes"),
    path("desk/observations/<uuid:uuid>/summary", questions.summary, name="desk_summary"),
    path("desk/voices/<uuid:uuid>", questions.voice, name="desk_voice"),
    path("desk/observations/<uuid:uuid>/take-in", desk_views.take_in, name="desk_take_in"),
    path("desk/settings/categories/", desk_views.categories, name="desk_categories"),
    path("desk/settings/categories/<str:code>/", desk_views.category, name="desk_category"),
    path("w/", phone_views.join_code, name="join_code"),
    path("w/<str:code>", phone_views.join, name="join"),
    path("walk/", phone_views.walk, name="walk"),
    path("walk/worker.js", phone_views.worker, name="walk_worker"),
]

"""Every address. A context's urls.py holds its own whole paths: public, /desk/ and /mine/."""

from django.urls import include, path

urlpatterns = [
    # First, because phones ask for these most.
    path("", include("studytours.fieldwork.urls")),
    path("", include("studytours.core.urls")),
    path("", include("studytours.partners.urls")),
    path("", include("studytours.streets.urls")),
    path("", include("studytours.crime.urls")),
    path("", include("studytours.areas.urls")),
    path("", include("studytours.measures.urls")),
    path("", include("studytours.tours.urls")),
    path("", include("studytours.actions.urls")),
    path("", include("studytours.reportback.urls")),
]

handler404 = "studytours.core.views.not_found"
handler403 = "studytours.core.views.forbidden"
handler500 = "studytours.core.views.server_error"

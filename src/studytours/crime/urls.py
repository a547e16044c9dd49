from django.urls import path

from . import views

urlpatterns = [
    path("desk/crime/", views.crime, name="desk_crime"),
    path("desk/crime/upload/", views.upload, name="desk_crime_upload"),
    path("desk/crime/download/", views.download, name="desk_crime_download"),
    path("desk/crime/imports/<int:pk>/", views.one_import, name="desk_crime_import"),
]

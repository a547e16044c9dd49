from django.urls import path

from . import views

urlpatterns = [
    path("measures/<str:ref>/", views.measure, name="measure"),
    path("desk/measures/", views.desk_measures, name="desk_measures"),
    path("desk/measures/new/", views.desk_measure_new, name="desk_measure_new"),
    path("desk/measures/import/", views.desk_measures_import, name="desk_measures_import"),
    path("desk/measures/template.csv", views.template, name="desk_measures_template"),
    path("desk/measures/queensway.csv", views.example, name="desk_measures_example"),
    path("desk/measures/<str:ref>/", views.desk_measure, name="desk_measure"),
    path("desk/measures/<str:ref>/change/", views.desk_measure_change, name="desk_measure_change"),
    path("desk/measures/<str:ref>/check/", views.desk_measure_check, name="desk_measure_check"),
    path("desk/measures/<str:ref>/remove/", views.desk_measure_remove, name="desk_measure_remove"),
    path(
        "desk/measures/<str:ref>/restore/", views.desk_measure_restore, name="desk_measure_restore"
    ),
]

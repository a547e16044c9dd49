from django.urls import path

from . import views

urlpatterns = [
    path("streets/base-maps.json", views.base_maps, name="base_maps"),
    path("streets/<int:pk>.pmtiles", views.base_map, name="base_map"),
    path("streets/<str:where>.geojson", views.streets, name="streets_geojson"),
]

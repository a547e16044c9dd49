from django.urls import path

from . import views

urlpatterns = [path("streets/<str:where>.geojson", views.streets, name="streets_geojson")]

from django.urls import path

from . import changes, views


def urlpatterns(tour):
    """Below the address of a tour."""
    route, stop = tour + "route/", tour + "stops/<int:pk>/"
    return [
        path(route, views.desk_tour_route, name="desk_tour_route"),
        path(route + "proof.json", views.desk_route_proof, name="desk_route_proof"),
        path(route + "use/", views.desk_route_use, name="desk_route_use"),
        path(route + "drop/", views.desk_route_drop, name="desk_route_drop"),
        path(tour + "route.gpx", views.desk_route_gpx, name="desk_route_gpx"),
        path(tour + "route.geojson", views.desk_route_geojson, name="desk_route_geojson"),
        path(stop + "move/", changes.desk_stop_move, name="desk_stop_move"),
        path(stop + "remove/", changes.desk_stop_remove, name="desk_stop_remove"),
        path(stop + "lock/", changes.desk_stop_lock, name="desk_stop_lock"),
        path(stop + "place/", changes.desk_stop_place, name="desk_stop_place"),
    ]

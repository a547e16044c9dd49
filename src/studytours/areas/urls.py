from django.urls import path

from . import (
    views,
    views_check,
    views_choose,
    views_data,
    views_make,
    views_queue,
    views_requests,
    views_streets,
)

urlpatterns = [
    path("desk/choose/", views_choose.choose, name="desk_choose"),
    path("desk/choose/points.geojson", views_choose.points, name="desk_choose_points"),
    path("desk/choose/boundaries.geojson", views_choose.boundaries, name="desk_choose_boundaries"),
    path(
        "desk/choose/suggestions.geojson", views_choose.suggestions, name="desk_choose_suggestions"
    ),
    path("desk/choose/streets/", views_streets.streets, name="desk_streets"),
    path("desk/choose/streets/spots.json", views_streets.spots, name="desk_streets_spots"),
    path("desk/choose/streets/squares.geojson", views_streets.squares, name="desk_streets_squares"),
    path("desk/choose/check/", views_check.check, name="desk_choose_check"),
    path("desk/choose/queue/", views_queue.queue, name="desk_queue"),
    path("desk/choose/queue/weights/", views_queue.publish, name="desk_queue_publish"),
    path("desk/choose/queue/wait/", views_queue.wait, name="desk_queue_wait"),
    path("desk/choose/queue/wait/<int:pk>/end/", views_queue.take_up, name="desk_queue_take_up"),
    path("desk/choose/queue/decide/", views_queue.decide, name="desk_queue_decide"),
    path("desk/choose/decisions/", views_queue.decisions, name="desk_queue_decisions"),
    path("desk/choose/decisions/<int:pk>/", views_queue.decision, name="desk_queue_decision"),
    path(
        "desk/choose/decisions/<int:pk>/withdraw/",
        views_queue.withdraw,
        name="desk_queue_withdraw",
    ),
    path("desk/choose/requests/", views_requests.requests, name="desk_requests"),
    path("desk/choose/requests/<int:pk>/hide/", views_requests.hide, name="desk_request_hide"),
    path("desk/choose/requests/<int:pk>/show/", views_requests.show, name="desk_request_show"),
    path(
        "desk/choose/requests/<int:pk>/answer/", views_requests.answer, name="desk_request_answer"
    ),
    path("desk/areas/", views.areas, name="desk_areas"),
    path("desk/areas/new/", views_make.new, name="desk_area_new"),
    path("desk/areas/data/", views_data.data, name="desk_area_data"),
    path("desk/areas/data/upload/", views_data.upload, name="desk_area_data_upload"),
    path("desk/areas/data/<int:pk>/", views_data.one_import, name="desk_area_data_import"),
    path("desk/areas/<slug:slug>/", views.area, name="desk_area"),
    path("desk/areas/<slug:slug>/change/", views_make.change, name="desk_area_change"),
    path("desk/areas/<slug:slug>/points.geojson", views.points, name="desk_area_points"),
]

"""Higher contexts show something on a lower page."""

import pytest
from django.template import Context, Template
from django.utils.html import format_html

from studytours.core import panels


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setattr(panels, "_PANELS", type(panels._PANELS)(list))

    def render(thing):
        template = Template('{% panels "test_page" thing %}')
        return template.render(Context({"thing": thing, "request": "the request"}))

    return render


def test_panels_come_in_their_order_with_request_and_thing(page):
    @panels.panel("test_page", order=20)
    def second(request, thing):
        return format_html("<p>2 {} {}</p>", request, thing)

    @panels.panel("test_page", order=10)
    def first(request, thing):
        return format_html("<p>1 {}</p>", thing)

    assert page("<Area>") == "<p>1 &lt;Area&gt;</p><p>2 the request &lt;Area&gt;</p>"


def test_a_panel_with_nothing_to_say_leaves_no_trace(page):
    panels.panel("test_page", order=1)(lambda request, thing: "")
    assert page("x") == ""


def test_a_place_without_panels_is_empty(page):
    assert page("x") == ""

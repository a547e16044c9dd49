"""The first day: nothing is there yet."""

from django.utils.html import strip_tags


def test_an_empty_site_says_what_it_is_and_what_comes(client, db):
    text = strip_tags(client.get("/").content.decode())
    assert "We walk. We agree. It gets done." in text
    assert "No walk is planned just now." in text and "walks we have done" not in text
    assert "No areas yet" in text


def test_with_no_place_in_the_order_it_asks_to_be_the_first(client, db):
    text = client.get("/areas/next/").content.decode()
    assert "No place is in the order yet" in text
    assert "/areas/ask/" in text

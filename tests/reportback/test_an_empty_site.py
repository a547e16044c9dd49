"""The first day: nothing is there yet."""


def test_an_empty_site_says_what_it_is_and_what_comes(client, db):
    text = client.get("/").content.decode()
    assert "We walk. We agree. It gets done." in text
    assert "No areas yet" in text

"""What is wrong with a form is said in the title, at the top with a link, and at the field."""

import re

from django.urls import reverse


def test_the_title_and_a_link_to_the_field_say_it(client, town):
    client.force_login(town.amina)
    page = client.post(reverse("desk_person_new"), {"name": "", "email": "x"}).content.decode()
    assert page.index("<title>Error: Let someone sign in") > 0
    links = re.findall(r'<li><a href="#([^"]*)">', page)
    assert len(links) >= 3 and all(links)
    for link in links:  # of a choice, to its first answer
        assert f'id="{link}"' in page


def test_a_form_without_a_fault_has_a_plain_title(client, town):
    client.force_login(town.amina)
    assert "Error:" not in client.get(reverse("desk_person_new")).content.decode()

"""Letters to homes: what is refused, what comes out, and that nothing of it is kept."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from studytours.core.errors import BadFile, Refused
from studytours.tours import operations
from studytours.tours.invitations import homes


def a_file(content, name="homes.csv"):
    content = content if isinstance(content, bytes) else content.encode()
    return SimpleUploadedFile(name, content, content_type="text/csv")


def rows(number):
    return "address\n" + "".join(f"{n} Kilnway\n" for n in range(number))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "It is empty"),
        (b" \n\n", "It is empty"),
        ("address\n\n  \n", "There is no address in it"),
        ("Name,Phone\nAnn,1\n", "No column holds the address. Its columns: name, phone"),
        ("address\n1 Café Row\n".encode("cp1252"), "row 2: It is not written in UTF-8"),
        (b"PK\x03\x04\x00\x00\x01", "It is not a text file"),
        ('address\n"1 Kilnway\n2 Kilnway\n', "It is not a CSV file"),
        (rows(5001), "more than 5,000 addresses"),
        (b"address\n" + b"x" * (2 * 1024 * 1024), "larger than 2 MB"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_with_the_cure(content, says):
    with pytest.raises(BadFile, match=says) as refusal:
        homes.of_file(a_file(content))
    assert refusal.value.cure


def test_no_address_typed_is_refused():
    with pytest.raises(Refused, match="There is no address"):
        homes.of_words(" \n ")


def test_five_thousand_are_taken_and_repeats_are_dropped_and_told():
    assert len(homes.of_file(a_file(rows(5000))).addresses) == 5000
    found = homes.of_file(a_file("Address,Postcode\n1 Kilnway,NN8\n1 KILNWAY,nn8\n2 Kilnway,NN8\n"))
    assert found.addresses == [("1 Kilnway", "NN8"), ("2 Kilnway", "NN8")]
    assert found.duplicates == 1


def test_the_parts_come_in_the_order_of_a_letter_and_other_columns_are_left_out():
    text = "postcode,Address Line 1,phone,town,address_line_2\nNN8,1 Kilnway,07700,Town,Flat 2\n"
    assert homes.of_file(a_file("\ufeff" + text)).addresses == [
        ("1 Kilnway", "Flat 2", "Town", "NN8"),
    ]  # fmt: skip


def test_a_spreadsheet_runs_nothing_of_the_file_for_the_mailing_house():
    found = homes.of_words('=HYPERLINK("x"), Town\n@SUM(1)\n-1 Mill Lane')
    lines = homes.for_mailing_house(found).splitlines()
    assert lines[0] == "\ufeffline_1,line_2"
    assert all(line.lstrip('"').startswith("'") for line in lines[1:])


# -- the page -------------------------------------------------------------------------------------


@pytest.fixture
def page(client, coordinator, soon):
    client.force_login(coordinator)
    operations.open_invitations(soon)
    return reverse("desk_tour_letters", args=[soon.slug])


def test_before_the_public_page_there_are_no_letters(client, coordinator, soon):
    client.force_login(coordinator)
    url = reverse("desk_tour_letters", args=[soon.slug])
    form = {"addresses": "1 Kilnway", "make": "print"}
    for answer in (client.get(url), client.post(url, form)):
        assert "no public page yet" in answer.content.decode()


def test_after_the_walk_there_are_no_letters(client, soon, page):
    operations.cancel_tour(soon)
    form = {"addresses": "1 Kilnway", "make": "print"}
    assert "Nobody can be asked to this tour" in client.post(page, form).content.decode()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"make": "print"}, "Say to whom the letters go"),
        ({"addresses": "1 Kilnway"}, "What to make: This field is required"),
        ({"addresses": "1 Kilnway", "file": a_file(rows(1)), "make": "csv"}, "Choose one way"),
        ({"file": a_file("x\n1\n"), "make": "csv"}, "No column holds the address"),
    ],
)
def test_a_wrong_form_comes_back_with_the_reason(client, page, form, says):
    assert says in client.post(page, form).content.decode()


def test_a_file_that_is_far_too_large_is_refused_and_never_reaches_the_disk(
    client, page, monkeypatch
):
    def to_disk(*args, **kwargs):
        raise AssertionError("an upload was written to the disk")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", to_disk)
    big = a_file(b"address\n" + b"1 Kilnway\n" * 700_000)
    answer = client.post(page, {"file": big, "make": "print"})
    assert "larger than 2 MB" in answer.content.decode()


def test_each_home_gets_a_page_with_what_when_where_and_the_way_to_read_more(client, soon, page):
    rows = ("address,town", "1 Kilnway,Oakham", "2 <b>Row</b>,X", "1 kilnway,oakham")
    form = {"file": a_file("\n".join(rows)), "make": "print"}
    text = client.post(page, form).content.decode()
    assert text.count('<article class="letter">') == 2
    assert "1 Kilnway<br>Oakham<br>" in text and "&lt;b&gt;Row" in text
    assert "2 addresses. 1 was there twice and is left out." in text
    assert soon.get_absolute_url() in text and "Church hall" in text
    assert text.count("<path") == 1 and text.count("<use ") == 2  # drawn once, used in each


def test_the_mailing_house_gets_a_file(client, page):
    answer = client.post(page, {"addresses": "1 Kilnway, Town\n2 Kilnway, Town", "make": "csv"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.decode().splitlines()[1:] == ["1 Kilnway,Town", "2 Kilnway,Town"]


def test_no_address_is_in_the_database_or_on_the_disk(client, page, settings, tmp_path):
    secret = "Zyzzyva Cottage"
    for form in (
        {"addresses": f"1 {secret}", "make": "print"},
        {"file": a_file(f"address\n1 {secret}\n"), "make": "csv"},
        {"file": a_file(f"wrong\n1 {secret}\n"), "make": "csv"},
    ):
        client.post(page, form)
    kept = "".join(str(list(model.objects.values())) for model in apps.get_models())
    assert "Next week" in kept and secret not in kept
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or secret.encode() not in file.read_bytes()


def test_only_a_coordinator_makes_letters_and_only_from_our_own_form(
    page, soon, leader, coordinator
):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(leader)
    assert strict.get(page).status_code == 403
    strict.force_login(coordinator)
    assert strict.post(page, {"addresses": "1 Kilnway", "make": "print"}).status_code == 403

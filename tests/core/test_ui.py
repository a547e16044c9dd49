"""The tags and filters that every page is made of."""

import re
import uuid
from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from studytours.core.templatetags import ui


def shown(template, **context):
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("when", "words"),
    [
        # Summer time: an hour more than UTC.
        (datetime(2026, 6, 3, 17, 0, tzinfo=UTC), "Wednesday 3 June 2026, 6pm"),
        (datetime(2026, 6, 3, 17, 30, tzinfo=UTC), "Wednesday 3 June 2026, 6:30pm"),
        (datetime(2026, 1, 14, 9, 5, tzinfo=UTC), "Wednesday 14 January 2026, 9:05am"),
        (datetime(2026, 1, 14, 12, 0, tzinfo=UTC), "Wednesday 14 January 2026, midday"),
        (datetime(2026, 1, 14, 0, 0, tzinfo=UTC), "Wednesday 14 January 2026, midnight"),
        (datetime(2026, 1, 14, 12, 30, tzinfo=UTC), "Wednesday 14 January 2026, 12:30pm"),
        (datetime(2026, 1, 14, 0, 30, tzinfo=UTC), "Wednesday 14 January 2026, 12:30am"),
        # Just before midnight in UTC is the next day here.
        (datetime(2026, 6, 3, 23, 15, tzinfo=UTC), "Thursday 4 June 2026, 12:15am"),
        (None, ""),
        (datetime(2026, 1, 3, 0, 12, tzinfo=UTC), "Saturday 3 January 2026, 12:12am"),
        (datetime(2026, 1, 3, 11, 12, tzinfo=UTC), "Saturday 3 January 2026, 11:12am"),
        (datetime(2026, 1, 3, 12, 12, tzinfo=UTC), "Saturday 3 January 2026, 12:12pm"),
    ],
)
def test_a_moment_is_said_as_people_say_it_in_local_time(when, words):
    assert ui.moment(when) == words


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_a_clock_never_says_a_time_twice_or_by_halves(hour, minute):
    said = ui.clock(datetime(2026, 1, 14, hour, minute, tzinfo=UTC))
    whole = {(0, 0): "midnight", (12, 0): "midday"}
    assert said == whole.get((hour, minute)) or re.fullmatch(r"(1[0-2]|[1-9])(:\d\d)?[ap]m", said)
    assert said.endswith("am") is (hour < 12 and said != "midnight")
    assert (":" in said) is (minute > 0)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (date(2026, 6, 3), "3 June 2026"),
        (datetime(2026, 6, 3, 23, 30, tzinfo=UTC), "4 June 2026"),
        (None, ""),
    ],
)
def test_a_day_is_the_day_here(when, words):
    assert ui.day(when) == words


def test_months_and_numbers_are_written_out():
    assert ui.month_name("2025-03") == "March 2025"
    assert ui.month_name("") == ""
    assert ui.commas(74962) == "74,962"
    assert ui.commas(None) == ""


@pytest.mark.parametrize("state", ui.STATES)
def test_a_state_has_a_word_and_a_shape_and_never_colour_alone(state):
    html = shown("{% state_tag state %}", state=state)
    word, shape = ui.STATES[state]
    assert word in html and shape in html
    assert f"st-state--{state.replace('_', '-')}" in html
    assert 'aria-hidden="true"' in html


def test_shapes_tell_states_apart_without_colour():
    shapes = [shape for _, shape in ui.STATES.values()]
    assert len(set(shapes)) == len(shapes)


def test_an_unknown_state_is_loud():
    with pytest.raises(KeyError):
        shown('{% state_tag "closed" %}')


def test_text_in_tags_is_text():
    assert "&lt;b&gt;" in shown("{% status_tag words %}", words="<b>")
    assert "&lt;b&gt;" in shown("{% sparkline numbers words %}", numbers=[1, 2], words="<b>")
    assert "<b>" not in shown('{% empty words words "" "" %}', words="<b>")
    assert "<b>" not in shown('{% crumbs words "/desk/" words "" %}', words="<b>")


def test_every_copy_of_a_form_has_its_own_key():
    html = shown("{% once %}{% once %}")
    keys = re.findall(r'name="form_key" value="([^"]+)"', html)
    assert len({uuid.UUID(key) for key in keys}) == 2


def test_a_sparkline_says_its_numbers_in_words():
    html = shown('{% sparkline numbers "Crimes by month" %}', numbers=[3, 0, 12])
    assert 'aria-label="Crimes by month: 3, 0, 12"' in html and 'role="img"' in html
    assert shown('{% sparkline numbers "None" %}', numbers=[]) == ""
    assert "NaN" not in shown('{% sparkline numbers "Zero" %}', numbers=[0])


def test_a_sparkline_has_a_gap_where_nothing_is_known():
    html = shown('{% sparkline numbers "Crimes" %}', numbers=[3, 4, None, 5, 6])
    assert html.count("<polyline") == 2
    assert "3, 4, no data, 5, 6" in html
    assert shown('{% sparkline numbers "None" %}', numbers=[None]) == ""


def test_a_bar_of_actions_has_a_part_for_each_and_says_the_sum():
    html = shown("{% action_bar counts %}", counts=[("agreed", 2), ("done", 1), ("declined", 0)])
    assert html.count("st-bar__part") == 3
    assert "2 agreed, 1 done, awaiting check" in html and "declined" not in html


def test_an_icon_that_is_not_there_is_loud():
    with pytest.raises(TemplateSyntaxError, match="There is no icon"):
        shown('{% icon "no-such-icon" %}')


def test_the_pager_keeps_what_was_searched_for():
    page = Paginator(range(30), 10).get_page(2)
    request = RequestFactory().get("/x/?q=gate&page=2")
    html = shown("{% pager page %}", page=page, request=request)
    assert "q=gate" in html and "page=3" in html and "page=1" in html
    assert "page=2&amp;page" not in html

"""Codes of the engine become sentences with right plurals; none is forgotten, none breaks a page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from exchange import words
from exchange.matching.words import SENTENCES

FUNNEL = {"in_category": 12, "abroad": 11, "common_date": 9, "within_reach": 4, "balanced": 4, "willing": 1}
ADVICE = {"travel_further", "host_on", "travel_on", "accept_gap"}


def reason(code: str, **counts: int) -> str:
    return words.reason_words({"code": code, "params": FUNNEL | counts})


@pytest.mark.parametrize("code", sorted(SENTENCES.keys() - ADVICE))
def test_every_reason_of_the_engine_has_words(code, caplog):
    assert reason(code).endswith(".")
    assert not caplog.records


@pytest.mark.parametrize("code", sorted(ADVICE))
def test_every_advice_of_the_engine_has_words(code, caplog):
    facts = {"km": 40, "day": "2027-03-06", "points": 50, "opponents": 2}
    assert words.advice_words({"code": code, "params": facts}).endswith("2 possible opponents.")
    assert not caplog.records


def test_every_code_of_the_engine_is_one_of_these():
    assert SENTENCES.keys() >= ADVICE


def test_a_reason_tells_how_many_were_left():
    assert reason("too_far", within_reach=0) == (
        "12 other teams ask in this category. 9 of them have a day in common. None of these is within reach."
    )
    assert reason("all_busy") == (
        "12 other teams ask in this category. 9 of them have a day in common. 4 of these are within reach. "
        "1 of these would play against this team. All of these play others, or have no room on those days."
    )


def test_a_reason_counts_one_as_one():
    assert reason("no_common_date", in_category=1, common_date=0) == (
        "1 other team asks in this category. None has a day in common."
    )
    assert reason("no_category", in_category=0) == "Nobody else asks for fixtures in this sport and category."
    assert reason("own_university", in_category=2, common_date=0) == (
        "2 other teams ask in this category. All are of the same university."
    )


def test_advice_says_what_would_help():
    assert words.advice_words({"code": "host_on", "params": {"day": "2027-03-06", "opponents": 1}}) == (
        "Hosting on Saturday, 6 March 2027 would add 1 possible opponent."
    )
    assert words.advice_words(None) == ""


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        (("strength", 480.4, 600, {"gap": 1.4}), "Rated 1 point apart: 480 of 600"),
        (("strength", 480.4, 600, {"gap": 31.2}), "Rated 31 points apart: 480 of 600"),
        (("distance", 0.2, 400, {"km": 12345.6}), "12346 km apart: 0 of 400"),
        (("prefer", 100, 100, {"wished": 1}), "They asked to meet: 100 of 100"),
        (("prefer", 0, 100, {"wished": 0}), "Neither asked to meet the other: 0 of 100"),
    ],
)
def test_a_term_says_why(term, sentence):
    name, points, of, params = term
    told = words.term_words({"name": name, "points": points, "of": of, "params": params})
    assert told.replace(",", "") == sentence


@pytest.mark.parametrize("params", [{}, {"in_category": 3}, FUNNEL])
def test_an_unknown_code_breaks_no_page(params, caplog):
    assert words.reason_words({"code": "moon_phase", "params": params}) == "moon phase"
    assert words.reason_words({"code": "too_far", "params": {}}) == "too far"
    assert words.advice_words({"code": "wait_for_spring", "params": {}}) == "wait for spring"
    assert words.term_words({"name": "luck", "points": 1, "of": 2, "params": {}}) == "luck"
    assert "no words for 'moon_phase'" in caplog.text


def test_days_and_moments_follow_the_readers_language():
    day, moment = date(2027, 3, 6), datetime(2027, 3, 6, 15, 30, tzinfo=UTC)
    assert words.day_words(day) == "Saturday, 6 March 2027"
    assert words.moment_words(moment, ZoneInfo("Europe/Minsk")) == "6 March 2027, 18:30 (Europe/Minsk)"
    with translation.override("ru"):
        assert words.day_words(day) == "Суббота, 6\xa0марта 2027\xa0г."
        assert words.number_words(12345.6) == "12\xa0346"
    with translation.override("be"):
        assert words.day_words(day) == "6 сакавіка 2027\xa0г. (субота)"


def test_a_reason_of_the_list_is_told_in_the_readers_language():
    kept = "The trip is too far or too dear."
    with translation.override("ru"):
        assert words.decline_words(kept) == "Поездка слишком дальняя или дорогая."
        assert words.decline_words(f"{kept} Autumn?") == "Поездка слишком дальняя или дорогая. Autumn?"
        for written in ("", "Autumn?", f"{kept}..", f"No. {kept}"):
            assert words.decline_words(written) == written
    assert words.decline_words(f"{kept} Осенью?") == f"{kept} Осенью?"


def test_templates_have_the_words():
    page = Template(
        "{% load exchange_tags %}{{ day|day_words }}|{{ advice|advice_words }}|{{ moment|moment_words:zone }}"
        "|{{ reason|reason_words }}|{{ km|number_words }}|{{ failure|failure_words }}|{{ term|term_words }}"
    )
    facts = {
        "day": date(2027, 3, 6),
        "advice": None,
        "moment": datetime(2027, 3, 6, 12, tzinfo=UTC),
        "zone": ZoneInfo("UTC"),
        "reason": {"code": "no_category", "params": {}},
        "km": 92.1,
        "failure": "",
        "term": {"name": "prefer", "points": 0, "of": 100, "params": {"wished": 0}},
    }
    assert page.render(Context(facts)) == (
        "Saturday, 6 March 2027||6 March 2027, 12:00 (UTC)|"
        "Nobody else asks for fixtures in this sport and category.|92||"
        "Neither asked to meet the other: 0 of 100"
    )

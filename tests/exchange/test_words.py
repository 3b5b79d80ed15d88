"""Codes of the engine become sentences with right plurals; none is forgotten, none breaks a page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from exchange import words
from exchange.matching.explain import STEPS, UNDECIDED
from exchange.matching.words import ADVICE, ENDS

FUNNEL = {
    "in_category": 12, "abroad": 11, "common_date": 9, "within_reach": 4, "balanced": 4, "willing": 3,
    "movable": 1, "free": 0, "placed": 0, "km": 1250.0,
}  # fmt: skip


def reason(code: str, **counts: int) -> list[str]:
    facts = {"code": code, "params": FUNNEL | counts}
    return [*words.reason_steps(facts), words.reason_end(facts)]


@pytest.mark.parametrize("code", sorted(ENDS))
def test_every_reason_of_the_engine_has_words(code, caplog):
    assert all(sentence.endswith(".") for sentence in reason(code))
    assert not caplog.records


def test_every_step_of_the_engine_has_words():
    counts = {name: 9 - i for i, (name, _) in enumerate(STEPS)}
    told = reason(UNDECIDED, **counts)
    assert len(told) == len(STEPS) + 1
    assert all(str(count) in sentence for count, sentence in zip(counts.values(), told, strict=False))


@pytest.mark.parametrize("code", sorted(ADVICE))
def test_every_advice_of_the_engine_has_words(code, caplog):
    facts = {"km": 40, "day": "2027-03-06", "points": 50, "opponents": 2}
    assert words.advice_words({"code": code, "params": facts}).endswith("2 possible opponents.")
    assert not caplog.records


def test_a_reason_tells_how_many_each_question_left():
    assert reason("too_far", within_reach=0) == [
        "12 other teams ask in this category.",
        "11 of them are of other universities.",
        "9 of them have a day in common.",
        "None of these is within reach; this team travels 1,250 km at most.",
    ]
    assert reason("all_busy")[3:] == [
        "4 of these are within reach; this team travels 1,250 km at most.",
        "4 of these are close enough in rating.",
        "3 of these would play against this team.",
        "1 of these could make room then, giving up one fixture at most.",
        "All of these play someone else then, and no better plan was found in which one plays this team.",
    ]


def test_a_reason_counts_one_as_one():
    assert reason("no_common_date", in_category=1, abroad=1, common_date=0) == [
        "1 other team asks in this category.",
        "1 of them is of another university.",
        "None has a day in common.",
    ]
    assert reason("no_category", in_category=0) == [
        "Nobody else asks for fixtures in this sport and category."
    ]
    assert reason("own_university", in_category=2, abroad=0) == [
        "2 other teams ask in this category.",
        "All are of the same university.",
    ]


def test_a_reason_of_an_older_run_ends_earlier():
    """Before there were limits and rooms in it."""
    older = {name: FUNNEL[name] for name in ("in_category", "abroad", "common_date", "within_reach")}
    steps = words.reason_steps({"code": "all_busy", "params": older})
    assert steps[-1] == "4 of these are within reach."
    assert words.reason_end({"code": "too_far", "params": older}) == "None of these is within reach."


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (0, "The whole plan might lose nothing."),
        (1, "The whole plan would lose at least 1 point."),
        (1250, "The whole plan would lose at least 1,250 points."),
    ],
)
def test_the_cost_of_an_alternative_is_a_lower_bound(points, sentence):
    cost = {"served": 0, "waiting_days": 0, "quality": points}
    assert words.cost_words({"source": "duals", "cost": cost}) == sentence


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
    assert words.reason_end({"code": "moon_phase", "params": params}) == "moon phase"
    assert words.reason_steps({"code": "moon_phase", "params": params}) == []
    assert words.reason_end({"code": "too_far", "params": {}}) == "too far"
    assert words.cost_words({"source": "tea_leaves", "cost": {}}) == "tea leaves"
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
        "|{{ reason|reason_end }}{{ reason|reason_steps|join:' ' }}"
        "|{{ km|number_words }}|{{ failure|failure_words }}|{{ term|term_words }}"
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

"""Bars: how long, which number, and how many at once."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from exchange.matching.fairness import Balance, Decile, Fairness, Group, Travel
from exchange.plots import (
    balance_plot,
    category_plot,
    country_plot,
    given_words,
    served_words,
    sport_plot,
    travel_plot,
    waiting_plot,
)
from exchange.words import gap_words, percent_words


def figures(**changes: object) -> Fairness:
    nothing = {
        "total": Group((), 0, 0, 0, 0),
        "deciles": (),
        "countries": (),
        "sports": (),
        "categories": (),
        "travel": Travel(0, 0.0, 0.0, 0.0, 0.0, 0.0, (0,) * 8),
        "balance": Balance((), 0, 0, 0, 0),
        "longest_served": None,
        "longest_unserved": None,
    }
    return Fairness(**nothing | changes)


def test_a_bar_is_as_long_as_the_share_it_shows():
    (bar,) = country_plot(figures(countries=(Group(("LT",), 1600, 1000, 2000, 1200),))).bars
    assert (bar.label, bar.width, bar.shown, bar.made_of) == ("Lithuania", "62.5%", "62 %", "1,000 of 1,600")
    assert bar.is_long


def test_days_of_a_decile_are_a_span_or_a_day():
    bars = waiting_plot(figures(deciles=(Decile(2, 0, 3, 4, 1), Decile(8, 1200, 1200, 4, 4)))).bars
    assert [(bar.label, bar.shown) for bar in bars] == [("0–3", "25 %"), ("1,200", "100 %")]


def test_unknown_codes_are_shown_as_they_are():
    groups = figures(
        countries=(Group(("XX",), 1, 1, 1, 1),),
        sports=(Group(("football",), 1, 1, 1, 1),),
        categories=(Group(("FBL", "under 21"), 1, 1, 1, 1),),
    )
    labels = [plot(groups).bars[0].label for plot in (country_plot, sport_plot, category_plot)]
    assert labels == ["XX", "football", "Football, under 21"]


def test_trips_end_with_the_last_bar_that_has_any():
    plot = travel_plot(figures(travel=Travel(8, 0.0, 0.0, 0.0, 0.0, 0.0, (2, 0, 6, 0, 0, 0, 0, 0))))
    assert [(bar.label, bar.width, bar.shown, bar.made_of) for bar in plot.bars] == [
        ("0–50", "33.3%", "2", "25 %"),
        ("50–100", "0.0%", "0", "0 %"),
        ("100–200", "100.0%", "6", "75 %"),
    ]
    far = travel_plot(figures(travel=Travel(1, 0.0, 0.0, 0.0, 0.0, 0.0, (0,) * 7 + (1,))))
    assert [bar.label for bar in far.bars[-2:]] == ["1,000–2,000", "2,000 and more"]


def test_home_and_away_are_said_in_words():
    plot = balance_plot(figures(balance=Balance(((-2, 1), (0, 4), (1, 3)), 2, 4, 0, 1)))
    assert [(bar.label, bar.shown, bar.width) for bar in plot.bars] == [
        ("2 more away", "1", "25.0%"),
        ("As many at home as away", "4", "100.0%"),
        ("1 more at home", "3", "75.0%"),
    ]


def test_twelve_bars_stand_and_the_others_open():
    groups = tuple(Group((f"S{i:02}",), 20 - i, 1, 1, 1) for i in range(14))
    plot = sport_plot(figures(sports=groups))
    assert [bar.label for bar in plot.others] == ["S12", "S13"]
    drawn = render_to_string("components/bars.html", {"plot": plot})
    assert drawn.count("<rect ") == 14
    assert drawn.index("2 more") < drawn.index("S12")


def test_a_short_bar_has_its_number_beside_and_a_long_one_inside():
    groups = (Group(("BY",), 10, 6, 1, 1), Group(("LT",), 10, 7, 1, 1))
    drawn = render_to_string("components/bars.html", {"plot": country_plot(figures(countries=groups))})
    assert 'x="60.0%" y="50%" dy="0.35em" dx="0.5em">60 %<' in drawn
    assert 'x="70.0%" y="50%" dy="0.35em" class="bar-inside" dx="-0.5em" text-anchor="end">70 %<' in drawn


def test_shares_of_nothing_are_a_dash():
    assert (served_words(Group((), 0, 0, 0, 0)), given_words(Group((), 0, 0, 0, 0))) == ("–", "–")
    assert (served_words(Group((), 4, 1, 10, 2)), given_words(Group((), 4, 1, 10, 2))) == ("25 %", "20 %")


@pytest.mark.parametrize(
    ("share", "told"), [(0, "0 %"), (0.001, "1 %"), (0.5, "50 %"), (0.999, "99 %"), (1, "100 %")]
)
def test_all_and_none_are_never_rounded(share: float, told: str):
    assert percent_words(share) == told


@pytest.mark.parametrize(
    ("value", "bound", "told"),
    [
        (9, 11, "18 %"),
        (949, 1000, "5.1 %"),
        (58600, 58693, "0.16 %"),
        (623495, 624001, "0.081 %"),
        (999_999, 1_000_000, "below 0.001 %"),
        (0, 0, "0 %"),
    ],
)
def test_a_gap_has_two_digits(value: int, bound: int, told: str):
    assert gap_words(value, bound) == told


def test_a_gap_is_written_as_the_reader_writes():
    with translation.override("ru"):
        assert gap_words(949, 1000).startswith("5,1")

import re
from pathlib import Path

import pytest
from django.utils.functional import Promise

from portal import sports
from portal.enums import Category
from portal.sports import SPORTS, category_choices, sport, sport_choices

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "sports.md"
LINE = re.compile(r"\| (\w{3}) \| (.+) \| ([MWX ]+) \| (yes|no) \| (?:IOC|portal) \|")


def test_codes_are_unique_and_three_capitals():
    assert len(SPORTS) == len(sports._TABLE) >= 48
    # Two Olympic codes end in a digit: BK3 and RU7.
    assert [code for code in SPORTS if not re.fullmatch("[A-Z]{2}[A-Z0-9]", code)] == []
    assert [code for code in SPORTS if code[-1].isdigit()] == ["BK3", "RU7"]


def test_names_are_unique_and_translated_late():
    assert len({str(row.name) for row in SPORTS.values()}) == len(SPORTS)
    assert all(isinstance(row.name, Promise) for row in SPORTS.values())


def test_the_page_shows_the_table():
    shown = [
        found.groups() for line in PAGE.read_text("utf-8").splitlines() if (found := LINE.fullmatch(line))
    ]
    assert shown == [
        (row.code, str(row.name), " ".join(row.categories), "yes" if row.hall else "no")
        for row in SPORTS.values()
    ]


def test_each_sport_has_categories_in_order():
    order = list(Category)
    for row in SPORTS.values():
        assert row.categories
        assert list(row.categories) == sorted(set(row.categories), key=order.index)


@pytest.mark.parametrize(
    ("code", "hall"), [("BKB", True), ("FBL", False), ("SWM", False), ("IHO", False), ("FSL", True)]
)
def test_halls(code, hall):
    assert sport(code).hall is hall


def test_an_unknown_code_is_an_error():
    with pytest.raises(KeyError):
        sport("XXX")


def test_choices_are_sorted_by_name():
    names = [str(name) for _, name in sport_choices()]
    assert names == sorted(names, key=str.casefold)
    assert {code for code, _ in sport_choices()} == set(SPORTS)


def test_cyrillic_names_sort_as_people_sort_them():
    assert sorted(["яхта", "ёж", "жук", "ель", "із"], key=sports._sort_key) == [
        "ель",
        "ёж",
        "жук",
        "із",
        "яхта",
    ]


def test_categories_of_a_sport():
    assert [code for code, _ in category_choices("BKB")] == ["M", "W"]
    assert [code for code, _ in category_choices()] == ["M", "W", "X"]

"""The page that draws the life of a fixture says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from exchange.enums import FIXTURE_MOVES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "explanation" / "fixtures.md").read_text()


def test_the_table_of_the_page_is_that_of_the_code():
    told = re.findall(r"^\| ([a-z-]+) \| (.+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)[1:]
    rules = [
        (rule.move, *(", ".join(names) for names in (rule.sources, rule.actors, rule.targets)))
        for rule in FIXTURE_MOVES
    ]
    assert told == rules


def test_each_change_of_state_is_drawn_and_no_other():
    drawn = set(re.findall(r"^ +([a-z]+) --> ([a-z]+)", PAGE, re.MULTILINE))
    moves = {(source, target) for rule in FIXTURE_MOVES for source in rule.sources for target in rule.targets}
    # What stays as it is is drawn only where something else about it has changed.
    moves -= {("proposed", "proposed"), ("entered", "entered")}
    assert drawn == {(str(source), str(target)) for source, target in moves}

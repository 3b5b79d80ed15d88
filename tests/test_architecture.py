"""Who may import whom, and how large a room may be: ARCHITECTURE in a few lines of ast."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APPS = ("portal", "exchange", "research")

#: The houses that an app stands on.
GROUND = {"portal": set(), "exchange": {"portal"}, "research": {"portal"}}
ENGINE = "exchange.matching"
ENGINE_MAY_IMPORT = sys.stdlib_module_names | {"numpy", "scipy", "highspy"}

#: By the first word after the app's name. A module that is not listed stands as high as what it imports.
FLOORS = {
    "enums": 0,
    "models": 1,
    "queries": 2,
    "access": 2,
    "gateway": 2,
    "notices": 2,
    "actions": 3,
    "tasks": 4,
    "forms": 4,
    "views": 4,
    "templatetags": 4,
}
FLOOR_NAMES = ("enums", "models", "queries, access, gateway, notices", "actions", "tasks, forms, views")

#: Of a Python file, by folder; a file of tests is a list of facts and may be longer.
MOST_LINES = dict.fromkeys(APPS, 300) | {"tests": 500}
JUNK_DRAWERS = {"utils", "util", "helpers", "common", "manager", "managers", "data", "misc"}


@cache
def modules() -> dict[str, Path]:
    found = (path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
    return {_name(path): path for path in found}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports_of(name: str) -> frozenset[str]:
    """All that a module imports, anywhere in it; `from a import b` counts as a.b where that is a module."""
    path = modules()[name]
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= set(_imported_from(node, package))
    return frozenset(found - {name})


def _imported_from(node: ast.ImportFrom, package: str) -> Iterator[str]:
    above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    source = ".".join([*above, *filter(None, [node.module])])
    for alias in node.names:
        deeper = f"{source}.{alias.name}"
        yield deeper if deeper in modules() else source


def ours(names: frozenset[str]) -> list[str]:
    return sorted(name for name in names if name.split(".")[0] in APPS)


def listed_floor(name: str) -> int | None:
    words = name.split(".")
    return FLOORS.get(words[1]) if len(words) > 1 else None


@cache
def climbs_to(name: str, on_the_way: tuple[str, ...] = ()) -> tuple[int, tuple[str, ...]]:
    """The floor a module stands on, and the way of imports that leads up there."""
    listed = listed_floor(name)
    if listed is not None:
        return listed, (name,)
    way = (*on_the_way, name)
    above = [
        climbs_to(other, way) for other in ours(imports_of(name)) if other in modules() and other not in way
    ]
    floor, path = max(above, default=(0, ()))
    return floor, (name, *path)


@pytest.mark.parametrize("app", APPS)
def test_a_house_stands_on_the_ground_and_on_no_other_house(app: str):
    ground = " and ".join(GROUND[app]) or "nothing else of ours"
    for name in modules():
        if name.split(".")[0] == app:
            for other in ours(imports_of(name)):
                house = other.split(".")[0]
                assert house == app or house in GROUND[app], (
                    f"{name} imports {other}, but {app} stands on {ground}."
                    " Where a page shows both, its template loads the tag."
                )


def test_the_engine_is_plain_python():
    for name in modules():
        if f"{name}.".startswith(f"{ENGINE}."):
            for other in imports_of(name):
                assert other.startswith(ENGINE) or other.split(".")[0] in ENGINE_MAY_IMPORT, (
                    f"{name} imports {other}; it knows the standard library, numpy, scipy and highspy."
                )


@pytest.mark.parametrize("name", [name for name in modules() if listed_floor(name) is not None])
def test_no_import_goes_up_the_stairs(name: str):
    floor = listed_floor(name)
    for other in ours(imports_of(name)):
        if other in modules():
            height, way = climbs_to(other)
            assert height <= floor, (
                f"{name} stands on the floor of {FLOOR_NAMES[floor]} and may not import from"
                f" {FLOOR_NAMES[height]}: {' → '.join((name, *way))}."
            )


@pytest.mark.parametrize("name", modules())
def test_what_is_imported_of_ours_exists(name: str):
    for other in ours(imports_of(name)):
        assert other in modules(), f"{name} imports {other}, which is not there."


def python_files(folder: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]


@pytest.mark.parametrize("folder", MOST_LINES)
def test_rooms_are_small(folder: str):
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(folder)
    }
    most = MOST_LINES[folder]
    assert {path: lines for path, lines in lengths.items() if lines > most} == {}, (
        f"{most} lines are the most."
    )


@pytest.mark.parametrize("folder", MOST_LINES)
def test_there_is_no_junk_drawer(folder: str):
    assert [path for path in python_files(folder) if path.stem in JUNK_DRAWERS] == []


INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*type=["']application/(?:ld\+)?json["'])   # a script in the page
      | <style\b | \sstyle\s*= | \son\w+\s*= | javascript:""",
    re.VERBOSE | re.IGNORECASE,
)


def test_no_template_holds_what_the_content_policy_forbids():
    """Mails are exempt: their readers know no style sheets."""
    for path in (ROOT / "templates").rglob("*.html"):
        if "emails" not in path.parts:
            found = INLINE.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.relative_to(ROOT)} holds {found and found[0].strip()!r}."


@pytest.mark.parametrize(
    ("markup", "forbidden"),
    [
        ('<script src="/a.js" defer></script>', False),
        ('<script id="x" type="application/json">{}</script>', False),
        ('<script type="application/ld+json">{}</script>', False),
        ('<script type="application/jsonp">x()</script>', True),
        ('<script type="application/javascript">x()</script>', True),
        ('<button data-online="1">', False),
        ("<script>alert(1)</script>", True),
        ('<p style="color: red">', True),
        ('<button onclick="x()">', True),
        ('<a href="javascript:x()">', True),
    ],
)
def test_the_search_for_inline_code_finds_it(markup: str, forbidden: bool):
    assert bool(INLINE.search(markup)) is forbidden

"""What the documentation names exists: commands, options, chores, variables, files."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OURS = ("portal", "exchange", "research")

#: A command line in a page, up to where prose, a pipe or a comment begins.
MANAGE = re.compile(r"manage\.py ([a-z_]+)([^\n`|#;)]*)")
MAKE = re.compile(r"(?:^ {4,}|`|&& )make((?: [^\s`]+)*)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
VARIABLE = re.compile(r"""read(?:_url|_number)?\(\s*(?:"[a-z_]+", )?"([A-Z_]+)\"""")


def each_page() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("text", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])


@cache
def chores() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def documented(page: str) -> set[str]:
    """First column of a reference table."""
    return set(re.findall(r"^\| `([^`]+)`", (ROOT / "docs" / "reference" / page).read_text(), re.MULTILINE))


@each_page()
def test_commands_exist_with_their_options(text: Path):
    for name, rest in MANAGE.findall(text.read_text()):
        assert name in get_commands(), name
        parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        known = {option for action in parser._actions for option in action.option_strings}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"{name}{rest}"


@each_page()
def test_chores_exist(text: Path):
    for words in MAKE.findall(text.read_text()):
        named = [word for word in words.split() if re.fullmatch(r"[a-z]+", word)]
        assert set(named[:1]) <= chores(), words


@each_page()
def test_links_lead_somewhere(text: Path):
    for target in LINK.findall(text.read_text()):
        assert (text.parent / target).exists(), target


def test_every_page_can_be_reached_from_the_index():
    index = (ROOT / "docs" / "index.md").read_text()
    assert "(decisions/)" in index
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs")
        assert name.parts[0] in ("decisions", "index.md") or f"({name})" in index, name


def test_every_command_of_ours_is_in_the_reference():
    ours = {name for name, app in get_commands().items() if app in OURS}
    listed = {line.split()[1] for line in documented("commands.md") if line.startswith("manage.py ")}
    assert listed == ours


def test_every_chore_is_in_the_reference():
    listed = {line.split()[1] for line in documented("commands.md") if line.startswith("make ")}
    assert listed | {"help"} == chores()


def test_every_variable_is_in_the_reference_and_no_other():
    files = (ROOT / "portal" / "settings").glob("*.py")
    assert documented("environment.md") == {
        name for file in files for name in VARIABLE.findall(file.read_text())
    }


@pytest.mark.parametrize("chore", sorted(chores()))
def test_every_chore_can_be_planned(chore: str):
    planned = subprocess.run(
        ["make", "--dry-run", chore], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (planned.returncode, planned.stderr) == (0, "")


def test_make_alone_lists_the_chores():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make ([a-z]+) ", listed, re.MULTILINE)) == chores()


def test_the_environment_file_of_a_server_can_be_sourced(tmp_path: Path):
    """A shell and systemd read one file; of both the shell is the more particular."""
    page = (ROOT / "docs" / "how-to" / "run-on-servers.md").read_text()
    block = re.search(r"(?:^    [A-Z_]+=.*\n)+", page, re.MULTILINE)
    assert block
    file = tmp_path / "portal.env"
    file.write_text(block[0].replace("    ", ""))
    script = f'set -aeu; . {file}; printf "%s\\n" "$DEFAULT_FROM_EMAIL" "$VAR_DIR"'
    told = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    expected = "University Sport Exchange <portal@example.org>\n/var/lib/portal\n"
    assert (told.stdout, told.stderr) == (expected, "")

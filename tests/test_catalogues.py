"""Every interface string is translated: what the code says today is what the catalogues hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tools.check_catalogues import faults_of

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("ru", "be")
HOUSES = ("portal", "exchange", "research", "templates")


def strings_of(catalogue: Path) -> set[tuple[str | None, str]]:
    """Context and English text of every message; a plural counts by its singular."""
    with catalogue.open("rb") as stream:
        return {(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in read_po(stream) if m.id}


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str | None, str]]:
    if not shutil.which("xgettext"):
        pytest.skip("xgettext is not installed (as root: apt install gettext)")
    copy = tmp_path_factory.mktemp("extracted")
    for house in HOUSES:
        shutil.copytree(ROOT / house, copy / house, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "ru", "-e", "html,txt,py", "--no-location"],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": ""},
        check=True,
        capture_output=True,
    )
    return strings_of(copy / "locale" / "ru" / "LC_MESSAGES" / "django.po")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_what_the_code_says(
    language: str, extracted: set[tuple[str | None, str]]
) -> None:
    held = strings_of(ROOT / "locale" / language / "LC_MESSAGES" / "django.po")
    assert {"missing": extracted - held, "stale": held - extracted} == {"missing": set(), "stale": set()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_with_its_placeholders_and_plurals(language: str) -> None:
    assert faults_of(ROOT / "locale" / language / "LC_MESSAGES" / "django.po") == []


def test_words_are_marked_by_names_that_the_extraction_knows() -> None:
    """Under another name than `_` it passes them over, and nobody notices that they stay English."""
    renamed = re.compile(r"import (?:\w*gettext\w*) as (?!_$)\w+$", re.MULTILINE)
    found = [
        str(path.relative_to(ROOT))
        for house in HOUSES
        for path in (ROOT / house).rglob("*.py")
        if renamed.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []

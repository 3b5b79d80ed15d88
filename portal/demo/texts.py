"""Introductions of universities and clubs, from nothing but the facts that are given."""

from collections.abc import Iterable

from django.utils import translation

from portal.demo.sources import sentences
from portal.sports import SPORTS, sport

#: A longer list would hide the sentence; the page shows all sports below it.
SPORTS_SHOWN = 8


def university_intro(name: str, city: str, country: str, sports: Iterable[str], language: str = "en") -> str:
    """`country` by its name in `language`, `sports` by code; those without a sport get a sentence less."""
    return _intro("university", sports, language, name=name, city=city, country=country)


def club_intro(
    name: str, university: str, city: str, country: str, sports: Iterable[str], language: str = "en"
) -> str:
    return _intro("club", sports, language, name=name, university=university, city=city, country=country)


def _intro(about: str, codes: Iterable[str], language: str, **facts: str) -> str:
    wording = sentences(language)
    text = [_pick(wording[about], facts["name"])]
    with translation.override(language):
        names = sports_list(codes, wording["and"][0])
    if names:
        text.append(_pick(wording[f"{about} sports"], facts["name"]))
    return " ".join(text).format(**facts, sports=names)


def _pick(lines: list[str], name: str) -> str:
    """By the name, not by chance: each keeps its wording, and neighbours differ."""
    return lines[sum(name.encode()) % len(lines)]


def sports_list(codes: Iterable[str], last: str) -> str:
    """“chess, judo and tennis”, in the order of the table of sports."""
    wanted = set(codes)
    names = [_in_a_sentence(str(sport(code).name)) for code in SPORTS if code in wanted][:SPORTS_SHOWN]
    return f" {last} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _in_a_sentence(name: str) -> str:
    return name if name.startswith("American") else name[:1].lower() + name[1:]

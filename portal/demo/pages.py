"""The written pages of the demonstration, from small Markdown files to titles, leads and blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.html import escape
from wagtail.rich_text import RichText

from .sources import page_text

EMPHASIS = re.compile(r"\*([^*]+)\*")


@dataclass(frozen=True, slots=True)
class WrittenPage:
    title: str
    lead: str
    body: list[tuple[str, object]]


def written_page(name: str) -> WrittenPage:
    """Title, first paragraph, and the rest as blocks of heading and text."""
    title, lead, *rest = page_text(name).strip().split("\n\n")
    body: list[tuple[str, object]] = []
    for part in rest:
        if part.startswith("## "):
            body.append(("heading", part.removeprefix("## ")))
        elif body and body[-1][0] == "text":
            body[-1] = ("text", RichText(body[-1][1].source + _paragraph(part)))
        else:
            body.append(("text", RichText(_paragraph(part))))
    return WrittenPage(title.removeprefix("# "), _line(lead), body)


def _paragraph(text: str) -> str:
    marked = EMPHASIS.sub(r"<i>\1</i>", escape(_line(text)))
    return f"<p>{marked}</p>"


def _line(text: str) -> str:
    return " ".join(text.split())

"""Universities that lead seeded projects, with their lists of projects in the tree of pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.actions.index_pages import index_page
from portal.actions.register import import_register
from portal.actions.universities import join_university
from portal.demo.progress import each
from portal.demo.seed import register_entry
from portal.demo.sources import universities
from portal.models import University
from research.models import ProjectIndexPage


@dataclass(slots=True)
class Home:
    university: University
    index: ProjectIndexPage
    #: The place of the last page below `index`, as the tree counts them.
    last: int
    added: int = 0

    def next_path(self) -> str:
        self.last += 1
        self.added += 1
        return Page._get_path(self.index.path, self.index.depth + 1, self.last)

    def count_pages(self) -> None:
        Page.objects.filter(pk=self.index.pk).update(numchild=F("numchild") + self.added)


def make_homes(now: datetime, *, most: int) -> list[Home]:
    """Of the universities that have joined; where none has, those of the demonstration do."""
    if not University.objects.members().exists():
        import_register(entries=map(register_entry, universities()[:most]))
        for university in each(list(University.objects.order_by("name")[:most]), "Universities"):
            join_university(university=university, now=now)
    members = list(University.objects.members().order_by("ror")[:most])
    return [_home(university, now) for university in each(members, "Lists of projects")]


def _home(university: University, now: datetime) -> Home:
    index = index_page(
        university=university, kind=ProjectIndexPage, title=_("Projects"), slug="projects", now=now
    )
    index.refresh_from_db()
    last = index.get_children().order_by("path").last()
    return Home(university, index, Page._str2int(last.path[-Page.steplen :]) if last else 0)

"""Tells people what is new in their saved searches: one mail for all that are due on a morning.

All times are in the database: a portal that stood still for a week tells everything since in one mail.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import override

from portal.models import User
from research.models import Project, SavedSearch, ToldProject
from research.queries.found import fitting, listed_projects, with_fitting_since
from research.queries.projects import pages_of
from research.search_days import next_telling
from research.search_notices import NewsOfSearch, tell_news
from research.searching import read_search

log = logging.getLogger(__name__)

#: People in one sweep; the next minute's goes on.
MOST_PEOPLE = 300
#: Projects of one search in a mail; the rest stands behind a link.
MOST_PROJECTS = 10


def tell_saved_searches(*, now: datetime) -> int:
    """How many mails were written. One person whose search fails holds up nobody else."""
    due = SavedSearch.objects.filter(due_at__lte=now, person__is_active=True)
    people = due.order_by().values("person").annotate(first=Min("due_at")).order_by("first", "person")
    return sum(_try_to_tell(one["person"], now) for one in list(people[:MOST_PEOPLE]))


def _try_to_tell(person_id: int, now: datetime) -> bool:
    try:
        return _tell(User.objects.get(pk=person_id), now)
    except Exception:
        log.exception("the saved searches of person %s were not told, the next sweep tries again", person_id)
        return False


@transaction.atomic
def _tell(person: User, now: datetime) -> bool:
    """The rows are held: another sweep finds nothing due any more."""
    due = SavedSearch.objects.select_for_update().filter(person=person, due_at__lte=now)
    searches = list(due.order_by("pk"))
    if not searches:
        return False
    with override(person.language):
        news = _news_of(person, searches, now)
    for search in searches:
        rhythm = {"told_until": now, "due_at": next_telling(person, search.rhythm, now=now)}
        SavedSearch.objects.filter(pk=search.pk).update(**rhythm)
    _forget_old(person)
    # By the first of them and the morning that it was due on, which comes once.
    key = f"saved_search:{searches[0].pk}:{searches[0].due_at.isoformat()}"
    return bool(news) and tell_news(person=person, news=news, dedupe_key=key, now=now) is not None


def _news_of(person: User, searches: list[SavedSearch], now: datetime) -> list[NewsOfSearch]:
    """Each project under the first search that it is new to."""
    news, told = [], set()
    for search in searches:
        found = _new_to(search, now).exclude(pk__in=told)
        keys = list(found.order_by("-fits_since", "-pk").values_list("pk", flat=True)[: MOST_PROJECTS + 1])
        pages = pages_of(keys[:MOST_PROJECTS])
        if pages:
            more = found.count() - len(pages) if len(keys) > MOST_PROJECTS else 0
            news.append(NewsOfSearch(search, pages, more))
            _remember(search, [page.project_id for page in pages], now)
            told |= {page.project_id for page in pages}
    return news


def _new_to(search: SavedSearch, now: datetime) -> QuerySet[Project]:
    """What came to fit since it told last, unless another search of the person has told it since; not what
    they lead themselves. A search for something that is no more finds nothing."""
    sought, faults = read_search(QueryDict(search.query))
    if faults:
        return Project.objects.none()
    known = ToldProject.objects.filter(
        search__person=search.person_id, project=OuterRef("pk"), told_at__gte=OuterRef("fits_since")
    )
    return (
        with_fitting_since(fitting(sought, listed_projects()), sought)
        .filter(~Exists(known), fits_since__gt=search.told_until, fits_since__lte=now)
        .exclude(investigator=search.person_id)
    )


def _remember(search: SavedSearch, projects: list[int], now: datetime) -> None:
    ToldProject.objects.bulk_create(
        [ToldProject(search=search, project_id=project, told_at=now) for project in projects],
        update_conflicts=True,
        unique_fields=["search", "project"],
        update_fields=["told_at"],
    )


def _forget_old(person: User) -> None:
    """What was told before the oldest search looks back to is of no use any more."""
    telling = SavedSearch.objects.filter(person=person).exclude(due_at=None)
    oldest = telling.aggregate(oldest=Min("told_until"))["oldest"]
    if oldest is not None:
        ToldProject.objects.filter(search__person=person, told_at__lt=oldest).delete()

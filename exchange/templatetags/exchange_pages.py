"""What pages of the CMS show of clubs and fixtures; every tag returns rows, templates choose the words."""

from __future__ import annotations

from django import template
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exchange.access import acting_clubs
from exchange.models import Club, ClubIndexPage, ClubPage, Fixture
from exchange.queries import club_page, public
from portal.models import University

register = template.Library()


@register.simple_tag
def exchange_figures() -> public.Figures:
    return public.figures()


@register.simple_tag
def next_fixtures(
    *, university: University | None = None, club: Club | None = None, limit: int = 5
) -> QuerySet[Fixture]:
    return public.coming_fixtures(today=timezone.localdate(), university=university, club=club)[:limit]


@register.simple_tag
def club_view(page: ClubPage) -> club_page.ClubView:
    """Read once, however many blocks of a template ask: a page is loaded for one request."""
    if not hasattr(page, "club_view"):
        page.club_view = club_page.club_view(page, today=timezone.localdate())
    return page.club_view


@register.simple_tag(takes_context=True)
def acts_for(context: template.Context, club: int) -> bool:
    """By the key of the club; no query for visitors."""
    request = context.get("request")
    person = request and request.user
    return bool(person and person.is_authenticated and acting_clubs(person).filter(pk=club).exists())


@register.filter
def form_word(score: float) -> str:
    """Of what a result is worth: 1, 0.5 or 0."""
    return {1: _("won"), 0: _("lost")}.get(score, _("drawn"))


@register.filter
def form_letter(score: float) -> str:
    return {1: pgettext("letter of a result", "W"), 0: pgettext("letter of a result", "L")}.get(
        score, pgettext("letter of a result", "D")
    )


@register.filter
def form_kind(score: float) -> str:
    """The ending of a `form-…` class."""
    return {1: "won", 0: "lost"}.get(score, "drawn")


@register.simple_tag
def university_clubs(university: University) -> QuerySet[ClubPage]:
    return public.live_club_pages(university)


@register.simple_tag
def clubs_below(index: ClubIndexPage) -> QuerySet[ClubPage]:
    return public.live_club_pages_below(index)

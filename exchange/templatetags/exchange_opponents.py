"""Levels and days of open requests, in words."""

from __future__ import annotations

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exchange.enums import DayUse
from exchange.levels import Level, level_of
from exchange.models import Team
from exchange.queries.opponents import DaySpan
from exchange.words import number_words

register = template.Library()


@register.filter
def level_words(team: Team) -> str:
    """Strong, 1,612 ± 80; of a team that nobody knows yet, that."""
    level = level_of(team.rating, team.rating_deviation)
    if level == Level.UNRATED:
        return str(level.label)
    facts = {"level": level.label, "rating": number_words(team.rating)}
    facts["deviation"] = number_words(team.rating_deviation)
    return _("%(level)s, %(rating)s ± %(deviation)s") % facts


@register.filter
def span_words(span: DaySpan) -> str:
    first = date_format(span.first, "D j M")
    if span.first == span.last:
        return first
    return _("%(first)s – %(last)s") % {"first": first, "last": date_format(span.last, "D j M")}


@register.filter
def use_words(use: str) -> str:
    return {
        DayUse.HOST: _("at home"),
        DayUse.TRAVEL: _("away"),
        DayUse.BOTH: _("home or away"),
    }[DayUse(use)]

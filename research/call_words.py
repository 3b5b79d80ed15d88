"""What a call asks for, in words: the codes of its lists read back."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django_countries import countries

from research.enums import Wish
from research.ford import FORD
from research.models import Call


def wish_names(codes: list[str]) -> list[str]:
    names = dict(Wish.choices)
    return [str(names[code]) for code in codes if code in names]


def field_names(codes: list[str]) -> list[str]:
    return [str(FORD[code]) for code in codes if code in FORD]


def country_names(codes: list[str]) -> list[str]:
    return sorted(str(countries.name(code)) for code in codes if countries.name(code))


def origins(call: Call) -> list[str]:
    """From where partners may come, countries first; empty: from everywhere."""
    return [*country_names(call.countries), *(str(university) for university in call.universities.all())]


def origin_sentence(call: Call) -> str:
    return _("This call asks for partners from: %(places)s.") % {"places": ", ".join(origins(call))}

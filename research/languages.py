"""Languages in which people work: codes of ISO 639-1, with their names as CLDR has them.

Django's own catalogues miss some of them, and begin some with a capital and others not.
"""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language

CODES = sorted(code for code in LANG_INFO if len(code) == 2)


def language_name(code: str) -> str:
    return _names().get(code, code)


def language_choices() -> list[tuple[str, str]]:
    """By name in the reader's language."""
    names = _names()
    choices = [(code, names.get(code, code)) for code in CODES]
    return sorted(choices, key=lambda choice: choice[1].casefold())


def _names() -> dict[str, str]:
    try:
        return Locale.parse(get_language() or settings.LANGUAGE_CODE, sep="-").languages
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en").languages

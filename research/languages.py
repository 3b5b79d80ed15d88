"""Languages in which people work: codes of ISO 639-1 with Django's names of them."""

from __future__ import annotations

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext

CODES = sorted(code for code in LANG_INFO if len(code) == 2)


def language_name(code: str) -> str:
    info = LANG_INFO.get(code, {})
    return gettext(info["name"]) if "name" in info else code


def language_choices() -> list[tuple[str, str]]:
    """By name in the reader's language."""
    return sorted(((code, language_name(code)) for code in CODES), key=lambda choice: choice[1].casefold())

from __future__ import annotations

from django import template

from portal.notices import kind_in_words

register = template.Library()
register.filter("kind_in_words", kind_in_words)

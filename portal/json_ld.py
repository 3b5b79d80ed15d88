"""Pages as search engines read them: schema.org's words, in a script that no name can end."""

from __future__ import annotations

import json

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from portal.models import ArticlePage, University
from portal.queries.news import university_of
from portal.sharing import picture_to_share

SCHEMA = "https://schema.org"
#: Nothing in a name ends the element that holds it; JSON reads each of them back.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
#: Search engines cut what is longer.
HEADLINE = 110


def as_json_ld(facts: dict[str, object]) -> SafeString:
    """Safe between the tags of a script, as Django's json_script makes it for its own type."""
    written = json.dumps(facts, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(written)  # noqa: S308 - all that could end the element is escaped


def news_article(page: ArticlePage) -> dict[str, object]:
    """Whoever is named as author is named on the page too (at most 1 query)."""
    university = university_of(page)
    publisher = college(university) if university else _portal()
    facts: dict[str, object] = {
        "@context": SCHEMA,
        "@type": "NewsArticle",
        "headline": page.title[:HEADLINE],
        "datePublished": page.date.isoformat(),
        "inLanguage": page.language,
        "mainEntityOfPage": settings.BASE_URL + page.url,
        "publisher": publisher,
        "author": publisher,
    }
    # A person, a club, or both: only the reader can tell.
    if page.author:
        facts["creditText"] = page.author
    if page.last_published_at:
        facts["dateModified"] = page.last_published_at.isoformat(timespec="seconds")
    if page.lead:
        facts["description"] = page.lead
    if shared := picture_to_share(page):
        facts["image"] = [shared.url]
    return facts


def college(university: University) -> dict[str, object]:
    """As another thing names it."""
    return {"@type": "CollegeOrUniversity", "name": str(university), "sameAs": university.ror_url}


def college_in_full(university: University, address: str) -> dict[str, object]:
    """As its own page, at `address`, describes it."""
    own = {str(university)}
    facts = {
        "@context": SCHEMA,
        **college(university),
        "url": settings.BASE_URL + address,
        "address": postal_address(university),
        "geo": coordinates(university.lat, university.lon),
    }
    others = sorted({university.name, university.short_name, *university.names.values()} - own - {""})
    return facts | ({"alternateName": others} if others else {})


def postal_address(university: University, **known: str) -> dict[str, str]:
    """Its city, and what else is `known` of the address in schema.org's names."""
    lines = {name: line for name, line in known.items() if line}
    town = {"addressLocality": university.city, "addressCountry": university.country.code}
    return {"@type": "PostalAddress", **town, **lines}


def coordinates(lat: float, lon: float) -> dict[str, object]:
    return {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}


def _portal() -> dict[str, object]:
    return {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME, "url": f"{settings.BASE_URL}/"}

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from wagtail.models import Collection

from portal.models import University, UniversityPage
from portal.models.spoken import in_one_language


def collection_of(university: University) -> Collection | None:
    """The collection of a university's images and documents: the one that its own groups hold rights on."""
    return (
        Collection.objects.filter(group_permissions__group__university_role__university=university)
        .order_by("path")
        .first()
    )


def live_university_pages(*, country: str = "", words: str = "") -> QuerySet[UniversityPage]:
    """Pages of universities that have joined, by name; each of `words` is in one of its names or its city."""
    pages = in_one_language(UniversityPage.objects.live()).select_related("university")
    pages = pages.order_by(university_name("university__"), "pk")
    if country:
        pages = pages.filter(university__country=country)
    if words:
        pages = pages.filter(university__in=_members_called(words.casefold().split()))
    return pages


def university_name(prefix: str = "") -> Coalesce:
    """To order by: the name that `University.__str__` shows."""
    translated = KeyTextTransform(get_language(), f"{prefix}names")
    return Coalesce(translated, f"{prefix}name", output_field=TextField())


def _members_called(words: list[str]) -> list[int]:
    """Compared here, not in the database: SQLite knows upper and lower case of Latin letters only."""
    members = University.objects.members().values_list("pk", "name", "short_name", "names", "city")
    texts = (
        (pk, " ".join((name, short_name, city, *names.values())).casefold())
        for pk, name, short_name, names, city in members
    )
    return [pk for pk, text in texts if all(word in text for word in words)]


def joined_countries() -> list[str]:
    """Country codes of the universities that have a live page."""
    codes = live_university_pages().order_by().values_list("university__country", flat=True)
    return sorted(codes.distinct())


def permissions(*names: str) -> dict[str, Permission]:
    """Permissions by "app.codename", in one query."""
    wanted = Q()
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = Permission.objects.filter(wanted).select_related("content_type")
    return {f"{one.content_type.app_label}.{one.codename}": one for one in found}

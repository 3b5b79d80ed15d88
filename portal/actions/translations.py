"""Pages are translated one by one; whatever stands above a translation comes along as it is."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import GroupPagePermission, Locale, Page

from portal.enums import UniversityRole
from portal.models import UniversityPage, User

from .workflows import give_workflow


def lay_out_languages() -> None:
    """A row of Wagtail's for each language of the settings; one that was taken out keeps its pages."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


@transaction.atomic
def translate_page(*, page: Page, language: str, by: User | None = None) -> Page:
    """A draft in `language` that begins with the words of `page`, at the same place of its tree.

    Readers see `page` as it is until the draft is published. Called again, it gives the one that is there.
    """
    locale = _locale(language)
    found = page.get_translation_or_none(locale)
    if found is None:
        copy = CopyPageForTranslationAction(page.specific, locale, copy_parents=True, user=by)
        found = copy.execute(skip_permission_checks=True)
    elif found.alias_of_id:
        found = ConvertAliasPageAction(found.specific, user=by).execute(skip_permission_checks=True)
        UnpublishPageAction(found, user=by).execute(skip_permission_checks=True)
    _pass_rights_on(found)
    return found.specific


@transaction.atomic
def stand_in(*, page: Page, language: str) -> Page:
    """`page` in the tree of `language`, to put pages below; an alias, if it is not there yet."""
    locale = _locale(language)
    if page.locale_id == locale.pk:
        return page
    found = page.get_translation_or_none(locale)
    return found or page.specific.copy_for_translation(locale, copy_parents=True, alias=True)


def _locale(language: str) -> Locale:
    # Two who translate at once would put the same pages above theirs.
    Page.objects.select_for_update().get(depth=1)
    return Locale.objects.get_or_create(language_code=language)[0]


def _pass_rights_on(page: Page) -> None:
    """The page of a university that came along belongs to the same groups, and goes by its workflow."""
    for there in UniversityPage.objects.ancestor_of(page, inclusive=True):
        here = UniversityPage.objects.filter(university=there.university_id).order_by("pk").first()
        if here == there:
            continue
        GroupPagePermission.objects.bulk_create(
            [
                GroupPagePermission(
                    group_id=right.group_id, page_id=there.pk, permission_id=right.permission_id
                )
                for right in GroupPagePermission.objects.filter(page=here.pk)
            ],
            ignore_conflicts=True,
        )
        if there.university.role_groups.filter(role=UniversityRole.COORDINATOR).exists():
            give_workflow(university=there.university)

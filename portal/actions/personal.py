"""A person goes, and all by which they are known goes with them (docs/explanation/personal-data.md)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Value
from django.db.models.functions import Concat
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.search import index

from portal.models import User
from portal.page_cache import page_changed
from portal.personal import FORMER_MEMBER, hindrances_of, houses, names_of
from portal.personal.columns import scrub_columns
from portal.personal.files import drop_own_files, rename_files
from portal.personal.mails import erase_mails
from portal.personal.own import addresses_of
from portal.personal.traces import traces_of
from portal.refusal import Refusal
from portal.search import keep


class UnableToErase(Refusal):
    """Holds every reason, a sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def erase_person(*, person: User, now: datetime) -> None:
    """All of it or nothing. What others wrote stays, with “former member” in place of the name."""
    person = User.objects.select_for_update().get(pk=person.pk)
    reasons = hindrances_of(person)
    if reasons:
        raise UnableToErase(reasons)
    addresses, names = addresses_of(person), names_of(person)
    traces = traces_of(names, shared=_borne_by_others(person, names))
    since = person.date_joined
    for house in houses():
        house.erase(person, now)
    drop_own_files(person)
    log(instance=person, action="portal.erase", title=FORMER_MEMBER)
    person.delete()
    erase_mails(addresses=addresses, traces=traces, since=since)
    rename_files(traces)
    _show_anew(scrub_columns(traces))


def _borne_by_others(person: User, names: Iterable[str]) -> list[str]:
    called = User.objects.exclude(pk=person.pk).annotate(called=Concat("first_name", Value(" "), "last_name"))
    return [name for name in names if "@" not in name and called.filter(called__iexact=name).exists()]


def _show_anew(changed: Iterable[tuple[type[Model], object]]) -> None:
    """Search, and pages that are kept, follow what was changed without signals."""
    for model, key in set(changed):
        for thing in _things(model, key):
            keep.saved(instance=thing)
            if index.class_is_indexed(type(thing)):
                index.insert_or_update_object(thing)
            page_changed(instance=thing)


def _things(model: type[Model], key: object) -> list[Model]:
    thing = model._base_manager.filter(pk=key).first()
    if thing is None or not apps.is_installed(model._meta.app_config.name):
        return []
    if isinstance(thing, Page):
        return [thing.specific]
    pages = getattr(thing, "pages", None)
    return [thing, *(pages.all() if hasattr(pages, "all") else ())]

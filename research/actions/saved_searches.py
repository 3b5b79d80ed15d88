"""Searches that people keep, to be told what comes to fit them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.models import User
from portal.refusal import Refusal
from research.enums import Rhythm
from research.models import SavedSearch
from research.search_days import next_telling
from research.searching import Sought

#: Of one person.
MOST = 20
LONGEST_QUERY = SavedSearch._meta.get_field("query").max_length


class UnableToSaveSearch(Refusal):
    pass


@transaction.atomic
def save_search(*, person: User, sought: Sought, name: str, rhythm: Rhythm, now: datetime) -> SavedSearch:
    """What fits already is not told: whoever saves a search has just seen it."""
    # Two tabs at once would go over the limit, or meet in the constraint.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    query = sought.unordered().query()
    own = SavedSearch.objects.filter(person=person)
    same = own.filter(query=query).first()
    if same is not None:
        raise UnableToSaveSearch(
            _("You have saved this search already, as “%(name)s”.") % {"name": same.name}
        )
    if own.count() >= MOST:
        text = ngettext(
            "You have saved %(most)s search. Delete one that you need no more.",
            "You have saved %(most)s searches. Delete one that you need no more.",
            MOST,
        )
        raise UnableToSaveSearch(text % {"most": MOST})
    if len(query) > LONGEST_QUERY:
        raise UnableToSaveSearch(_("This search is too long to be saved. Choose fewer values."))
    return SavedSearch.objects.create(
        person=person,
        name=name,
        query=query,
        rhythm=rhythm,
        created_at=now,
        told_until=now,
        due_at=next_telling(person, rhythm, now=now),
    )


@transaction.atomic
def change_search(*, search: SavedSearch, name: str, rhythm: Rhythm, now: datetime) -> None:
    """One that was silent begins to tell from now on."""
    search = SavedSearch.objects.select_for_update(of=("self",)).select_related("person").get(pk=search.pk)
    if search.rhythm != rhythm:
        if search.rhythm == Rhythm.NEVER:
            search.told_until = now
        search.due_at = next_telling(search.person, rhythm, now=now)
    search.name, search.rhythm = name, rhythm
    search.save(update_fields=["name", "rhythm", "told_until", "due_at"])


def delete_search(*, search: SavedSearch) -> None:
    search.delete()

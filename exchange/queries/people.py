"""Who is written to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef

from exchange.models import Club, Membership, Team
from portal.enums import UniversityRole
from portal.models import User


def answerers(teams: Iterable[Team]) -> dict[int, list[User]]:
    """People who answer for each team, by its id: officers of its club whose address is confirmed.

    Coordinators of the university where a club has none; nobody at all is possible (2 queries).
    """
    teams = list(teams)
    officers = _officers({team.club_id for team in teams})
    lonely = {team.club.university_id for team in teams if team.club_id not in officers}
    coordinators = _coordinators(lonely) if lonely else {}
    return {
        team.pk: officers.get(team.club_id) or coordinators.get(team.club.university_id, []) for team in teams
    }


def readers_of(club: Club) -> list[User]:
    """People who read what is written to the club, as `answerers` has them (at most 2 queries)."""
    officers = _officers({club.pk}).get(club.pk)
    return officers or _coordinators({club.university_id}).get(club.university_id, [])


def _confirmed(user: str) -> Exists:
    own = {"user": OuterRef(user), "email__iexact": OuterRef(f"{user}__email")}
    return Exists(EmailAddress.objects.filter(**own, verified=True))


def _officers(clubs: set[int]) -> dict[int, list[User]]:
    rows = Membership.objects.filter(_confirmed("user"), club__in=clubs, user__is_active=True)
    officers: defaultdict[int, list[User]] = defaultdict(list)
    for row in rows.select_related("user").order_by("user"):
        officers[row.club_id].append(row.user)
    return dict(officers)


def _coordinators(universities: set[int]) -> dict[int, list[User]]:
    ties = {
        "groups__university_role__university__in": universities,
        "groups__university_role__role": UniversityRole.COORDINATOR,
    }
    rows = User.objects.filter(**ties, is_active=True).annotate(at=F("groups__university_role__university"))
    coordinators: defaultdict[int, list[User]] = defaultdict(list)
    for person in rows.order_by("pk"):
        coordinators[person.at].append(person)
    return dict(coordinators)

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from exchange.forms.seasons import DayInput
from exchange.levels import Level
from exchange.models import FixtureRequest, Team
from exchange.queries.opponents import Sought, universities_looking
from exchange.queries.reciprocity import debts, trips
from portal.enums import Category
from portal.forms.long_select import LongSelect
from portal.models import Agreement, University
from portal.queries.agreements import Sides, agreements_of
from portal.sports import sport

ALL = ("", _("All"))
ORDERS = [("", _("Earliest day first")), ("distance", _("Nearest first"))]
#: Questions that are folded away.
RARE = ("after", "before", "country", "university", "agreement", "visits", "sort")
#: The choice of whatever agreement there is.
ANY = "any"
#: Kilometres that the filter offers.
REACHES = (50, 100, 200, 300, 500, 1000, 2000)


class OpponentFilter(forms.Form):
    """Offers only what occurs; what an old link asks for and does not occur is left out.

    Who acts for teams chooses one of them: sport, category and where distances begin follow from it.
    """

    team = forms.ChoiceField(label=_("For my team"), required=False)
    sport = forms.ChoiceField(label=_("Sport"), required=False, widget=LongSelect)
    category = forms.ChoiceField(label=_("Category"), required=False, choices=[ALL, *Category.choices])
    level = forms.ChoiceField(label=_("Level"), required=False)
    after = forms.DateField(label=_("From"), required=False, widget=DayInput())
    before = forms.DateField(label=_("Until"), required=False, widget=DayInput())
    origin = forms.ChoiceField(label=_("Distance from"), required=False, widget=LongSelect)
    within = forms.ChoiceField(label=_("Not farther than"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False, widget=LongSelect)
    university = forms.ChoiceField(label=_("University"), required=False, widget=LongSelect)
    agreement = forms.ChoiceField(
        label=_("Agreement"),
        required=False,
        help_text=_("Only universities that an agreement in force binds to yours."),
    )
    visits = forms.BooleanField(label=_("Only clubs with a visit to return"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)

    def __init__(
        self, said: Mapping[str, str], *, rows: QuerySet[FixtureRequest], teams: list[Team], today: date
    ) -> None:
        super().__init__()
        self.teams = {str(team.pk): team for team in teams}
        self.homes = {str(row.pk): row for row in universities_looking(rows)}
        self.homes |= {str(team.club.university_id): team.club.university for team in teams}
        self.agreements: dict[Agreement, Sides] = {}
        self._offer(rows)
        if teams:
            self._offer_agreements(self.teams.get(said.get("team", ""), teams[0]).club.university, today)
        for name, field in self.fields.items():
            self.initial[name] = _kept(field, said.get(name, ""))
        if "origin" not in said and teams:
            home = (self.my_team or teams[0]).club.university_id
            self.initial["origin"] = str(home)

    def _offer(self, rows: QuerySet[FixtureRequest]) -> None:
        sports = rows.order_by().values_list("team__sport", flat=True).distinct()
        named = sorted(((code, str(sport(code).name)) for code in sports), key=lambda choice: choice[1])
        names = sorted(((pk, str(home)) for pk, home in self.homes.items()), key=lambda choice: choice[1])
        codes = {home.country.code for home in self.homes.values()}
        found = sorted(((code, countries.name(code)) for code in codes), key=lambda choice: choice[1])
        levels = [ALL, *Level.choices]
        if self.teams:
            levels.insert(1, ("near", _("about as strong as mine")))
        offered = {"sport": [ALL, *named], "country": [ALL, *found], "level": levels}
        reaches = [(str(km), gettext("%(km)s km") % {"km": km}) for km in REACHES]
        offered["within"] = [("", _("Any distance")), *reaches]
        offered["university"] = [ALL, *names]
        offered["origin"] = [("", _("Nowhere")), *names]
        offered["team"] = [ALL, *((pk, f"{team.club}: {team}") for pk, team in self.teams.items())]
        for name, choices in offered.items():
            self.fields[name].choices = choices
        if not self.teams:
            del self.fields["team"], self.fields["visits"], self.fields["agreement"]

    def _offer_agreements(self, mine: University, today: date) -> None:
        """1 query."""
        self.mine, self.agreements = mine, agreements_of(mine, day=today)
        named = [(str(agreement.pk), str(agreement)) for agreement in self.agreements]
        self.fields["agreement"].choices = [ALL, (ANY, _("Any in force")), *named]
        if not named:
            del self.fields["agreement"]

    @property
    def first(self) -> list[forms.BoundField]:
        """What most people ask; the rest is folded away."""
        return [self[name] for name in self.fields if name not in RARE]

    @property
    def rare(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in RARE]

    @property
    def asks_rarely(self) -> bool:
        return any(self.initial.get(name) for name in RARE)

    @property
    def my_team(self) -> Team | None:
        return self.teams.get(self.initial.get("team", ""))

    @property
    def home(self) -> University | None:
        return self.homes.get(self.initial["origin"])

    def wanted(self) -> Sought:
        said, team = self.initial, self.my_team
        level = said["level"]
        nearby = level == "near" and (team or next(iter(self.teams.values()), None))
        return Sought(
            sport=team.sport if team else said["sport"],
            category=team.category if team else said["category"],
            level="" if level == "near" else level,
            near=nearby.rating if nearby else None,
            after=said["after"] or None,
            before=said["before"] or None,
            country=said["country"],
            university=int(said["university"]) if said["university"] else None,
            origin=self.home,
            within_km=int(said["within"]) if said["within"] else None,
            clubs=self._with_visits() if said.get("visits") else None,
            bound=self._bound(said["agreement"]) if said.get("agreement") else None,
            nearest_first=said["sort"] == "distance",
        )

    def _bound(self, chosen: str) -> Q:
        """By the agreement chosen, or by any of them."""
        each = [
            sides.bound_to(self.mine, "team__club__university")
            for agreement, sides in self.agreements.items()
            if chosen in (ANY, str(agreement.pk))
        ]
        return reduce(or_, each)

    def _with_visits(self) -> frozenset[int]:
        """Clubs that owe one of mine a visit, or are owed one (1 query)."""
        mine = {self.my_team.club_id} if self.my_team else {team.club_id for team in self.teams.values()}
        owed = debts(trips().filter(Q(host__club__in=mine) | Q(guest__club__in=mine)))
        return frozenset(club for pair in owed if mine & set(pair) for club in pair if club not in mine)


def _kept(field: forms.Field, value: str) -> str | date | bool:
    """As the form shows it again: empty where it makes no sense."""
    if isinstance(field, forms.BooleanField):
        return bool(value)
    if isinstance(field, forms.DateField):
        try:
            return field.clean(value) or ""
        except forms.ValidationError:
            return ""
    return value if field.valid_value(value) else ""

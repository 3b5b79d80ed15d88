from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exchange.actions.request_rules import fault_beside, fault_of_choice, fault_of_number
from exchange.actions.requests import Wish
from exchange.models import FixtureRequest, Season, Team
from exchange.queries.requests import Opponents, RequestScope

from .month_grid import MonthGridField


class WhoAsksForm(forms.Form):
    """The first question: the team decides who its opponents are, the season which days there are."""

    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Which team asks for fixtures?"), empty_label=_("Choose a team")
    )
    season = forms.ModelChoiceField(Season.objects.none(), label=_("In which season?"), empty_label=None)

    def __init__(self, *args: Any, teams: QuerySet[Team], seasons: QuerySet[Season], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams
        self.fields["team"].label_from_instance = lambda team: f"{team.club}: {team}"
        self.fields["season"].queryset = seasons
        self.fields["season"].label_from_instance = season_label

    @classmethod
    def answered(
        cls, said: Mapping[str, str], *, teams: QuerySet[Team], seasons: QuerySet[Season]
    ) -> WhoAsksForm:
        """Bound once somebody answered; where only one answer is possible it is given already."""
        answers = {"team": said.get("team") or _only(teams), "season": said.get("season") or _only(seasons)}
        if "team" in said or all(answers.values()):
            return cls(answers, teams=teams, seasons=seasons)
        return cls(initial=answers, teams=teams, seasons=seasons)


def season_label(season: Season) -> str:
    return f"{season}: {date_format(season.starts)} – {date_format(season.ends)}"


def _only(rows: QuerySet) -> int | None:
    first = list(rows.values_list("pk", flat=True)[:2])
    return first[0] if len(first) == 1 else None


class TeamChecks(forms.CheckboxSelectMultiple):
    """A checkbox a team, folded away while none is chosen; team_filter.js adds a search over the names."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        # The error summary leads to the group, which Django leaves without a name.
        return super().id_for_label(id_, index) or id_

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        context = self.get_context(name, value, attrs or {})["widget"]
        boxes = [box for _, group, _ in context["optgroups"] for box in group]
        chosen = sum(box["selected"] for box in boxes)
        return render_to_string(
            "exchange/parts/team_checks.html",
            {"id": context["attrs"].get("id", ""), "boxes": boxes, "chosen": chosen},
        )


class TeamsField(forms.Field):
    """Cleans to teams without asking the database."""

    widget = TeamChecks

    def __init__(self, *, opponents: Opponents, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.opponents = opponents
        self.widget.choices = opponents.choices

    def clean(self, value: list[str] | None) -> list[Team]:
        chosen = [self._team(sent) for sent in dict.fromkeys(value or [])]
        if None in chosen:
            raise ValidationError(_("Choose teams of the list only."))
        return chosen

    def _team(self, sent: str) -> Team | None:
        return self.opponents.teams.get(int(sent)) if sent.isdecimal() and len(sent) < 19 else None

    def prepare_value(self, value: Any) -> Any:
        return [getattr(team, "pk", team) for team in value or []]


class RequestForm(forms.Form):
    """What a team asks for; a row of a request file is checked by this form as well."""

    wanted = forms.IntegerField(
        label=_("How many fixtures do you want?"),
        min_value=1,
        max_value=20,
        initial=1,
        help_text=_("20 at most."),
    )
    min_rest_days = forms.IntegerField(
        label=_("How many free days do you need between two fixtures?"),
        min_value=0,
        max_value=60,
        initial=1,
        help_text=_("With 2, you may play on a Saturday and then on the Tuesday."),
    )
    max_distance_km = forms.IntegerField(
        label=_("How far would you travel?"),
        min_value=1,
        max_value=20_100,
        initial=300,
        help_text=_("Kilometres in a straight line, one way."),
    )
    max_rating_gap = forms.IntegerField(
        label=_("How unequal may the opponent be?"),
        required=False,
        min_value=0,
        max_value=20_000,
        help_text=_("The largest difference in rating. Leave this empty to play anyone."),
    )
    notes = forms.CharField(
        label=_("Anything the opponent should know?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, scope: RequestScope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["days"] = MonthGridField(
            scope=scope,
            label=_("On which days could the team play?"),
            help_text=_("The more days you name, the likelier is a good fixture."),
        )
        self.fields["prefer"] = TeamsField(
            opponents=scope.opponents,
            label=_("Whom would you like to meet?"),
            help_text=_("An agreement to keep, a visit to return: these teams are chosen rather."),
        )
        self.fields["avoid"] = TeamsField(
            opponents=scope.opponents,
            label=_("Whom do you not want to meet?"),
            help_text=_("You will not be paired with these teams. They are not told."),
        )
        self.order_fields(
            ["days", "wanted", "min_rest_days", "max_distance_km", "max_rating_gap", "prefer", "avoid"]
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        scope = self.scope
        if "days" in said and "wanted" in said:
            self._blame("wanted", fault_of_number(said["wanted"], len(said["days"]) + len(scope.held)))
        if "wanted" in said:
            self._blame("wanted", fault_beside(scope.standing, said["wanted"], min_rest_days=0))
        if "min_rest_days" in said:
            self._blame(
                "min_rest_days", fault_beside(scope.standing, len(scope.standing), said["min_rest_days"])
            )
        if "avoid" in said and "prefer" in said:
            self._blame("avoid", fault_of_choice(scope.team, said["avoid"], said["prefer"]))
        return said

    def _blame(self, field: str, fault: str | None) -> None:
        if fault:
            self.add_error(field, fault)

    def wish(self) -> Wish:
        """What a valid form asks for."""
        return Wish(season=self.scope.season, team=self.scope.team, **self.cleaned_data)


def initial_of(request: FixtureRequest) -> dict[str, Any]:
    """What the form of an existing request begins with."""
    numbers = ("wanted", "min_rest_days", "max_distance_km", "max_rating_gap", "notes")
    return {
        **{name: getattr(request, name) for name in numbers},
        "days": {day.date.isoformat(): day.use for day in request.days.all()},
        "prefer": [team.pk for team in request.prefer.all()],
        "avoid": [team.pk for team in request.avoid.all()],
    }

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.actions.challenges import LONGEST_MESSAGE
from exchange.challenge_rules import Choice
from exchange.enums import Side
from exchange.models import Team
from exchange.queries.challenges import Duel
from exchange.words import day_words


class WhichTeamForm(forms.Form):
    team = forms.ChoiceField(label=_("Which of your teams challenges them?"), widget=forms.RadioSelect)

    def __init__(self, data: object = None, *, teams: list[Team]) -> None:
        super().__init__(data)
        self.teams = {str(team.pk): team for team in teams}
        self.fields["team"].choices = [(pk, f"{team.club}: {team}") for pk, team in self.teams.items()]

    def chosen(self) -> Team | None:
        """Where there is one only, it is chosen already."""
        if len(self.teams) == 1:
            return next(iter(self.teams.values()))
        return self.teams[self.cleaned_data["team"]] if self.is_valid() else None


class ChallengeForm(forms.Form):
    choice = forms.ChoiceField(label=_("On which day, and where?"), widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("Your message"),
        help_text=_("The other side reads it with the invitation."),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: object = None, *, duel: Duel, choices: list[Choice]) -> None:
        super().__init__(data)
        self.fields["choice"].choices = [(_key(one), _label(one, duel)) for one in choices]

    def chosen(self) -> Choice:
        day, _colon, side = self.cleaned_data["choice"].partition(":")
        return Choice(date.fromisoformat(day), Side(side))


def _key(choice: Choice) -> str:
    return f"{choice.day.isoformat()}:{choice.side.value}"


def _label(choice: Choice, duel: Duel) -> str:
    facts = {"day": day_words(choice.day), "city": duel.host(choice.side).club.university.city}
    if choice.side == Side.HOST:
        said = gettext("%(day)s: you host, in %(city)s") % facts
    else:
        said = gettext("%(day)s: you travel, to %(city)s") % facts
    return (
        gettext("%(choice)s (a day you have named too)") % {"choice": said}
        if choice.day in duel.own_named
        else said
    )

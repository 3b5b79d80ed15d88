"""The figures of a run as bars, in the reader's language; templates/components/bars.html draws them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from exchange.matching import Fairness
from exchange.matching.fairness import KM_EDGES, Decile, Group
from exchange.words import number_words, percent_words
from portal.enums import Category
from portal.sports import SPORTS

#: Bars that stand at once; the others open on demand.
BARS_SHOWN = 12
#: A longer bar holds its number, a shorter one has it beside.
LONG_BAR = 0.6


@dataclass(frozen=True, slots=True)
class Bar:
    """`length` is a share of the plot, `shown` the number it stands for, `made_of` where that comes from."""

    label: str
    length: float
    shown: str
    made_of: str

    @property
    def width(self) -> str:
        """For SVG, which knows decimal points only."""
        return f"{100 * self.length:.1f}%"

    @property
    def is_long(self) -> bool:
        return self.length > LONG_BAR


@dataclass(frozen=True, slots=True)
class Plot:
    """A table with bars in it. `columns` name the label, the bar and what it is made of."""

    title: str
    columns: tuple[str, str, str]
    bars: Sequence[Bar]

    @property
    def first(self) -> Sequence[Bar]:
        return self.bars[:BARS_SHOWN]

    @property
    def others(self) -> Sequence[Bar]:
        return self.bars[BARS_SHOWN:]


def waiting_plot(figures: Fairness) -> Plot:
    bars = [_served_bar(_days(decile), decile) for decile in figures.deciles]
    return _served_plot(_("Served, by days waited"), _("Days waited"), bars)


def country_plot(figures: Fairness) -> Plot:
    return _served_groups(_("Served, by country"), _("Country"), figures.countries, _country)


def sport_plot(figures: Fairness) -> Plot:
    return _served_groups(_("Served, by sport"), _("Sport"), figures.sports, _sport)


def category_plot(figures: Fairness) -> Plot:
    title = _("Served, by sport and category")
    return _served_groups(title, _("Sport and category"), figures.categories, _sport_and_category)


def travel_plot(figures: Fairness) -> Plot:
    """Trips by length; the bars between the first and the last that is not empty."""
    counts = figures.travel.histogram
    last = max((i for i, count in enumerate(counts) if count), default=-1)
    labels = [*(f"{number_words(a)}–{number_words(b)}" for a, b in pairwise(KM_EDGES)), _from(KM_EDGES[-1])]
    bars = _counted(list(zip(labels, counts, strict=True))[: last + 1])
    return Plot(_("Trips of guests, by distance"), (_("Kilometres"), _("Trips"), _("Share")), bars)


def balance_plot(figures: Fairness) -> Plot:
    """From those who travel most to those who host most."""
    bars = _counted([(_surplus(more), count) for more, count in figures.balance.differences])
    columns = (_("Home and away"), _("Teams"), _("Share"))
    return Plot(_("Home and away games of a team"), columns, bars)


def served_words(group: Group) -> str:
    return _share_words(group.served, group.requests)


def given_words(group: Group) -> str:
    return _share_words(group.given, group.wanted)


def _share_words(part: int, whole: int) -> str:
    return percent_words(part / whole) if whole else "–"


def _served_groups(title: str, column: str, groups: Iterable[Group], name: Callable[[Group], str]) -> Plot:
    return _served_plot(title, column, [_served_bar(name(group), group) for group in groups])


def _served_plot(title: str, column: str, bars: Sequence[Bar]) -> Plot:
    return Plot(title, (column, _("Share served"), _("Served")), bars)


def _served_bar(label: str, group: Group | Decile) -> Bar:
    share = group.served / group.requests
    facts = {"served": number_words(group.served), "requests": number_words(group.requests)}
    made_of = _("%(served)s of %(requests)s") % facts
    return Bar(label, share, percent_words(share), made_of)


def _counted(rows: Sequence[tuple[str, int]]) -> list[Bar]:
    """Bars as long as their counts; the longest fills the plot."""
    counts = [count for _, count in rows]
    most, total = max(counts, default=1), sum(counts)
    return [
        Bar(label, count / most, number_words(count), percent_words(count / total)) for label, count in rows
    ]


def _days(decile: Decile) -> str:
    if decile.shortest == decile.longest:
        return number_words(decile.shortest)
    return f"{number_words(decile.shortest)}–{number_words(decile.longest)}"


def _from(km: int) -> str:
    return _("%(km)s and more") % {"km": number_words(km)}


def _country(group: Group) -> str:
    code = group.key[0]
    return countries.name(code) or code


def _sport(group: Group) -> str:
    code = group.key[0]
    return str(SPORTS[code].name) if code in SPORTS else code


def _sport_and_category(group: Group) -> str:
    category = group.key[1]
    name = Category(category).label if category in Category.values else category
    return f"{_sport(group)}, {name}"


def _surplus(more: int) -> str:
    if more == 0:
        return _("As many at home as away")
    if more > 0:
        return ngettext("%(count)s more at home", "%(count)s more at home", more) % {"count": more}
    return ngettext("%(count)s more away", "%(count)s more away", -more) % {"count": -more}

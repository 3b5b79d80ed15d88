"""What the engine means, said in the reader's language. The engine itself speaks codes and English."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from exchange.enums import ResultKind
from exchange.models import Result

log = logging.getLogger(__name__)

Facts = Mapping[str, object]

#: Per cent; a smaller gap has too many zeros to read.
LEAST_GAP_TOLD = 0.001

# Why a run came to nothing. Kept on the run in English, said by `failure_words`.
ENGINE_FAILED = gettext_noop(
    "The engine stopped with a fault of its own. An administrator finds it in the log."
)
PLAN_BROKEN = gettext_noop(
    "The plan breaks a rule, so it was not published. An administrator finds it in the log."
)
WORKERS_DIED = gettext_noop("Three workers died over this run, so it was given up.")
OVERTAKEN = gettext_noop("Something changed after this run had begun, and its plan is not possible any more.")
CLASHED = gettext_noop("A team or a venue of this plan was taken in the meantime, so nothing was published.")
RENEWED = gettext_noop("A newer run was published.")

# Why clubs say no, in the order in which it happens. Kept on the invitation in English, before what was
# written beside it, said by `decline_words`.
DECLINES = {
    "date": gettext_noop("The date does not suit us."),
    "squad": gettext_noop("We do not get a team together."),
    "travel": gettext_noop("The trip is too far or too dear."),
    "venue": gettext_noop("We have no venue that day."),
    "level": gettext_noop("The teams are too unequal."),
}


def failure_words(sentence: str) -> str:
    return _(sentence) if sentence else ""


def decline_words(reason: str) -> str:
    """The sentence of the list in the reader's language; what somebody wrote stays as written."""
    for sentence in DECLINES.values():
        if reason == sentence or reason.startswith(f"{sentence} "):
            return _(sentence) + reason.removeprefix(sentence)
    return reason


def day_words(day: date) -> str:
    """Saturday, 6 March 2027."""
    return date_format(day, pgettext("date format", "l, j E Y"))


def moment_words(moment: datetime, zone: tzinfo) -> str:
    """6 March 2027, 18:00 (Europe/Minsk): mails are read far away from where they were written."""
    local = moment.astimezone(zone)
    return f"{date_format(local, 'DATETIME_FORMAT')} ({zone})"


def number_words(value: float) -> str:
    """Whole, grouped as the reader's language does."""
    return number_format(round(value), 0, use_l10n=True, force_grouping=True)


def percent_words(share: float) -> str:
    """Whole percent; 0 % is nobody and 100 % is everybody, never a rounded figure."""
    percent = round(100 * share)
    if 0 < share < 1:
        percent = min(max(percent, 1), 99)
    return _("%(number)s %%") % {"number": percent}


def gap_words(value: int, bound: int) -> str:
    """How far a figure may be from the best one, as a share of that, to two digits."""
    percent = 100 * (bound - value) / max(bound, 1)
    if percent <= 0:
        return _("%(number)s %%") % {"number": 0}
    if percent < LEAST_GAP_TOLD:
        return _("below %(number)s %%") % {"number": number_format(LEAST_GAP_TOLD, 3)}
    digits = max(0, 1 - math.floor(math.log10(percent)))
    # number_format cuts digits off.
    return _("%(number)s %%") % {"number": number_format(round(percent, digits), digits)}


def result_words(result: Result) -> str:
    """78 : 64, the host first; or how it ended without scores."""
    score = score_words(result.host_score, result.guest_score)
    if result.kind == ResultKind.PLAYED or not score:
        return score or result.get_kind_display()
    return _("%(how)s at %(score)s") % {"how": result.get_kind_display(), "score": score}


def score_words(host: int | None, guest: int | None) -> str:
    return "" if host is None or guest is None else f"{host} : {guest}"


def term_words(term: Facts) -> str:
    """One reason for a fixture, as stored: {"name", "points", "of", "params"}."""
    facts = {"points": number_words(term["points"]), "of": number_words(term["of"])}
    match term:
        case {"name": "strength", "params": {"gap": gap}}:
            sentence = ngettext(
                "Rated %(gap)s point apart: %(points)s of %(of)s",
                "Rated %(gap)s points apart: %(points)s of %(of)s",
                round(gap),
            )
            return sentence % {"gap": number_words(gap), **facts}
        case {"name": "distance", "params": {"km": km}}:
            return _("%(km)s km apart: %(points)s of %(of)s") % {"km": number_words(km), **facts}
        case {"name": "prefer", "params": {"wished": 1, "owes": "guest"}}:
            return _("The guest’s club owes a visit: %(points)s of %(of)s") % facts
        case {"name": "prefer", "params": {"wished": 1, "owes": "host"}}:
            return _("The host’s club owes a visit: %(points)s of %(of)s") % facts
        case {"name": "prefer", "params": {"wished": wished}}:
            if wished:
                return _("They asked to meet: %(points)s of %(of)s") % facts
            return _("Neither asked to meet the other: %(points)s of %(of)s") % facts
    return _unknown(term["name"])


def reason_steps(reason: Facts) -> list[str]:
    """The funnel of a request that got nothing: how many others were left after each question."""
    counts = reason["params"]
    if reason["code"] not in _NOBODY or "in_category" not in counts:
        return []
    told = []
    # Reasons of older runs end earlier.
    for question, sentence in _ASKED.items():
        if not counts.get(question):
            break
        km = number_words(counts.get("km", 0))
        told.append(
            sentence(counts[question], "km" in counts) % {"count": number_words(counts[question]), "km": km}
        )
    return told


def reason_end(reason: Facts) -> str:
    """Which question of the funnel left nobody."""
    code = reason["code"]
    facts = reason["params"]
    if code not in _NOBODY or not (code == "no_category" or "in_category" in facts):
        return _unknown(code)
    if code == "too_far" and "km" in facts:
        sentence = _("None of these is within reach; this team travels %(km)s km at most.")
        return sentence % {"km": number_words(facts["km"])}
    return _NOBODY[code]()


#: In the order of the engine's questions: of how many, and whether the limits are known. Sentences of their
#: own, since each has its plural.
_ASKED: dict[str, Callable[[int, bool], str]] = {
    "in_category": lambda n, _known: ngettext(
        "%(count)s other team asks in this category.", "%(count)s other teams ask in this category.", n
    ),
    "abroad": lambda n, _known: ngettext(
        "%(count)s of them is of another university.", "%(count)s of them are of other universities.", n
    ),
    "common_date": lambda n, _known: ngettext(
        "%(count)s of them has a day in common.", "%(count)s of them have a day in common.", n
    ),
    "within_reach": lambda n, known: (
        ngettext(
            "%(count)s of these is within reach; this team travels %(km)s km at most.",
            "%(count)s of these are within reach; this team travels %(km)s km at most.",
            n,
        )
        if known
        else ngettext("%(count)s of these is within reach.", "%(count)s of these are within reach.", n)
    ),
    "balanced": lambda n, _known: ngettext(
        "%(count)s of these is close enough in rating.", "%(count)s of these are close enough in rating.", n
    ),
    "willing": lambda n, _known: ngettext(
        "%(count)s of these would play against this team.",
        "%(count)s of these would play against this team.",
        n,
    ),
    "movable": lambda n, _known: ngettext(
        "%(count)s of these could make room then, giving up one fixture at most.",
        "%(count)s of these could make room then, giving up one fixture at most.",
        n,
    ),
    "free": lambda n, _known: ngettext(
        "%(count)s of these has room then as it is.", "%(count)s of these have room then as it is.", n
    ),
    "placed": lambda n, _known: ngettext(
        "For %(count)s of these the venue has a place, too.",
        "For %(count)s of these the venue has a place, too.",
        n,
    ),
}
_NOBODY: dict[str, Callable[[], str]] = {
    "no_category": lambda: _("Nobody else asks for fixtures in this sport and category."),
    "own_university": lambda: _("All are of the same university."),
    "no_common_date": lambda: _("None has a day in common."),
    "too_far": lambda: _("None of these is within reach."),
    "too_unequal": lambda: _("None of these is close enough in rating."),
    "refused": lambda: _("All of these are avoided, or have said no in this season."),
    "no_room": lambda: _("None of these has room on those days, whichever one fixture it gave up."),
    "all_busy": lambda: _(
        "All of these play someone else then, and no better plan was found in which one plays this team."
    ),
    "hall_full": lambda: _("No venue has a place left on those days."),
    "undecided": lambda: _("The run ended before all of these were tried."),
}


def advice_words(advice: Facts | None) -> str:
    """What would help most; empty when nothing small would."""
    match advice:
        case None:
            return ""
        case {"code": "travel_further", "params": {"km": km, "opponents": more}}:
            sentence = ngettext(
                "Travelling %(by)s km further would add %(count)s possible opponent.",
                "Travelling %(by)s km further would add %(count)s possible opponents.",
                more,
            )
            by = number_words(km)
        case {"code": "host_on", "params": {"day": day, "opponents": more}}:
            sentence = ngettext(
                "Hosting on %(by)s would add %(count)s possible opponent.",
                "Hosting on %(by)s would add %(count)s possible opponents.",
                more,
            )
            by = day_words(date.fromisoformat(day))
        case {"code": "travel_on", "params": {"day": day, "opponents": more}}:
            sentence = ngettext(
                "Travelling on %(by)s would add %(count)s possible opponent.",
                "Travelling on %(by)s would add %(count)s possible opponents.",
                more,
            )
            by = day_words(date.fromisoformat(day))
        case {"code": "accept_gap", "params": {"points": points, "opponents": more}}:
            sentence = ngettext(
                "A gap in rating larger by %(by)s would add %(count)s possible opponent.",
                "A gap in rating larger by %(by)s would add %(count)s possible opponents.",
                more,
            )
            by = number_words(points)
        case _:
            return _unknown(advice["code"])
    return sentence % {"by": by, "count": number_words(more)}


def cost_words(other: Facts) -> str:
    """What an alternative would cost the whole plan, as stored: {"cost", "source"}."""
    match other:
        case {"source": "duals", "cost": {"served": 0, "waiting_days": 0, "quality": 0}}:
            return _("The whole plan might lose nothing.")
        case {"source": "duals", "cost": {"served": 0, "waiting_days": 0, "quality": points}}:
            sentence = ngettext(
                "The whole plan would lose at least %(count)s point.",
                "The whole plan would lose at least %(count)s points.",
                points,
            )
            return sentence % {"count": number_words(points)}
    return _unknown(other["source"])


def _unknown(code: object) -> str:
    """A newer engine's word in an older portal: better its name than no page."""
    log.warning("no words for %r", code)
    return str(code).replace("_", " ")

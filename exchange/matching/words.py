"""Reasons in English. Other languages render `Reason.code` and `.params` through tables of their own."""

from __future__ import annotations

from .types import Alternative, Objective, Reason

#: The steps of the funnel, filled with the reason's parameters; told where they lose somebody.
STEPS: dict[str, str] = {
    "in_category": "in the category {in_category}",
    "abroad": "of other universities {abroad}",
    "common_date": "with a common date {common_date}",
    "within_reach": "within reach ({km:.0f} km at most as a guest) {within_reach}",
    "balanced": "close in rating {balanced}",
    "willing": "not avoided or forbidden {willing}",
    "movable": "could make room {movable}",
    "free": "with room {free}",
    "placed": "with a place at the venue {placed}",
}
#: Why the last step left nobody, with the parameters of the step before it.
ENDS: dict[str, str] = {
    "no_category": "nobody else in this pool plays this sport and category",
    "own_university": "all are of the same university",
    "no_common_date": "none has a common date",
    "too_far": "none is within reach ({km:.0f} km at most as a guest)",
    "too_unequal": "none is close enough in rating",
    "refused": "all are avoided or forbidden",
    "no_room": "none has room then, whichever one fixture it gave up",
    "all_busy": "all {movable} play someone else then, and no better plan was found without that",
    "hall_full": "no venue has a place then",
    "undecided": "the run ended before all of them were tried",
}
ADVICE: dict[str, str] = {
    "travel_further": "travelling {km} km further would add {opponents} possible opponents",
    "host_on": "hosting on {day} would add {opponents} possible opponents",
    "travel_on": "travelling on {day} would add {opponents} possible opponents",
    "accept_gap": "accepting a gap of {points} more rating points would add {opponents} possible opponents",
}
LOSSES: dict[str, tuple[str, str]] = {
    "served": ("request served", "requests served"),
    "waiting_days": ("waiting day served", "waiting days served"),
    "quality": ("point", "points"),
}


def english(reason: Reason) -> str:
    if reason.code in ADVICE:
        return ADVICE[reason.code].format(**reason.params)
    told, before = [], None
    for name, sentence in STEPS.items():
        count = reason.params.get(name, 0)
        # A step that everybody passed tells nothing.
        if count and count != before:
            told.append(sentence.format(**reason.params))
        before = count
    return " → ".join([*told, ENDS[reason.code].format(**reason.params)])


def english_cost(alternative: Alternative) -> str:
    """E.g. "the whole plan would lose at least 35 points (from the duals)"."""
    source = "from the duals" if alternative.source == "duals" else "solved again"
    if alternative.cost == Objective(0, 0, 0):
        least = alternative.source == "duals" or not alternative.proven
        return f"the whole plan would {'perhaps ' if least else ''}lose nothing ({source})"
    holds = {"duals": "at least ", "resolve": "" if alternative.proven else "at most "}[alternative.source]
    return f"the whole plan would lose {holds}{_lost(alternative.cost)} ({source})"


def _lost(cost: Objective) -> str:
    """The figures that change, the weightiest first; what is won along with a loss is said after it."""
    lost = [_counted(name, value) for name, value in cost._asdict().items() if value > 0]
    won = [_counted(name, -value) for name, value in cost._asdict().items() if value < 0]
    if lost and won:
        return f"{' and '.join(lost)}, and win {' and '.join(won)}"
    return " and ".join(lost) if lost else f"nothing, and win {' and '.join(won)}"


def _counted(name: str, value: int) -> str:
    one, many = LOSSES[name]
    return f"{value:,} {one if value == 1 else many}"

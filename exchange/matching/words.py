"""Reasons in English. Other languages render `Reason.code` and `.params` through tables of their own."""

from __future__ import annotations

from .types import Reason

#: One sentence a code, filled with the reason's parameters by `str.format`.
SENTENCES: dict[str, str] = {
    "no_category": "nobody else in this pool plays this sport and category",
    "own_university": "all {in_category} others in the category are of the same university",
    "no_common_date": "{in_category} others in the category, none with a common date",
    "too_far": "{in_category} in the category, {common_date} with a common date, none within reach",
    "too_unequal": (
        "{in_category} in the category, {common_date} with a common date, {within_reach} within reach, "
        "none close enough in rating"
    ),
    "refused": (
        "{in_category} in the category, {common_date} with a common date, {within_reach} within reach, "
        "{balanced} close in rating, all of them avoided or forbidden"
    ),
    "all_busy": (
        "{in_category} in the category, {common_date} with a common date, {within_reach} within reach, "
        "{balanced} close in rating, {willing} willing: all {willing} play others or have no room then"
    ),
    "travel_further": "travelling {km} km further would add {opponents} possible opponents",
    "host_on": "hosting on {day} would add {opponents} possible opponents",
    "travel_on": "travelling on {day} would add {opponents} possible opponents",
    "accept_gap": "accepting a gap of {points} more rating points would add {opponents} possible opponents",
}


def english(reason: Reason) -> str:
    return SENTENCES[reason.code].format(**reason.params)

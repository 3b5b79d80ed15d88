"""Journals and series: the International Standard Serial Number."""

import re

from django.utils.translation import gettext as _

from .quoted import quoted

ISSN = re.compile(
    r"(?:https?://portal\.issn\.org/resource/issn/|(?:urn:)?e?issn[:\s]\s*)?([0-9]{4})-?([0-9]{3}[0-9x])"
)


def check_issn(text: str) -> str:
    """Eight characters with a hyphen. Raises ValueError, with a sentence for people.

    Source: ISSN Manual, 2.1: the digits weigh 8 to 2, and with the last, X being 10, make a multiple of 11.
    """
    found = ISSN.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(
            _("“%(text)s” is not an ISSN; it has two groups of four digits, such as 0317-8471.")
            % {"text": quoted(text)}
        )
    issn = f"{found[1]}-{found[2]}".upper()
    if issn[-1] != issn_check_digit(issn[:-1]):
        raise ValueError(
            _("The ISSN %(issn)s has a wrong check digit; please copy it from the journal once more.")
            % {"issn": issn}
        )
    return issn


def issn_check_digit(body: str) -> str:
    digits = [int(digit) for digit in body.replace("-", "")]
    total = sum(digit * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True))
    return "0123456789X"[-total % 11]

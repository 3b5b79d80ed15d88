"""Organisations: the Research Organization Registry."""

import re

from django.utils.translation import gettext as _

from .quoted import quoted

#: Douglas Crockford's base 32 leaves out i, l, o and u: https://www.crockford.com/base32.html
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"

# ROR's published pattern, without the bar that slipped into its brackets.
ROR_ID = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?")


def check_ror(text: str) -> str:
    """The bare, lower-case id in `text`: an address, `ror.org/…` or the id itself.

    Raises ValueError, with a sentence for people, when the form or the check digits are wrong.

    Source: https://ror.readme.io/docs/ror-identifier-pattern. The last two digits are those of
    ISO/IEC 7064 MOD 97-10 over the number that the characters before them write in base 32.
    """
    found = ROR_ID.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(
            _(
                "“%(text)s” is not a ROR id; it has a zero, six letters or digits and two check digits,"
                " such as 05gqaka33."
            )
            % {"text": quoted(text)}
        )
    ror = found[1]
    if ror[-2:] != ror_check_digits(ror[:-2]):
        raise ValueError(
            _("The ROR id %(ror)s has a wrong check digit; please copy it from ror.org once more.")
            % {"ror": ror}
        )
    return ror


def ror_check_digits(body: str) -> str:
    number = 0
    for character in body:
        number = number * len(CROCKFORD) + CROCKFORD.index(character)
    return f"{98 - number * 100 % 97:02d}"

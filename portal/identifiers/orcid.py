"""People: the Open Researcher and Contributor ID."""

import re

from django.utils.translation import gettext as _

from .quoted import quoted

ORCID_ID = re.compile(
    r"(?:https?://)?(?:(?:www\.)?orcid\.org/)?([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9x])/?"
)


def check_orcid(text: str) -> str:
    """Sixteen characters with hyphens, whether `text` is an address, has hyphens or has none.

    Raises ValueError, with a sentence for people, when the form or the check digit is wrong.

    Source: https://support.orcid.org/hc/en-us/articles/360006897674. The last character is the check digit
    of ISO/IEC 7064 MOD 11-2 over the fifteen before it.
    """
    found = ORCID_ID.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(
            _(
                "“%(text)s” is not an ORCID iD; it has four groups of four digits,"
                " such as 0000-0002-1825-0097."
            )
            % {"text": quoted(text)}
        )
    orcid = "-".join(found.groups()).upper()
    if orcid[-1] != orcid_check_digit(orcid[:-1]):
        raise ValueError(
            _("The ORCID iD %(orcid)s has a wrong check digit; please copy it from orcid.org once more.")
            % {"orcid": orcid}
        )
    return orcid


def orcid_check_digit(body: str) -> str:
    """Hyphens do not count."""
    total = 0
    for digit in body.replace("-", ""):
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def orcid_url(orcid: str) -> str:
    return f"https://orcid.org/{orcid}"

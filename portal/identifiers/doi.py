"""Works and activities: Digital Object Identifiers, and RAiDs, which are some of them.

No digit of theirs checks the others, so only the form can be wrong.
"""

import re
from urllib.parse import unquote

from django.utils.translation import gettext as _

from .quoted import quoted

#: A registrant's number may be parted by points; the suffix is whatever the registrant wrote.
#: Source: DOI Handbook, 2.2, https://doi.org/10.1000/182
DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f]+")
DOI_ADDRESS = re.compile(r"(?i)(?:https?://)?(?:dx\.|www\.)?doi\.org/")
RAID_ADDRESS = re.compile(r"(?i)(?:https?://)?(?:www\.)?(?:raid|doi)\.org/")
LABEL = re.compile(r"(?i)(?:doi|raid)\s*:\s*")
#: RAiD's own software makes suffixes of these.
RAID = re.compile(r"10\.[0-9]+(?:\.[0-9]+)*/[0-9a-z][0-9a-z._-]*")

CAPITALS = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def check_doi(text: str) -> str:
    """The bare DOI in small letters, in which `text` may be an address, `doi:…` or the DOI itself.

    Raises ValueError, with a sentence for people, when it is none. Two DOIs that differ in the case of
    ASCII letters alone are the same one.
    """
    doi = _bare(text, DOI_ADDRESS)
    if not DOI.fullmatch(doi):
        raise ValueError(
            _("“%(text)s” is not a DOI; it begins with 10., a number and a slash, such as 10.1000/182.")
            % {"text": quoted(text)}
        )
    return doi


def check_raid(text: str) -> str:
    """The bare RAiD in small letters; `text` may be an address at raid.org or doi.org, or the RAiD itself.

    Raises ValueError, with a sentence for people. Source: https://metadata.raid.org, identifier.id.
    """
    raid = _bare(text, RAID_ADDRESS)
    if not RAID.fullmatch(raid):
        raise ValueError(
            _("“%(text)s” is not a RAiD; it looks like https://raid.org/10.12345/ab12cd34.")
            % {"text": quoted(text)}
        )
    return raid


def _bare(text: str, address: re.Pattern[str]) -> str:
    """In an address some characters of the suffix are written with per cent signs."""
    bare = LABEL.sub("", text.strip(), count=1) if LABEL.match(text.strip()) else text.strip()
    found = address.match(bare)
    return (unquote(bare[found.end() :]) if found else bare).translate(CAPITALS)


def doi_url(doi: str) -> str:
    return f"https://doi.org/{doi}"


def raid_url(raid: str) -> str:
    return f"https://raid.org/{raid}"

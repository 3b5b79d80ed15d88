from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Those of the protocol that can happen here: all items have formats, and there are sets."""

    BAD_ARGUMENT = "badArgument"
    BAD_TOKEN = "badResumptionToken"  # noqa: S105 - a word of the protocol
    BAD_VERB = "badVerb"
    NO_SUCH_FORMAT = "cannotDisseminateFormat"
    NO_SUCH_ID = "idDoesNotExist"
    NOTHING_FITS = "noRecordsMatch"


class OaiFault(Exception):
    """Written for machines and those who program them: in English, as the protocol's own words are."""

    def __init__(self, code: Code, text: str) -> None:
        super().__init__(text)
        self.code = code

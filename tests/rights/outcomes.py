"""What a request may come to, by name, so that the table reads without numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from django.http import HttpResponseBase

SIGN_IN_PATHS = ("/accounts/login/", "/cms/login/")
CMS_HOME = "/cms/"


class Outcome(Enum):
    OK = "shown (200)"
    #: What was sent does not do: the form comes again and nothing has changed.
    AGAIN = "asked again (200)"
    DONE = "done (201, 204)"
    SIGN_IN = "asked to sign in (302)"
    #: What is not yours does not exist.
    HIDDEN = "not found (404)"
    #: Wagtail's way of saying no: 403, or back to the admin's home with a message.
    REFUSED = "refused (403, or 302 to the admin's home)"
    POST_ONLY = "for POST only (405)"
    MOVED = "led on to another page (301, 302)"
    FAULTY = "faulty (400)"
    #: Wagtail's own trial of the page for errors.
    BREAKS = "breaks (500)"


#: A change that was refused came to one of these.
REFUSALS = (Outcome.SIGN_IN, Outcome.HIDDEN, Outcome.REFUSED, Outcome.POST_ONLY)
#: After these nothing may have changed.
CHANGES_NOTHING = (*REFUSALS, Outcome.AGAIN, Outcome.FAULTY)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one role meets: at its own university's object and at another's."""

    own: Outcome
    other: Outcome


def outcome_of(response: HttpResponseBase) -> Outcome | str:
    """The name of what came back; a status the table has no name for is returned as it is."""
    if response.status_code in (301, 302):
        return _led(urlsplit(response["Location"]).path)
    return BY_STATUS.get(response.status_code, f"status {response.status_code}")


def _led(path: str) -> Outcome:
    if path in SIGN_IN_PATHS:
        return Outcome.SIGN_IN
    return Outcome.REFUSED if path == CMS_HOME else Outcome.MOVED


BY_STATUS = {
    200: Outcome.OK,
    201: Outcome.DONE,
    204: Outcome.DONE,
    400: Outcome.FAULTY,
    403: Outcome.REFUSED,
    404: Outcome.HIDDEN,
    405: Outcome.POST_ONLY,
    500: Outcome.BREAKS,
}

"""What the demonstration says when it stands."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from portal.models import University

from .houses import houses
from .people import HOME
from .progress import WIDTH


def figures() -> Iterator[str]:
    members = University.objects.members().order_by()
    countries = members.values("country").distinct().count()
    yield ""
    yield f"{'Universities':<{WIDTH}} {members.count():,} in {countries} countries"
    for house in houses():
        for name, value in house.figures():
            yield f"{name:<{WIDTH}} {value}"


def logins() -> Iterator[str]:
    base, home = settings.BASE_URL, University.objects.get(ror=HOME)
    yield ""
    yield f"The portal runs on {base}"
    yield f"Sign in on {base}/accounts/login/ with the password {settings.DEMO_PASSWORD} as"
    yield f"  coordinator@example.org     who coordinates {home}: {base}/cms/"
    yield f"  officer@example.org         who acts for its club: {base}/exchange/"
    yield f"  guest-officer@example.org   who acts for clubs it may meet: {base}/exchange/"
    yield f"  researcher@example.org      who leads a project: {base}/research/"
    yield "  administrator@example.org   who may do everything"
    if settings.MAIL_CATCHER_DIR is not None:
        yield f"All mail is caught: {base}/mailbox/"
    yield "Ctrl-C ends it."

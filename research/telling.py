"""How all mails of research that lead to one page are handed to the portal."""

from __future__ import annotations

from datetime import datetime

from portal.models import User
from portal.notices import notify


def tell(
    person: User,
    kind: str,
    dedupe_key: str,
    context: dict[str, object],
    now: datetime,
    *,
    template: str = "",
) -> None:
    """`context["url"]` is where it leads; `template` is called as the kind, unless kinds share one."""
    notify(
        person=person,
        kind=kind,
        dedupe_key=dedupe_key,
        template=f"research/{template or kind}",
        context=context,
        link=context["url"],
        now=now,
    )

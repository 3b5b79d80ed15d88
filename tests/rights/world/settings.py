"""What the portal itself keeps: people, groups, redirects, mail that came in."""

from __future__ import annotations

from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from portal.inbound.read import read_mail
from portal.inbound.store import store_mail
from portal.models import JoinRequest
from portal.outbox import enqueue_mail, suppress_address
from tests.factories import UniversityFactory, UserFactory

from .sides import World

LETTER = b"From: ann@example.org\r\nSubject: Hello\r\n\r\nGood day.\r\n"


def add_settings(world: World) -> None:
    now = timezone.now()
    redirect = Redirect.objects.create(old_path="/old", redirect_link="https://example.org/")
    world.shared["redirect"] = {"redirect_id": redirect.pk}
    world.shared["incoming"] = {"pk": read_mail(mail_id=store_mail(LETTER, now=now).pk, now=now).pk}
    suppression = suppress_address(address="gone@example.org", status="", diagnostic="", mail=None, now=now)
    world.shared["suppression"] = {"pk": suppression.pk}
    outgoing = enqueue_mail(
        kind="t", dedupe_key="t", recipient="ann@example.org", subject="t", text="t", html="", now=now
    )
    world.shared["outgoing"] = {"pk": outgoing.pk}
    newcomer = UniversityFactory(joined_at=None)
    world.shared["newcomer"] = {"ror": newcomer.ror}
    asked = JoinRequest.objects.create(
        university=newcomer, asked_by=UserFactory(), name="Ann", position="Head", office_email="a@example.org"
    )
    world.shared["joining"] = {"pk": asked.pk}
    for side in world.sides.values():
        person = side.people["staff"]
        side.objects["person"] = {"pk": person.pk}
        side.objects["group"] = {"pk": person.groups.get().pk}

from __future__ import annotations

from celery import shared_task
from django.utils import timezone
from wagtail.models import Page

from portal.actions import inbound
from portal.actions.digests import send_digests as write_digests
from portal.actions.pages import publish_scheduled_pages
from portal.actions.pictures import cut_pictures as draw_and_cut
from portal.outbox import drain
from portal.search.keep import index_all


@shared_task(name="portal.drain_outbox", ignore_result=True)
def drain_outbox(**_later: object) -> None:
    drain(now=timezone.now())


@shared_task(name="portal.send_digests", ignore_result=True)
def send_digests(**_later: object) -> None:
    write_digests(now=timezone.now())


@shared_task(name="portal.publish_scheduled", ignore_result=True)
def publish_scheduled(**_later: object) -> None:
    publish_scheduled_pages()


@shared_task(name="portal.read_mailbox", ignore_result=True)
def read_mailbox(**_later: object) -> None:
    inbound.read_mailbox(now=timezone.now())


@shared_task(name="portal.forget_incoming_mail", ignore_result=True)
def forget_incoming_mail(**_later: object) -> None:
    inbound.forget_mail(now=timezone.now())


@shared_task(name="portal.index_search", ignore_result=True)
def index_search(**_later: object) -> None:
    """What was renamed without its pages being saved, as a university by the register, is found again."""
    index_all()


@shared_task(name="portal.cut_pictures", ignore_result=True)
def cut_pictures(page: int, **_later: object) -> None:
    found = Page.objects.live().filter(pk=page).first()
    if found is not None:
        draw_and_cut(page=found.specific)

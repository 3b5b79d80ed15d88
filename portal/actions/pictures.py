"""Sizes of pictures, cut before the first visitor would wait for them."""

from __future__ import annotations

import logging

from django.contrib.auth.models import AnonymousUser
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page

from portal.blocks.body import pictures_in
from portal.enqueue import enqueue
from portal.models import ArticlePage

log = logging.getLogger(__name__)


def page_published(*, instance: Page, **_signal: object) -> None:
    """Pages without pictures have nothing to cut."""
    shown = [getattr(instance, "picture", None), *pictures_in(getattr(instance, "body", None))]
    if any(shown):
        enqueue("portal.cut_pictures", page=instance.pk)


def cut_pictures(*, page: Page) -> None:
    """Draws the page as a visitor would, and of an article those above it, which list it.

    That cuts what their templates ask for: no other place names the sizes. One that cannot be cut is told
    in the log by the tag, and tried again by the next who draws the page.
    """
    drawn = [page]
    if isinstance(page, ArticlePage):
        drawn += page.get_ancestors().live().filter(depth__gt=1).specific()
    for one in drawn:
        _draw(one)


def _draw(page: Page) -> None:
    with translation.override(page.locale.language_code):
        request = get_dummy_request(path=page.url or "/")
        request.user = AnonymousUser()
        response = page.serve(request)
        if isinstance(response, TemplateResponse):
            response.render()

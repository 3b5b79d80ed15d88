"""Pictures are cut when a page is published, and one that cannot be cut breaks no page."""

from __future__ import annotations

import re

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from wagtail.images.models import Image, Rendition

from portal.actions.pages import publish_new_page
from portal.actions.pictures import cut_pictures
from portal.actions.site import lay_out_site
from portal.models import ArticlePage, HomePage, NewsIndexPage

from .pictures import LEAVES_FILES, picture

pytestmark = [pytest.mark.django_db, *LEAVES_FILES]

NOW = timezone.now()


@pytest.fixture
def article(db: None) -> ArticlePage:
    lay_out_site(now=NOW)
    home = HomePage.objects.order_by("pk").first()
    news = publish_new_page(page=NewsIndexPage(title="News", slug="news"), parent=home, now=NOW)
    page = ArticlePage(title="Won", slug="won", picture=picture(size=(1600, 900)), picture_alt="A boat")
    return publish_new_page(page=page, parent=news, now=NOW)


def test_all_sizes_are_there_before_the_first_visitor_comes(client: Client, article: ArticlePage):
    cut_pictures(page=article)
    cut = set(Rendition.objects.values_list("pk", flat=True))
    assert len(cut) >= 12
    for address in (article.url, article.get_parent().url, HomePage.objects.order_by("pk").first().url):
        assert "<picture>" in client.get(address).text
    assert set(Rendition.objects.values_list("pk", flat=True)) == cut


@pytest.mark.parametrize("fault", [OperationalError("database is locked"), OSError("no space left")])
def test_a_size_that_cannot_be_cut_costs_the_page_only_that(
    client: Client, article: ArticlePage, monkeypatch: pytest.MonkeyPatch, fault: Exception
):
    def fails(*_arguments: object) -> None:
        raise fault

    monkeypatch.setattr(Image, "get_renditions", fails)
    answer = client.get(article.url)
    assert answer.status_code == 200
    (shown,) = [tag for tag in re.findall(r"<img[^>]*>", answer.text) if article.picture.file.url in tag]
    assert 'width="1600"' in shown
    assert 'height="900"' in shown

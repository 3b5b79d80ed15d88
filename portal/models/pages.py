from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from portal.blocks import BodyBlock

from .ancestry import KnowsAncestors
from .bound_pages import BoundPage
from .spoken import SpokenPage
from .universities import University


class HomePage(SpokenPage, KnowsAncestors, Page):
    standing_title = _("Where universities meet to play and to study sport")

    lead = models.TextField(_("lead"), blank=True, help_text=_("One or two sentences under the title."))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["portal.UniversityIndexPage", "portal.NewsIndexPage", "portal.StandardPage"]
    max_count = 1
    template = "portal/home_page.html"

    content_panels = [*Page.content_panels, "lead", "body"]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")


class StandardPage(SpokenPage, Page):
    #: Once live it is public, like all pages here; nothing that lists pages has to ask who is reading.
    private_page_options: list[str] = []

    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["portal.HomePage", "portal.StandardPage", "portal.UniversityPage"]
    subpage_types = ["portal.StandardPage"]
    template = "portal/standard_page.html"

    content_panels = [*Page.content_panels, "lead", "body"]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")


class UniversityIndexPage(SpokenPage, Page):
    standing_title = _("Universities")

    lead = models.TextField(_("lead"), blank=True)

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.UniversityPage"]
    max_count = 1
    template = "portal/university_index_page.html"

    content_panels = [*Page.content_panels, "lead"]

    class Meta:
        verbose_name = _("list of universities")


class UniversityPage(BoundPage, Page):
    """What a university writes about itself; the facts stand in its `University` row."""

    university = models.ForeignKey(
        University, on_delete=models.PROTECT, related_name="pages", verbose_name=_("university")
    )
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ol", "ul"])
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    # Made by the action that lets a university join: rights and groups come with it.
    parent_page_types = ["portal.UniversityIndexPage"]
    subpage_types = [
        "portal.NewsIndexPage",
        "portal.StandardPage",
        "exchange.ClubIndexPage",
        "exchange.VenueIndexPage",
        "research.ProjectIndexPage",
    ]
    template = "portal/university_page.html"

    content_panels = [*Page.content_panels, FieldPanel("university", read_only=True), "intro", "body"]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        index.RelatedFields("university", [index.SearchField("name"), index.SearchField("city")]),
    ]

    class Meta:
        verbose_name = _("university page")

    @property
    def standing_title(self) -> str:
        return str(self.university)

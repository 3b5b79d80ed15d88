from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from portal.blocks import BodyBlock
from portal.models.bound_pages import BoundPage
from portal.models.page_starts import OutlineForm
from portal.models.spoken import SpokenPage

from .clubs import Club


class ClubIndexPage(SpokenPage, Page):
    standing_title = _("Clubs")
    private_page_options: list[str] = []

    lead = models.TextField(_("lead"), blank=True)

    parent_page_types = ["portal.UniversityPage"]
    subpage_types = ["exchange.ClubPage"]
    max_count_per_parent = 1
    template = "exchange/club_index_page.html"

    content_panels = [*Page.content_panels, "lead"]

    class Meta:
        verbose_name = _("list of clubs")


class ClubPage(BoundPage, Page):
    """What a club writes about itself; the facts stand in its `Club` row."""

    club = models.ForeignKey(Club, on_delete=models.PROTECT, related_name="pages", verbose_name=_("club"))
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ol", "ul"])
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    # Made by the action that founds a club.
    parent_page_types = ["exchange.ClubIndexPage"]
    subpage_types: list[str] = []
    template = "exchange/club_page.html"
    base_form_class = OutlineForm

    content_panels = [*Page.content_panels, FieldPanel("club", read_only=True), "intro", "body"]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
        index.RelatedFields("club", [index.SearchField("name")]),
    ]

    class Meta:
        verbose_name = _("club page")

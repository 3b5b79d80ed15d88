from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from portal.blocks import BodyBlock
from portal.models.ancestry import KnowsAncestors
from portal.models.bound_pages import BoundPage
from portal.models.spoken import SpokenPage

from .clubs import Venue


class VenueIndexPage(SpokenPage, KnowsAncestors, Page):
    standing_title = _("Venues")
    private_page_options: list[str] = []

    lead = models.TextField(_("lead"), blank=True)

    parent_page_types = ["portal.UniversityPage"]
    subpage_types = ["exchange.VenuePage"]
    max_count_per_parent = 1
    template = "exchange/venue_index_page.html"
    page_description = _("The list of your venues' pages. The first page of a venue makes it by itself.")

    content_panels = [*Page.content_panels, "lead"]

    class Meta:
        verbose_name = _("list of venues")


class VenuePage(BoundPage, Page):
    """How to get to a venue and what to know of it; the facts stand in its `Venue` row."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="pages", verbose_name=_("venue"))
    directions = RichTextField(
        _("how to get there"),
        blank=True,
        features=["bold", "italic", "link", "ol", "ul"],
        help_text=_("From the station, by car, which entrance, where to park."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    # Made by the action that publishes a venue's page.
    parent_page_types = ["exchange.VenueIndexPage"]
    subpage_types: list[str] = []
    template = "exchange/venue_page.html"

    content_panels = [*Page.content_panels, FieldPanel("venue", read_only=True), "directions", "body"]
    search_fields = [
        *Page.search_fields,
        index.SearchField("directions"),
        index.SearchField("body"),
        index.RelatedFields("venue", [index.SearchField("name"), index.SearchField("town")]),
    ]

    class Meta:
        verbose_name = _("venue page")

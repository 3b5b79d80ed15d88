from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from portal.blocks import BodyBlock
from portal.models.bound_pages import BoundPage
from portal.models.spoken import SpokenPage

from .projects import Project


class ProjectIndexPage(SpokenPage, Page):
    #: Of the navigation: it lies below its university.
    section = "research"
    standing_title = _("Projects")
    private_page_options: list[str] = []

    lead = models.TextField(_("lead"), blank=True)

    parent_page_types = ["portal.UniversityPage"]
    subpage_types = ["research.ProjectPage"]
    max_count_per_parent = 1
    template = "research/project_index_page.html"

    content_panels = [*Page.content_panels, "lead"]

    class Meta:
        verbose_name = _("list of projects")


class ProjectPage(BoundPage, Page):
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="pages", verbose_name=_("project")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    #: In a draft of a published page: title, acronym, summary that the project takes over with it.
    words = models.JSONField(default=dict, blank=True, editable=False)
    section = "research"

    parent_page_types = ["research.ProjectIndexPage"]
    subpage_types: list[str] = []
    template = "research/project_page.html"
    #: A translation takes nothing over: the words are those of the page that was written first.
    exclude_fields_in_copy = ["words"]

    content_panels = [*Page.content_panels, FieldPanel("project", read_only=True), "body"]
    search_fields = [
        *Page.search_fields,
        index.SearchField("body"),
        index.FilterField("project"),
        index.RelatedFields(
            "project",
            [
                index.SearchField("title", boost=2),
                index.SearchField("summary"),
                index.SearchField("acronym"),
                index.SearchField("keywords"),
                index.AutocompleteField("title"),
                index.AutocompleteField("summary"),
                index.RelatedFields(
                    "lead",
                    [
                        index.SearchField("name"),
                        index.SearchField("city"),
                        index.AutocompleteField("name"),
                        index.AutocompleteField("city"),
                    ],
                ),
            ],
        ),
    ]

    class Meta:
        verbose_name = _("project page")

    @property
    def said_title(self) -> str:
        return self.words.get("title", self.project.title)

    @property
    def said_acronym(self) -> str:
        return self.words.get("acronym", self.project.acronym)

    @property
    def said_summary(self) -> str:
        return self.words.get("summary", self.project.summary)

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from portal.blocks import BodyBlock

from .ancestry import KnowsAncestors
from .page_starts import NewPageForm
from .spoken import SpokenPage


class NewsIndexPage(SpokenPage, KnowsAncestors, Page):
    """The news of whatever it stands below: of one university, or below the home page of all."""

    standing_title = _("News")
    private_page_options: list[str] = []

    lead = models.TextField(_("lead"), blank=True, help_text=_("One or two sentences under the title."))

    parent_page_types = ["portal.HomePage", "portal.UniversityPage"]
    subpage_types = ["portal.ArticlePage"]
    max_count_per_parent = 1
    template = "portal/news_index_page.html"
    page_description = _("The list of your news; articles are written below it.")
    base_form_class = NewPageForm
    #: What the form of a new page begins with.
    start = {"title": _("News"), "slug": "news"}

    content_panels = [*Page.content_panels, "lead"]

    class Meta:
        verbose_name = _("news")


class ArticleForm(WagtailAdminPageForm):
    def clean(self):
        cleaned = super().clean()
        described = cleaned.get("picture_alt") or cleaned.get("picture_decorative")
        if cleaned.get("picture") and not described and not self.is_deferred_validation:
            said = gettext("Say what the picture shows, or tick that it only decorates.")
            self.add_error("picture_alt", ValidationError(said))
        return cleaned


class ArticlePage(SpokenPage, KnowsAncestors, Page):
    private_page_options: list[str] = []
    #: Open Graph's word for it; all other pages are a "website".
    shared_as = "article"

    date = models.DateField(
        _("date"), default=timezone.localdate, help_text=_("The newest stands first in the list.")
    )
    lead = models.TextField(
        _("lead"), blank=True, max_length=400, help_text=_("One or two sentences; lists and feeds show them.")
    )
    author = models.CharField(
        _("author"), blank=True, max_length=120, help_text=_("As readers see it: “Anna Novik, rowing club”.")
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        blank=True,
        max_length=250,
        help_text=_("Read out to those who do not see it."),
    )
    picture_decorative = models.BooleanField(_("the picture only decorates"), default=False)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["portal.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "portal/article_page.html"
    page_description = _("One piece of news, with a date.")
    base_form_class = ArticleForm

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(["date", "author"], heading=_("When and by whom")),
        "lead",
        MultiFieldPanel([FieldPanel("picture"), "picture_alt", "picture_decorative"], heading=_("Picture")),
        "body",
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("article")

    @property
    def alt(self) -> str:
        return "" if self.picture_decorative else self.picture_alt

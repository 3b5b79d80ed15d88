"""Any search among projects as an Atom feed: what came to fit last stands first."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from portal.page_cache import kept_for_visitors
from research.enums import Theme
from research.facet_words import search_in_words
from research.models import ProjectPage
from research.queries.projects import newest_fitting
from research.searching import Sought, read_search

#: Projects in a feed.
MOST = 50
#: When a feed in which nothing stands was changed: its bytes stay the same from one visit to the next.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class SteadyAtom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NEVER


class ProjectFeed(Feed):
    feed_type = SteadyAtom

    def get_object(self, request: HttpRequest) -> Sought:
        return request.sought

    def title(self, sought: Sought) -> str:
        words = search_in_words(sought)
        return ": ".join([_("Joint research"), ", ".join(words)] if words else [_("Joint research")])

    def link(self, sought: Sought) -> str:
        return f"{settings.BASE_URL}{reverse('research:projects')}?{sought.query()}".rstrip("?")

    def feed_guid(self, sought: Sought) -> str:
        return f"{settings.BASE_URL}{reverse('research:projects')}#{get_language()}?{sought.query()}"

    def items(self, sought: Sought) -> list[ProjectPage]:
        return newest_fitting(sought)[:MOST]

    def item_title(self, item: ProjectPage) -> str:
        return item.project.title

    def item_description(self, item: ProjectPage) -> str:
        return item.project.summary

    def item_link(self, item: ProjectPage) -> str:
        return item.full_url

    def item_guid(self, item: ProjectPage) -> str:
        """Whatever becomes of its title, its address and the language it is read in."""
        return f"{settings.BASE_URL}{reverse('research:projects')}#project-{item.project_id}"

    def item_author_name(self, item: ProjectPage) -> str:
        return str(item.project.lead)

    def item_categories(self, item: ProjectPage) -> list[str]:
        return [str(Theme(code).label) for code in item.project.themes if code in Theme.values]

    def item_pubdate(self, item: ProjectPage) -> datetime:
        return item.project.published_at or item.project.changed_at

    def item_updateddate(self, item: ProjectPage) -> datetime:
        return max(item.project.changed_at, self.item_pubdate(item))


# No Last-Modified: a project that fits no more leaves the feed without any of those in it changing.
@require_safe
@kept_for_visitors
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """A value that makes no sense narrows nothing on the page; a feed would go on telling everything."""
    sought, faults = read_search(request.GET)
    language = request.GET.get("language", get_language())
    if faults or language not in dict(settings.LANGUAGES):
        raise Http404
    request.sought = sought.unordered()
    with override(language):
        response = ProjectFeed()(request)
    del response["Last-Modified"]
    return response

"""What the templates of all apps may show of the ground floor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, tzinfo

from allauth.account.models import EmailAddress
from django import template
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from portal.forms.universities import UniversityFilter
from portal.models import UniversityPage
from portal.models.ancestry import KnowsAncestors
from portal.queries.suppressions import find_suppressed
from portal.queries.universities import joined_countries, live_university_pages
from portal.rights import OPEN_CMS

register = template.Library()

UNIVERSITIES_A_PAGE = 24
#: On home.
NEWEST = 6


@register.simple_tag(takes_context=True)
def nav_link(
    context: RequestContext, url: str, text: str, *, exact: bool = False, section: str = ""
) -> SafeString:
    """A link that knows whether the reader is there, or below it unless `exact`.

    A page that lies elsewhere than readers look for it names its section.
    """
    request = context.get("request")
    path = request.path if request else ""
    named = getattr(context.get("page"), "section", "")
    here = named == section if named else path == url or (not exact and path.startswith(url))
    return format_html('<a href="{}"{}>{}</a>', url, mark_safe(' aria-current="page"') if here else "", text)


@register.simple_tag(takes_context=True)
def university_list(context: RequestContext) -> dict[str, UniversityFilter | ListPage]:
    """The filter as the visitor filled it in, and the page of universities that it leaves."""
    asked = context["request"].GET
    form = UniversityFilter(asked, country_codes=joined_countries())
    found = Paginator(live_university_pages(**form.chosen), UNIVERSITIES_A_PAGE)
    return {"form": form, "page": found.get_page(asked.get("page"))}


@register.simple_tag
def newest_universities() -> list[UniversityPage]:
    return list(live_university_pages().order_by("-university__joined_at", "-pk")[:NEWEST])


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(page: Page) -> dict[str, object]:
    """The way down from the home page, without the page itself."""
    if isinstance(page, KnowsAncestors):
        return {"ancestors": page.crumbs}
    return {"ancestors": page.get_ancestors().filter(depth__gt=2).live()}


@register.inclusion_tag("components/edit_link.html", takes_context=True)
def edit_link(context: RequestContext) -> dict[str, object]:
    """For those who may: the way from a page to its form. Wagtail's user bar would need an inline script."""
    page, request = context.get("page"), context.get("request")
    may = bool(page and page.pk and request and request.user.has_perm(OPEN_CMS))
    return {"page": page, "may_edit": may and page.permissions_for_user(request.user).can_edit()}


@register.simple_tag
def suppressed_among(addresses: Iterable[EmailAddress]) -> set[str]:
    """Those of a person's addresses to which no mail goes, because it came back."""
    return find_suppressed(one.email for one in addresses)


@register.filter
def day_leaf(day: date) -> SafeString:
    """A day as on a tear-off calendar, before a line of a list."""
    return format_html(
        '<time class="fixture-date" datetime="{}"><span>{}</span><b>{}</b><span>{}</span></time>',
        *(day.isoformat(), date_format(day, "M"), day.day, day.year),
    )


@register.filter
def zone_words(zone: tzinfo) -> str:
    """“Europe/Minsk, UTC+03:00”, by today's offset."""
    offset = timezone.now().astimezone(zone).isoformat()[-6:]
    return f"{str(zone).replace('_', ' ')}, UTC{offset}"


@register.filter
def page_numbers(paginator: Paginator, number: int) -> Iterator[int | str]:
    """The first, the last and those around `number`, with an ellipsis where some are left out."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)

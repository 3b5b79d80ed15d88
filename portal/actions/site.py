"""The ground on which all pages stand: home, the list of universities, and the row that names the site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, Site, Workflow, WorkflowPage

from portal.models import HomePage, UniversityIndexPage

from .pages import publish_new_page
from .translations import lay_out_languages

DEFAULT_PORTS = {"http": 80, "https": 443}


@transaction.atomic
def lay_out_site(
    *,
    now: datetime,
    title: str = "Where universities meet to play and to study sport",
    lead: str = "",
    body: Iterable[tuple[str, object]] = (),
    universities_lead: str = "",
) -> HomePage:
    """The home page, the list of universities below it, the site row; what stands already is left as it is.

    `body` holds pairs of block name and value, such as `("text", "<p>…</p>")`.
    """
    root = Page.objects.select_for_update().get(depth=1)
    lay_out_languages()
    home = HomePage.objects.order_by("pk").first()
    if home is None:
        # Wagtail's welcome page goes after the site stands on the new home: it would take the site along.
        welcome = list(_welcome_pages())
        home = HomePage(title=title, slug="start" if welcome else "home", lead=lead, body=list(body))
        publish_new_page(page=home, parent=root, now=now)
        _stand_on(home)
        _clear_away(welcome)
    else:
        _stand_on(home)
    if not UniversityIndexPage.objects.exists():
        index = UniversityIndexPage(title="Universities", slug="universities", lead=universities_lead)
        publish_new_page(page=index, parent=home, now=now)
    return home


def _welcome_pages() -> Iterable[Page]:
    """Bare pages below the root: only Wagtail's first migration makes those."""
    return Page.objects.filter(depth=2, content_type=ContentType.objects.get_for_model(Page))


def _stand_on(home: HomePage) -> None:
    """Wagtail builds full addresses from this row; it says what BASE_URL says."""
    base = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    facts = {
        "hostname": base.hostname,
        "port": base.port or DEFAULT_PORTS[base.scheme],
        "root_page": home.page_ptr,
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    if any(getattr(site, name) != value for name, value in facts.items()):
        for name, value in facts.items():
            setattr(site, name, value)
        site.save()


def _clear_away(welcome: Iterable[Page]) -> None:
    """What Wagtail's first migrations bring along: here rights hang on universities."""
    for page in welcome:
        page.delete()
    WorkflowPage.objects.filter(page__depth=1).delete()
    for workflow in Workflow.objects.filter(active=True, workflow_pages=None):
        workflow.deactivate()
    Group.objects.filter(name__in=("Moderators", "Editors"), user=None).delete()

from __future__ import annotations

from wagtail.models import Page, PagePermissionTester

from .ancestry import KnowsAncestors
from .spoken import SpokenPage


class BoundPagePermissionTester(PagePermissionTester):
    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.user.is_superuser and super().can_delete(ignore_bulk)


class BoundPage(SpokenPage, KnowsAncestors):
    """Mixed into the page of a row: actions make it, no form does, and only portal administrators delete it.

    It can be neither copied nor moved: its row stays with its university, and so do the rights on the page.
    """

    #: Once live it is public; who may see a draft is a matter of page rights.
    private_page_options: list[str] = []

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        return False

    def can_move_to(self, parent: Page) -> bool:
        return False

    def permissions_for_user(self, user) -> PagePermissionTester:
        return BoundPagePermissionTester(user, self)


class HasPages:
    """Mixed into a row that has pages: one, and its translations (`pages`)."""

    @property
    def page(self) -> Page:
        """The one that was written first. Raises DoesNotExist; asks nothing when `pages` are prefetched."""
        pages = sorted(self.pages.all(), key=lambda page: page.pk)
        if not pages:
            raise self.pages.model.DoesNotExist
        return pages[0]

from __future__ import annotations

from uuid import UUID, uuid5

from django.db.models import ForeignKey
from wagtail.models import Page, PagePermissionTester

from .ancestry import KnowsAncestors
from .spoken import SpokenPage

#: Of translation keys that are made from a row.
ROWS = UUID("4e0c5c0e-6d0c-4e3f-8a55-2f5b6d6a7a3b")


class BoundPagePermissionTester(PagePermissionTester):
    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.user.is_superuser and super().can_delete(ignore_bulk)


class BoundPage(SpokenPage, KnowsAncestors):
    """Mixed into the page of a row: actions make it, no form does, and only portal administrators delete it.

    It can be neither copied nor moved: its row stays with its university, and so do the rights on the page.

    A row has one page a language. The row is in one table, the language in another, and no constraint spans
    the two; but a page's translation key and its language are unique, and the key is made from the row.
    """

    #: Once live it is public; who may see a draft is a matter of page rights.
    private_page_options: list[str] = []

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.translation_key = self._key_of_row()
        return super().save(*args, **kwargs)

    def _key_of_row(self) -> UUID:
        """That of the page that is there already: the oldest have keys made by chance."""
        field = _row_field(type(self))
        standing = type(self)._base_manager.filter(**{field.name: getattr(self, field.attname)})
        key = standing.order_by("pk").values_list("translation_key", flat=True).first()
        row = f"{field.related_model._meta.label_lower}:{getattr(self, field.attname)}"
        return key or uuid5(ROWS, row)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        return False

    def can_move_to(self, parent: Page) -> bool:
        return False

    def permissions_for_user(self, user) -> PagePermissionTester:
        return BoundPagePermissionTester(user, self)


def _row_field(model: type[Page]) -> ForeignKey:
    """The key to the row: that which the row calls its `pages`."""
    return next(
        field
        for field in model._meta.local_fields
        if field.remote_field and field.remote_field.related_name == "pages"
    )


class HasPages:
    """Mixed into a row that has pages: one, and its translations (`pages`)."""

    @property
    def page(self) -> Page:
        """The one that was written first. Raises DoesNotExist; asks nothing when `pages` are prefetched."""
        pages = sorted(self.pages.all(), key=lambda page: page.pk)
        if not pages:
            raise self.pages.model.DoesNotExist
        return pages[0]

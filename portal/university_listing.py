from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.access import coordinated_universities, is_administrator
from portal.listings import Listing
from portal.models import University, User


def listed_universities(user: User):
    """The whole register for administrators; the others their own."""
    return University.objects.all() if is_administrator(user) else coordinated_universities(user)


def editors_link(university: University) -> str | None:
    return reverse("editors", args=[university.pk]) if university.joined_at else None


class UniversityListing(Listing):
    model = University
    name = "universities"
    icon = "home"
    link_of = staticmethod(editors_link)
    menu_label = _("Universities")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ("name", "city", "country", "ror", "joined_at")
    list_filter = {"joined_at": ["isnull"]}
    list_export = ("name", "short_name", "city", "country", "ror", "time_zone", "joined_at")
    search_fields = ("name", "short_name", "city", "ror")
    inspect_view_fields = ("name", "short_name", "city", "country", "ror", "time_zone", "joined_at")

"""What the portal itself keeps: people, groups, redirects."""

from __future__ import annotations

from wagtail.contrib.redirects.models import Redirect

from .sides import World


def add_settings(world: World) -> None:
    redirect = Redirect.objects.create(old_path="/old", redirect_link="https://example.org/")
    world.shared["redirect"] = {"redirect_id": redirect.pk}
    for side in world.sides.values():
        person = side.people["staff"]
        side.objects["person"] = {"pk": person.pk}
        side.objects["group"] = {"pk": person.groups.get().pk}

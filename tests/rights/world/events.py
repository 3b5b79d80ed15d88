"""An agreement of nobody in particular, and of each university a public event and one that is not."""

from __future__ import annotations

from tests.factories import AgreementFactory, EventFactory
from tests.rights.secrets import secret

from .sides import World


def add_events(world: World) -> None:
    agreement = AgreementFactory()
    world.shared["agreement"] = {"pk": agreement.pk}
    world.shared["agreement_page"] = {"slug": agreement.slug}
    for side in world.sides.values():
        told = EventFactory(host=side.university)
        hidden = EventFactory(host=side.university, public=False, title=secret("event", side.place))
        side.objects["event"] = {"pk": told.pk}
        side.objects["hidden_event"] = {"pk": hidden.pk}

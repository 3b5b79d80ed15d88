from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from portal.models import Suppression
from portal.outbox.addresses import UnmailableError, wire_address


def find_suppressed(addresses: Iterable[str]) -> set[str]:
    """Those of `addresses`, as they are given, to which nothing is sent because mail came back."""
    wires: dict[str, str] = {}
    for address in addresses:
        with suppress(UnmailableError):
            wires[wire_address(address).lower()] = address
    found = Suppression.objects.filter(address__in=wires).values_list("address", flat=True)
    return {wires[wire] for wire in found}

"""What became of each mail: the outbox says one thing, the mail server's journal another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .journal import KEPT, REFUSED, Line

#: Copies of a mail that are the price of losing none.
MOST_COPIES = 2
#: Share of mails that may end as uncertain.
MOST_UNCERTAIN = 0.005


@dataclass(frozen=True, slots=True)
class Mail:
    """A row of the outbox, as far as it is judged."""

    message_id: str
    recipient: str
    digest: str
    state: str


@dataclass(slots=True)
class Verdict:
    """Message-IDs, by what is wrong with them; `refused`, `uncertain` and `doubled` are allowed."""

    written: int = 0
    arrived: int = 0
    lost: list[str] = field(default_factory=list)
    #: Neither sent nor given up nor listed as uncertain.
    unsettled: list[str] = field(default_factory=list)
    #: Arrived with other bytes than those in the outbox.
    altered: list[str] = field(default_factory=list)
    #: Came more than twice.
    thirds: list[str] = field(default_factory=list)
    #: Nobody has written them.
    foreign: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    uncertain: list[str] = field(default_factory=list)

    @property
    def share_uncertain(self) -> float:
        return len(self.uncertain) / max(1, self.written)

    @property
    def most_copies_hold(self) -> bool:
        return not self.thirds and not self.altered and not self.foreign


def judge(mails: Iterable[Mail], journal: Iterable[Line]) -> Verdict:
    copies: defaultdict[str, list[str]] = defaultdict(list)
    refused: set[str] = set()
    for line in journal:
        if line.deed == KEPT:
            copies[line.message_id].append(line.digest)
        elif line.deed == REFUSED:
            refused.add(line.message_id or line.recipient)
    verdict = Verdict()
    for mail in mails:
        for_good = mail.message_id in refused or mail.recipient in refused
        _judge(mail, copies.pop(mail.message_id, []), for_good, verdict)
    verdict.foreign = sorted(copies)
    return verdict


def _judge(mail: Mail, copies: list[str], refused: bool, verdict: Verdict) -> None:
    name = mail.message_id
    verdict.written += 1
    verdict.arrived += bool(copies)
    if mail.state == "uncertain":
        verdict.uncertain.append(name)
    elif mail.state == "failed" and refused:
        verdict.refused.append(name)
    elif not copies:
        # Also one that is called sent, or failed though the server has never said so.
        verdict.lost.append(name)
    elif mail.state != "sent":
        verdict.unsettled.append(name)
    if len(copies) > 1:
        verdict.doubled.append(name)
    if len(copies) > MOST_COPIES:
        verdict.thirds.append(name)
    if set(copies) - {mail.digest}:
        verdict.altered.append(name)


def lost_recipients(written: Iterable[str], journal: Iterable[Line]) -> list[str]:
    """Addresses that got nothing and were not refused: for mail of which no record is kept."""
    told = {line.recipient for line in journal if line.deed in (KEPT, REFUSED)}
    return sorted(set(written) - told)


def repeated(keys: Iterable[object]) -> dict[object, int]:
    return {key: count for key, count in Counter(keys).items() if count > 1}

"""Mail that leaves, and figures for monitoring: for portal administrators alone."""

from tests.rights.rows import HIDDEN, MOVED, OK, SIGN_IN, Outcome, Row, row


def theirs(route: str, of: str, met: Outcome, **more: object) -> Row:
    return row(route, of, SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, met, **more)


ROWS = [
    theirs("outbox", "", OK),
    theirs("outbox", "", OK, query="?state=uncertain&kind=t&to=ann"),
    theirs("outbox_mail", "outgoing", OK),
    theirs("outbox_resend", "outgoing", MOVED, method="POST"),
    theirs("outbox_discard", "outgoing", OK),
    theirs("outbox_discard", "outgoing", MOVED, method="POST"),
    # Monitoring shows a token; here it has none.
    row("metrics", "", HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, OK),
]

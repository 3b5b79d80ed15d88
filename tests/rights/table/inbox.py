"""Mail that came in: for portal administrators alone, since it holds what people wrote."""

from tests.rights.rows import HIDDEN, MOVED, OK, SIGN_IN, Outcome, Row, row


def theirs(route: str, of: str, met: Outcome, **more: object) -> Row:
    return row(route, of, SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, met, **more)


ROWS = [
    theirs("inbox:mails", "", OK),
    theirs("inbox:mails", "", OK, query="?state=done"),
    theirs("inbox:mail", "incoming", OK),
    theirs("inbox:download", "incoming", OK),
    theirs("inbox:again", "incoming", MOVED, method="POST"),
    theirs("inbox:done", "incoming", MOVED, method="POST"),
    theirs("inbox:suppressions", "", OK),
    theirs("inbox:lift", "suppression", MOVED, method="POST"),
]

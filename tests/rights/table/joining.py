"""Universities join and leave, and the lists of the CMS."""

from tests.rights.rows import (
    AGAIN,
    HIDDEN,
    MOVED,
    OK,
    OWN,
    OWN_MOVED,
    REFUSED,
    SIGN_IN,
    Cell,
    Outcome,
    Row,
    cms,
    row,
)


def theirs(route: str, of: str, met: Outcome, **more: object) -> Row:
    return row(route, of, SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, met, **more)


def signed_in(route: str, of: str, met: Outcome, **more: object) -> Row:
    return row(route, of, SIGN_IN, met, met, met, met, met, **more)


def writing(route: str, own: Cell, met: Outcome, **more: object) -> Row:
    """Who writes the pages of a university is for its coordinators to say."""
    return row(route, "editor", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, own, met, **more)


#: One's own form comes again, another's does not exist.
OWN_AGAIN = Cell(AGAIN, HIDDEN)
LISTS = ("clubs", "teams", "requests", "fixtures", "runs", "universities")
#: A row of each list, by its name among the objects.
LISTED = {"clubs": "club", "teams": "team_page", "requests": "request", "fixtures": "confirmed"}
VIEWS = ("inspect", "history", "history_results")

# fmt: off
ROWS = [
    row("join", "",                          OK,      OK,      OK,      OK,      OK,      OK),
    row("join", "",                          OK,      OK,      OK,      OK,      OK,      OK, query="?words=uni"),
    signed_in("join_ask", "newcomer", OK),
    signed_in("join_ask", "newcomer", AGAIN, method="POST", data={"name": "Ann"}),
    # What others have asked for is nobody's business.
    row("join_withdraw", "joining", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, method="POST"),
    theirs("join_requests", "", OK),
    theirs("join_request", "joining", OK),
    theirs("join_approve", "joining", MOVED, method="POST", data={"coordinator": "ann@example.org"}),
    theirs("join_decline", "joining", MOVED, method="POST", data={"reason": "No."}),
    theirs("university_leave", "university", OK),
    theirs("university_return", "university", HIDDEN),
    row("own_editors", "",                   SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  MOVED,   MOVED),
    writing("editors", OWN, OK),
    writing("editors", OWN_AGAIN, AGAIN, method="POST", data={"email": "nobody"}),
    writing("editors", OWN_MOVED, MOVED, method="POST", data={"email": "new@example.org"}),
    writing("editor_remove", OWN, OK),
    writing("editor_remove", OWN_MOVED, MOVED, method="POST"),
    # One's own university in the address, and the editor of another.
    row("editor_remove", "stolen_editor", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, OWN_MOVED, OWN_MOVED, method="POST"),
    *[cms(f"{name}:index{part}", "", REFUSED, OK, OK) for name in LISTS for part in ("", "_results")],
    *[cms(f"{name}:{view}", of, HIDDEN, OWN, OK) for name, of in LISTED.items() for view in VIEWS],
    *[cms(f"universities:{view}", "university", HIDDEN, OWN, OK) for view in VIEWS],
    *[cms(f"runs:{view}", "run", HIDDEN, OK, OK) for view in VIEWS],
]

"""Agreements and events: everybody reads them, administrators and coordinators keep them in the CMS."""

from tests.rights.rows import AGAIN, HIDDEN, MOVED, OK, OWN, OWN_MOVED, REFUSED, Cell, Row, cms, posts, row

#: One's own university as the host, or another's.
INTO_OWN = Cell(MOVED, AGAIN)
VIEWS = ("inspect", "history", "history_results", "edit", "delete")
SAID = {
    "title": "Cup",
    "kind": "competition",
    "starts_on": "2027-03-06",
    "ends_on": "2027-03-06",
    "country": "BY",
    "city": "Minsk",
    "host": "{pk}",
}


def many(model: str, action: str, of: str, *columns: object, **more: object) -> Row:
    app = "portal" if model == "event" else "exchange"
    kind = {"app_label": app, "model_name": model, "action": action}
    return cms("wagtail_bulk_action", of, *columns, query="?id={pk}", fixed=kind, **more)


# fmt: off
ROWS = [
    # route, object                          visitor  officer  researcher editor  coordinator administrator
    row("agreements", "",                    OK,      OK,      OK,      OK,      OK,      OK),
    row("agreements", "",                    OK,      OK,      OK,      OK,      OK,      OK,
        query="?state=ended&subject=research"),
    row("agreement", "agreement_page",       OK,      OK,      OK,      OK,      OK,      OK),
    row("event", "event",                    OK,      OK,      OK,      OK,      OK,      OK),
    row("event", "hidden_event",             HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  OWN,     OK),
    row("exchange:events_feed", "",          OK,      OK,      OK,      OK,      OK,      OK),

    # route, object                              editor     coordinator administrator
    *[cms(f"cms_agreements:{view}", "", REFUSED, REFUSED, OK) for view in ("index", "index_results", "add")],
    *[cms(f"cms_agreements:{view}", "agreement", HIDDEN, HIDDEN, OK) for view in VIEWS if view != "edit"],
    # Wagtail refuses before it looks for the row: the same answer for any number.
    cms("cms_agreements:edit", "agreement", REFUSED, REFUSED, OK),
    *[cms(f"cms_events:{view}", "", REFUSED, OK, OK) for view in ("index", "index_results", "add")],
    *[cms(f"cms_events:{view}", "hidden_event", HIDDEN, OWN, OK) for view in VIEWS if view != "edit"],
    cms("cms_events:edit", "hidden_event", REFUSED, OWN, OK),
    posts("cms_events:add", "university",        REFUSED,   INTO_OWN,  MOVED, data=SAID),
    posts("cms_events:delete", "hidden_event",   HIDDEN,    OWN_MOVED, MOVED),
    many("event", "show", "hidden_event",        HIDDEN,    OWN,       OK),
    many("fixturerequest", "withdraw", "request", HIDDEN,   OWN,       OK),
]

"""Searches: the feed is everybody's, what is saved belongs to whoever saved it and to nobody else."""

from tests.rights.rows import HIDDEN, MOVED, OK, OWN, OWN_MOVED, SIGN_IN, row

SAID = {"name": "Sleep", "rhythm": "weekly"}

# fmt: off
ROWS = [
    # route, object                        visitor  officer  researcher editor  coordinator administrator
    row("research:feed", "",               OK,      OK,      OK,      OK,      OK,      OK),
    row("research:feed", "",               HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        query="?theme=nonsense"),
    row("research:search_new", "",         SIGN_IN, OK,      OK,      OK,      OK,      OK),
    row("research:search_new", "",         SIGN_IN, MOVED,   MOVED,   MOVED,   MOVED,   MOVED,
        method="POST", query="?theme=health", data=SAID),
    row("research:search_edit", "search",  SIGN_IN, HIDDEN,  OWN,     HIDDEN,  HIDDEN,  HIDDEN),
    row("research:search_edit", "search",  SIGN_IN, HIDDEN,  OWN_MOVED, HIDDEN, HIDDEN, HIDDEN,
        method="POST", data=SAID),
    row("research:search_delete", "search", SIGN_IN, HIDDEN, OWN_MOVED, HIDDEN, HIDDEN, HIDDEN,
        method="POST"),
]

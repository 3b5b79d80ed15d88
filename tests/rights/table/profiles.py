"""Researchers' profiles are seen by whom their owners chose; affiliations are the coordinator's to verify."""

from tests.rights.rows import HIDDEN, MOVED, OK, OWN, OWN_MOVED, SIGN_IN, row

# fmt: off
ROWS = [
    # route, object                                visitor  officer  researcher editor  coordinator administrator
    row("research:profile", "",                    SIGN_IN, OK,      OK,      OK,      OK,      OK),
    # None of those who walk has a profile.
    row("research:profile_delete", "",             SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("research:profile_preview", "",            SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        fixed={"to": "everyone"}),
    row("research:people", "",                     OK,      OK,      OK,      OK,      OK,      OK),
    row("research:person", "shown_profile",        OK,      OK,      OK,      OK,      OK,      OK),
    row("research:person", "hidden_profile",       HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("research:person_write", "shown_profile",  SIGN_IN, OK,      OK,      OK,      OK,      OK),
    row("research:person_write", "hidden_profile", SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    row("research:membership_shown", "membership", SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        method="POST", data={"shown": "no"}),
    row("research:affiliations", "",               SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  OK,      OK),
    row("research:affiliation_decide", "shown_profile",
                                                   SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  OWN_MOVED, MOVED,
        method="POST", data={"decision": "verify"}),
    row("research:university_domains", "university",
                                                   SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  OWN,     OK),
]

"""Calls for partners are everybody's; answers belong to who has answered and to whoever leads the project."""

from tests.rights.rows import HIDDEN, MOVED, OK, OWN, OWN_MOVED, SIGN_IN, row

# fmt: off
ROWS = [
    # route, object                          visitor  officer  researcher editor  coordinator administrator
    row("research:calls", "",                OK,      OK,      OK,      OK,      OK,      OK),
    row("research:calls", "",                OK,      OK,      OK,      OK,      OK,      OK,
        query="?wish=facility&field=3.1&country=BY"),
    row("research:call", "call",             OK,      OK,      OK,      OK,      OK,      OK),
    row("research:call_new", "live_project", SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:call_new", "project",      SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:call_edit", "call",        SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:call_close", "call",       SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:call_close", "call",       SIGN_IN, HIDDEN,  OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST", data={"reason": "filled"}),
    row("research:call_reopen", "call",      SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:call_extend", "call",      SIGN_IN, HIDDEN,  OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST"),
    # Whoever has the mail may use its link.
    row("research:call_extension", "extension",
                                             OK,      OK,      OK,      OK,      OK,      OK),
    row("research:call_answer", "call",      SIGN_IN, OK,      OK,      OK,      OK,      OK),
    row("research:desk", "live_project",     SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:suggestion_dismiss", "suggestion",
                                             SIGN_IN, HIDDEN,  OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST"),
    row("research:interests", "",            SIGN_IN, OK,      OK,      OK,      OK,      OK),
    row("research:interest", "interest",     SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:interest_move", "interest", SIGN_IN, HIDDEN, OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST", data={"move": "shortlist"}),
    row("research:interest_write", "interest", SIGN_IN, HIDDEN, OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST", data={"text": "When could you begin?"}),
]

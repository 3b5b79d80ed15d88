"""Spaces of projects: for their members, here the researcher who leads, and for the lead's coordinator."""

from tests.rights.rows import AGAIN, HIDDEN, MOVED, OK, OWN, OWN_MOVED, SIGN_IN, Cell, row

OWN_AGAIN = Cell(AGAIN, HIDDEN)

# fmt: off
ROWS = [
    # route, object                          visitor  officer  researcher editor  coordinator administrator
    row("research:space", "live_project",    SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:space", "project",         SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:milestone_new", "live_project",
                                             SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:milestones_shown", "live_project",
                                             SIGN_IN, HIDDEN,  OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST", data={"shown": "1"}),
    row("research:milestone_edit", "milestone", SIGN_IN, HIDDEN, OWN,   HIDDEN,  OWN,     OK),
    row("research:milestone_edit", "milestone", SIGN_IN, HIDDEN, OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST", data={"title": "Report", "due_on": "2027-05-01"}),
    row("research:milestone_move", "milestone", SIGN_IN, HIDDEN, OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST", data={"was": "planned", "to": "started"}),
    row("research:decision_new", "live_project", SIGN_IN, HIDDEN, OWN,  HIDDEN,  OWN,     OK),
    row("research:decision_new", "live_project", SIGN_IN, HIDDEN, OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST", data={"text": "We begin.", "taken_on": "2026-01-01"}),
    row("research:file_new", "live_project", SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:file_new", "live_project", SIGN_IN, HIDDEN,  OWN_AGAIN, HIDDEN, OWN_AGAIN, AGAIN,
        method="POST", data={"file": "none"}),
    row("research:file_delete", "project_file", SIGN_IN, HIDDEN, OWN,   HIDDEN,  OWN,     OK),
    row("research:file_delete", "project_file", SIGN_IN, HIDDEN, OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST"),
    row("wagtaildocs_serve", "project_file_path",
                                             SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    # A coordinator is no member, and so cannot leave.
    row("research:space_leave", "live_project", SIGN_IN, HIDDEN, OWN,   HIDDEN,  HIDDEN,  HIDDEN),
    row("research:member_remove", "membership", SIGN_IN, HIDDEN, OWN,   HIDDEN,  OWN,     OK),
    row("research:member_remove", "membership", SIGN_IN, HIDDEN, OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST", data={"reason": "They have left the university."}),
    row("research:lead_hand_over", "live_project", SIGN_IN, HIDDEN, OWN, HIDDEN, OWN,     OK),
]

"""Projects: published ones are everybody's, drafts belong to their researcher and the lead's coordinator."""

from tests.rights.rows import AGAIN, HIDDEN, MOVED, OK, OWN, SIGN_IN, Cell, row

#: The form takes one's own university only.
INTO_OWN = Cell(MOVED, AGAIN)

# fmt: off
ROWS = [
    # route, object                          visitor  officer  researcher editor  coordinator administrator
    row("research:projects", "",             OK,      OK,      OK,      OK,      OK,      OK),
    row("research:projects", "",             OK,      OK,      OK,      OK,      OK,      OK,
        query="?words=zz&q=zz"),
    row("research:mine", "",                 SIGN_IN, HIDDEN,  OK,      HIDDEN,  OK,      OK),
    row("research:project_new", "",          SIGN_IN, HIDDEN,  OK,      HIDDEN,  OK,      OK),
    row("research:project_new", "university", SIGN_IN, HIDDEN, INTO_OWN, HIDDEN, INTO_OWN, MOVED,
        method="POST", data={"lead": "{pk}", "title": "Sleep", "summary": "We ask.", "status": "idea"}),
    row("research:project_edit", "project",  SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:project_edit", "live_project",
                                             SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
]

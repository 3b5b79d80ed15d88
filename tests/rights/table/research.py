"""Projects: published ones are everybody's, drafts belong to their researcher and the lead's coordinator."""

from tests.rights.rows import HIDDEN, OK, OWN, SIGN_IN, row

# fmt: off
ROWS = [
    # route, object                          visitor  officer  researcher editor  coordinator administrator
    row("research:projects", "",             OK,      OK,      OK,      OK,      OK,      OK),
    row("research:projects", "",             OK,      OK,      OK,      OK,      OK,      OK,
        query="?words=zz&q=zz"),
    row("research:mine", "",                 SIGN_IN, HIDDEN,  OK,      HIDDEN,  OK,      OK),
    row("research:project_new", "",          SIGN_IN, HIDDEN,  OK,      HIDDEN,  OK,      OK),
    row("research:project_edit", "project",  SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:project_edit", "live_project",
                                             SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
]

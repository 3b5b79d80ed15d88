"""Projects: published ones are everybody's, drafts belong to their researcher and the lead's coordinator."""

from tests.rights.rows import AGAIN, HIDDEN, MOVED, OK, OWN, OWN_MOVED, SIGN_IN, Cell, row

#: The form takes one's own university only.
INTO_OWN = Cell(MOVED, AGAIN)

#: On which a project is written.
SECTIONS = ("facts", "text", "partners", "people", "funding", "outputs", "identifiers", "statements")

#: Forms of a project for other programs.
FORMS = ("outputs_bib", "outputs_json", "raid", "cerif")

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
    *(row("research:project_section", "project", SIGN_IN, HIDDEN, OWN,  HIDDEN,  OWN,     OK,
          fixed={"section": name}) for name in SECTIONS),
    row("research:project_section", "live_project",
                                             SIGN_IN, HIDDEN,  OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST", fixed={"section": "identifiers"}, data={"url": "https://example.org/"}),
    row("research:outputs_import", "project", SIGN_IN, HIDDEN, OWN,     HIDDEN,  OWN,     OK),
    row("research:outputs_import", "project", SIGN_IN, HIDDEN, OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST", data={"pasted": "@misc{{a, title={{Sleep}}}}"}),
    row("research:project_send", "project",  SIGN_IN, HIDDEN,  OWN,     HIDDEN,  OWN,     OK),
    row("research:project_send", "project",  SIGN_IN, HIDDEN,  Cell(AGAIN, HIDDEN), HIDDEN, Cell(AGAIN, HIDDEN), AGAIN,
        method="POST"),
    row("research:project_take_back", "project",
                                             SIGN_IN, HIDDEN,  OWN_MOVED, HIDDEN, OWN_MOVED, MOVED,
        method="POST"),
    row("research:project_review", "project", SIGN_IN, HIDDEN, HIDDEN,  HIDDEN,  OWN,     OK),
    row("research:project_review", "project", SIGN_IN, HIDDEN, HIDDEN,  HIDDEN,  Cell(AGAIN, HIDDEN), AGAIN,
        method="POST", data={"publish": "1"}),

    row("oai", "",                           OK,      OK,      OK,      OK,      OK,      OK,
        query="?verb=Identify"),
    row("oai", "",                           OK,      OK,      OK,      OK,      OK,      OK,
        method="POST", data={"verb": "ListRecords", "metadataPrefix": "oai_dc"}),
    *(row(f"research:project_{name}", "live_project", OK, OK,  OK,      OK,      OK,      OK) for name in FORMS),
    *(row(f"research:project_{name}", "project", HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN) for name in FORMS),
    row("research:projects_export", "",      OK,      OK,      OK,      OK,      OK,      OK,
        fixed={"kind": "csv"}),
    row("research:projects_export", "",      HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        fixed={"kind": "exe"}),
    row("research:projects_import", "",      SIGN_IN, HIDDEN,  OK,      HIDDEN,  OK,      OK),
    row("research:projects_import", "",      SIGN_IN, HIDDEN,  AGAIN,   HIDDEN,  AGAIN,   AGAIN,
        method="POST", data={"file": "none"}),
    row("research:projects_template", "",    SIGN_IN, HIDDEN,  OK,      HIDDEN,  OK,      OK,
        fixed={"kind": "xlsx"}),
]

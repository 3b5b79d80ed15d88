"""Wagtail's admin, pictures and documents: those of one's university's collection, and no others."""

from collections.abc import Callable

from tests.rights.rows import AGAIN, HIDDEN, MOVED, OK, OWN, OWN_PAGE, REFUSED, Cell, Row, cms, posts

Maker = Callable[..., Row]


def image(name: str, *columns: object, ask: Maker = cms, **more: object) -> Row:
    return ask(f"wagtailimages{name}", *columns, **more)


def document(name: str, *columns: object, ask: Maker = cms, **more: object) -> Row:
    return ask(f"wagtaildocs{name}", *columns, **more)


def images(action: str, *columns: object, ask: Maker = cms, **more: object) -> Row:
    kind = {"app_label": "wagtailimages", "model_name": "image", "action": action}
    return ask("wagtail_bulk_action", *columns, query="?id={pk}", fixed=kind, **more)


def documents(action: str, *columns: object, ask: Maker = cms, **more: object) -> Row:
    kind = {"app_label": "wagtaildocs", "model_name": "document", "action": action}
    return ask("wagtail_bulk_action", *columns, query="?id={pk}", fixed=kind, **more)


GOES = Cell(MOVED, HIDDEN)
#: One's own file, put into a folder of one's own or of another's: the form offers one's own only.
INTO_OWN = Cell(MOVED, AGAIN)
FOLDER = {"collection": "{collection_id}"}

SEARCH = "?q=zz"
ASKED = "?id={pk}"

# fmt: off
ROWS = [
    # route, object                              editor     coordinator administrator
    image(":index", "",                          OK,        OK,        OK),
    image(":index", "",                          OK,        OK,        OK, query=SEARCH),
    image(":index_results", "",                  OK,        OK,        OK, query=SEARCH),
    image(":add", "",                            OK,        OK,        OK),
    image(":edit", "image",                      OWN_PAGE,  OWN_PAGE,  OK),
    image(":edit", "image_into",                 INTO_OWN,  INTO_OWN,  MOVED, ask=posts,
        data=FOLDER | {"title": "Boat"}),
    image(":delete", "image",                    OWN_PAGE,  OWN_PAGE,  OK),
    image(":preview", "image",                   OWN_PAGE,  OWN_PAGE,  OK),
    image(":image_usage", "image",               OWN_PAGE,  OWN_PAGE,  OK),
    # Addresses of pictures in any size are off.
    image(":url_generator", "image",             HIDDEN,    HIDDEN,    HIDDEN),
    image(":url_generator_output", "image",      HIDDEN,    HIDDEN,    HIDDEN),
    image(":add_multiple", "",                   OK,        OK,        OK),
    image(":edit_multiple", "image",             OWN_PAGE,  OWN_PAGE,  OK, ask=posts),
    image(":delete_multiple", "image",           OWN_PAGE,  OWN_PAGE,  OK, ask=posts),
    # What is half uploaded is the uploader's alone.
    image(":create_multiple_from_uploaded_image", "upload_image",
                                                 OWN_PAGE,  REFUSED,   REFUSED, ask=posts),
    image(":delete_upload_multiple", "upload_image", OWN_PAGE, REFUSED, REFUSED, ask=posts),
    image("_chooser:choose", "",                 OK,        OK,        OK),
    image("_chooser:choose_results", "",         OK,        OK,        OK, query=SEARCH),
    image("_chooser:chosen", "image",            OWN_PAGE,  OWN_PAGE,  OK),
    image("_chooser:chosen_multiple", "image",   OK,        OK,        OK, query=ASKED),
    image("_chooser:create", "",                 OK,        OK,        OK),
    image("_chooser:select_format", "image",     OWN_PAGE,  OWN_PAGE,  OK),
    cms("wagtailadmin_api:images:listing", "",   OK,        OK,        OK),
    cms("wagtailadmin_api:images:listing", "",   OK,        OK,        OK, query="?search=zz"),
    cms("wagtailadmin_api:images:detail", "image", OWN,     OWN,       OK),
    cms("wagtailadmin_api:images:find", "image", GOES,      GOES,      MOVED, query=ASKED),
    images("delete", "image",                    OWN,       OWN,       OK),
    images("add_tags", "image",                  OWN,       OWN,       OK),
    images("add_to_collection", "image",         OWN,       OWN,       OK),
    images("add_to_collection", "image_into",    INTO_OWN,  INTO_OWN,  MOVED, ask=posts, data=FOLDER),

    document(":index", "",                       OK,        OK,        OK),
    document(":index", "",                       OK,        OK,        OK, query=SEARCH),
    document(":index_results", "",               OK,        OK,        OK, query=SEARCH),
    document(":add", "",                         OK,        OK,        OK),
    document(":edit", "document",                OWN_PAGE,  OWN_PAGE,  OK),
    document(":edit", "private",                 OWN_PAGE,  OWN_PAGE,  OK),
    document(":edit", "document_into",           INTO_OWN,  INTO_OWN,  MOVED, ask=posts,
        data=FOLDER | {"title": "Minutes"}),
    document(":delete", "document",              OWN_PAGE,  OWN_PAGE,  OK),
    document(":document_usage", "document",      OWN_PAGE,  OWN_PAGE,  OK),
    document(":add_multiple", "",                OK,        OK,        OK),
    document(":edit_multiple", "document",       OWN_PAGE,  OWN_PAGE,  OK, ask=posts),
    document(":delete_multiple", "document",     OWN_PAGE,  OWN_PAGE,  OK, ask=posts),
    document(":create_multiple_from_uploaded_document", "upload_document",
                                                 OWN_PAGE,  REFUSED,   REFUSED, ask=posts),
    document(":delete_upload_multiple", "upload_document", OWN_PAGE, REFUSED, REFUSED, ask=posts),
    document("_chooser:choose", "",              OK,        OK,        OK),
    document("_chooser:choose_results", "",      OK,        OK,        OK, query=SEARCH),
    document("_chooser:chosen", "document",      OWN_PAGE,  OWN_PAGE,  OK),
    document("_chooser:chosen_multiple", "document", OK,    OK,        OK, query=ASKED),
    document("_chooser:create", "",              OK,        OK,        OK),
    cms("wagtailadmin_api:documents:listing", "", OK,       OK,        OK),
    cms("wagtailadmin_api:documents:listing", "", OK,       OK,        OK, query="?search=zz"),
    cms("wagtailadmin_api:documents:detail", "document", OWN, OWN,     OK),
    cms("wagtailadmin_api:documents:find", "document", GOES, GOES,     MOVED, query=ASKED),
    documents("delete", "document",              OWN,       OWN,       OK),
    documents("add_to_collection", "document",   OWN,       OWN,       OK),
    documents("add_to_collection", "document_into", INTO_OWN, INTO_OWN, MOVED, ask=posts, data=FOLDER),

    cms("wagtailembeds:chooser", "",             OK,        OK,        OK),
    cms("wagtailembeds:chooser_upload", "",      OK,        OK,        OK),
    # Tags are the whole portal's: they would tell what others write about.
    cms("wagtailadmin_tag_autocomplete", "",     HIDDEN,    HIDDEN,    OK, query="?term=zz"),
    cms("wagtailadmin_tag_model_autocomplete", "", HIDDEN,  HIDDEN,    OK, query="?term=zz",
        fixed={"app_name": "taggit", "model_name": "tag"}),
]

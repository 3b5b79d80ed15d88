"""Wagtail's admin, pictures and documents: those of one's university's collection, and no others."""

from tests.rights.rows import AGAIN, HIDDEN, MOVED, OK, OWN, OWN_MOVED, OWN_PAGE, REFUSED, Cell, cms, posts

SEARCH = "?q=zz"
#: The form offers one's own folders only.
INTO_OWN = Cell(MOVED, AGAIN)

# fmt: off
ROWS = [
    # route, object                                       editor     coordinator administrator
    cms("wagtailimages:index", "",                        OK,        OK,        OK),
    cms("wagtailimages:index", "",                        OK,        OK,        OK, query=SEARCH),
    cms("wagtailimages:index_results", "",                OK,        OK,        OK, query=SEARCH),
    cms("wagtailimages:add", "",                          OK,        OK,        OK),
    cms("wagtailimages:edit", "image",                    OWN_PAGE,  OWN_PAGE,  OK),
    cms("wagtailimages:delete", "image",                  OWN_PAGE,  OWN_PAGE,  OK),
    cms("wagtailimages:preview", "image",                 OWN_PAGE,  OWN_PAGE,  OK),
    cms("wagtailimages:image_usage", "image",             OWN_PAGE,  OWN_PAGE,  OK),
    # Addresses of pictures in any size are off.
    cms("wagtailimages:url_generator", "image",           HIDDEN,    HIDDEN,    HIDDEN),
    cms("wagtailimages:url_generator_output", "image",    HIDDEN,    HIDDEN,    HIDDEN),
    cms("wagtailimages:add_multiple", "",                 OK,        OK,        OK),
    posts("wagtailimages:edit_multiple", "image",         OWN_PAGE,  OWN_PAGE,  OK),
    posts("wagtailimages:delete_multiple", "image",       OWN_PAGE,  OWN_PAGE,  OK),
    posts("wagtailimages:create_multiple_from_uploaded_image", "upload_image", OWN_PAGE, REFUSED, REFUSED),
    posts("wagtailimages:delete_upload_multiple", "upload_image", OWN_PAGE, REFUSED, REFUSED),
    cms("wagtailimages_chooser:choose", "",               OK,        OK,        OK),
    cms("wagtailimages_chooser:choose_results", "",       OK,        OK,        OK, query=SEARCH),
    cms("wagtailimages_chooser:chosen", "image",          OWN_PAGE,  OWN_PAGE,  OK),
    cms("wagtailimages_chooser:chosen_multiple", "image", OK,        OK,        OK, query="?id={pk}"),
    cms("wagtailimages_chooser:create", "",               OK,        OK,        OK),
    cms("wagtailimages_chooser:select_format", "image",   OWN_PAGE,  OWN_PAGE,  OK),
    cms("wagtailadmin_api:images:listing", "",            OK,        OK,        OK),
    cms("wagtailadmin_api:images:listing", "",            OK,        OK,        OK, query="?search=zz"),
    cms("wagtailadmin_api:images:detail", "image",        OWN,       OWN,       OK),
    cms("wagtailadmin_api:images:find", "image",          OWN_MOVED, OWN_MOVED, MOVED, query="?id={pk}"),

    cms("wagtaildocs:index", "",                          OK,        OK,        OK),
    cms("wagtaildocs:index", "",                          OK,        OK,        OK, query=SEARCH),
    cms("wagtaildocs:index_results", "",                  OK,        OK,        OK, query=SEARCH),
    cms("wagtaildocs:add", "",                            OK,        OK,        OK),
    cms("wagtaildocs:edit", "document",                   OWN_PAGE,  OWN_PAGE,  OK),
    cms("wagtaildocs:edit", "private",                    OWN_PAGE,  OWN_PAGE,  OK),
    cms("wagtaildocs:delete", "document",                 OWN_PAGE,  OWN_PAGE,  OK),
    cms("wagtaildocs:document_usage", "document",         OWN_PAGE,  OWN_PAGE,  OK),
    cms("wagtaildocs:add_multiple", "",                   OK,        OK,        OK),
    posts("wagtaildocs:edit_multiple", "document",        OWN_PAGE,  OWN_PAGE,  OK),
    posts("wagtaildocs:delete_multiple", "document",      OWN_PAGE,  OWN_PAGE,  OK),
    posts("wagtaildocs:create_multiple_from_uploaded_document", "upload_document", OWN_PAGE, REFUSED, REFUSED),
    posts("wagtaildocs:delete_upload_multiple", "upload_document", OWN_PAGE, REFUSED, REFUSED),
    cms("wagtaildocs_chooser:choose", "",                 OK,        OK,        OK),
    cms("wagtaildocs_chooser:choose_results", "",         OK,        OK,        OK, query=SEARCH),
    cms("wagtaildocs_chooser:chosen", "document",         OWN_PAGE,  OWN_PAGE,  OK),
    cms("wagtaildocs_chooser:chosen_multiple", "document", OK,       OK,        OK, query="?id={pk}"),
    cms("wagtaildocs_chooser:create", "",                 OK,        OK,        OK),
    cms("wagtailadmin_api:documents:listing", "",         OK,        OK,        OK),
    cms("wagtailadmin_api:documents:listing", "",         OK,        OK,        OK, query="?search=zz"),
    cms("wagtailadmin_api:documents:detail", "document",  OWN,       OWN,       OK),
    cms("wagtailadmin_api:documents:find", "document",    OWN_MOVED, OWN_MOVED, MOVED, query="?id={pk}"),

    # One's own, put into another's folder.
    posts("wagtailimages:edit", "image_into",             INTO_OWN,  INTO_OWN,  MOVED,
        data={"title": "Boat", "collection": "{collection_id}", "focal_point_x": ""}),
    posts("wagtaildocs:edit", "document_into",            INTO_OWN,  INTO_OWN,  MOVED,
        data={"title": "Minutes", "collection": "{collection_id}"}),
    posts("wagtail_bulk_action", "image_into",            INTO_OWN,  INTO_OWN,  MOVED,
        query="?id={pk}", data={"collection": "{collection_id}"},
        fixed={"app_label": "wagtailimages", "model_name": "image", "action": "add_to_collection"}),
    posts("wagtail_bulk_action", "document_into",         INTO_OWN,  INTO_OWN,  MOVED,
        query="?id={pk}", data={"collection": "{collection_id}"},
        fixed={"app_label": "wagtaildocs", "model_name": "document", "action": "add_to_collection"}),

    cms("wagtail_bulk_action", "image",                   OWN,       OWN,       OK, query="?id={pk}",
        fixed={"app_label": "wagtailimages", "model_name": "image", "action": "delete"}),
    cms("wagtail_bulk_action", "image",                   OWN,       OWN,       OK, query="?id={pk}",
        fixed={"app_label": "wagtailimages", "model_name": "image", "action": "add_tags"}),
    cms("wagtail_bulk_action", "image",                   OWN,       OWN,       OK, query="?id={pk}",
        fixed={"app_label": "wagtailimages", "model_name": "image", "action": "add_to_collection"}),
    cms("wagtail_bulk_action", "document",                OWN,       OWN,       OK, query="?id={pk}",
        fixed={"app_label": "wagtaildocs", "model_name": "document", "action": "delete"}),
    cms("wagtail_bulk_action", "document",                OWN,       OWN,       OK, query="?id={pk}",
        fixed={"app_label": "wagtaildocs", "model_name": "document", "action": "add_to_collection"}),

    cms("wagtailembeds:chooser", "",                      OK,        OK,        OK),
    cms("wagtailembeds:chooser_upload", "",               OK,        OK,        OK),
    # Tags are the whole portal's: they would tell what others write about.
    cms("wagtailadmin_tag_autocomplete", "",              HIDDEN,    HIDDEN,    OK, query="?term=zz"),
    cms("wagtailadmin_tag_model_autocomplete", "",        HIDDEN,    HIDDEN,    OK, query="?term=zz",
        fixed={"app_name": "taggit", "model_name": "tag"}),
]

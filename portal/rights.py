"""What each role at a university may do in the CMS, by permission name; researchers have no business there.

Page rights hold on the university's page and all below it, collection rights on its one collection.
"""

from portal.enums import UniversityRole

OPEN_CMS = "wagtailadmin.access_admin"

SITE_RIGHTS: dict[UniversityRole, tuple[str, ...]] = {
    UniversityRole.COORDINATOR: (OPEN_CMS,),
    UniversityRole.EDITOR: (OPEN_CMS,),
    UniversityRole.RESEARCHER: (),
}

PAGE_RIGHTS: dict[UniversityRole, tuple[str, ...]] = {
    UniversityRole.COORDINATOR: tuple(
        f"wagtailcore.{action}_page" for action in ("add", "change", "publish", "lock", "unlock")
    ),
    UniversityRole.EDITOR: ("wagtailcore.add_page", "wagtailcore.change_page"),
}

_FILES = tuple(
    f"{app}.{action}_{kind}"
    for app, kind in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for action in ("add", "change", "choose")
)

COLLECTION_RIGHTS: dict[UniversityRole, tuple[str, ...]] = {
    UniversityRole.COORDINATOR: _FILES,
    UniversityRole.EDITOR: _FILES,
}

"""Two universities side by side: what one coordinator has, and what the other must never meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Comment, Page, Revision

from exchange.actions.clubs import found_club
from exchange.models import ClubPage
from portal.actions.universities import appoint, join_university
from portal.enums import UniversityRole
from portal.models import StandardPage, University, UniversityPage, User
from portal.queries.universities import collection_of
from tests.factories import UniversityFactory, UserFactory

#: One word to search by and one to be found: a page of results repeats what was searched for.
SOUGHT, SECRET = "quicksilver", "mercury"


@dataclass
class Tenant:
    university: University
    page: UniversityPage
    coordinator: User
    editor: User
    collection: Collection
    draft: StandardPage
    club_page: ClubPage
    revisions: list[Revision]
    image: Image
    document: Document


def make_tenant(name: str, words: str) -> Tenant:
    """A university with a live page whose next version waits, an unpublished page, a club, files, a comment.

    `words` stand in all that is not public.
    """
    now = timezone.now()
    university = UniversityFactory(name=name)
    page = join_university(university=university, now=now)
    coordinator, editor = UserFactory(first_name=f"{name} coordinator"), UserFactory()
    appoint(user=coordinator, university=university, role=UniversityRole.COORDINATOR)
    appoint(user=editor, university=university, role=UniversityRole.EDITOR)
    club = found_club(university=university, name=f"{name} club", now=now)
    draft, revisions = _unpublished(page, coordinator, name, words, now)
    image, document = _files(collection_of(university), coordinator, words)
    return Tenant(
        university=university,
        page=page,
        coordinator=coordinator,
        editor=editor,
        collection=image.collection,
        draft=draft,
        club_page=club.page,
        revisions=revisions,
        image=image,
        document=document,
    )


def _files(collection: Collection, by: User, words: str) -> tuple[Image, Document]:
    facts = {"collection": collection, "uploaded_by_user": by}
    picture = get_test_image_file(filename=f"{words}.png")
    image = Image.objects.create(title=f"{words} image", file=picture, **facts)
    text = ContentFile(words.encode(), name=f"{words}.txt")
    document = Document.objects.create(title=f"{words} document", file=text, **facts)
    for file in (image, document):
        file.tags.add(words)
    return image, document


def _unpublished(
    page: UniversityPage, by: User, name: str, words: str, now: datetime
) -> tuple[StandardPage, list[Revision]]:
    page.refresh_from_db()
    page.intro = f"<p>{words} introduction</p>"
    page.title = f"{name} {words}"
    revisions = [page.save_revision(user=by, log_action=True), page.save_revision(user=by)]
    draft = StandardPage(title=f"{name} draft {words}", slug="draft", live=False, owner=by)
    page.add_child(instance=draft)
    revisions.append(draft.save_revision(user=by, log_action=True))
    Comment.objects.create(page=page, user=by, text=f"{words} remark", contentpath="intro")
    EditingSession.objects.create(user=by, content_object=page, last_seen_at=now)
    return draft, revisions


def snapshot(tenant: Tenant) -> dict[str, list]:
    """All that a stranger could change of a tenant, and of people and rights."""
    pages = Page.objects.descendant_of(tenant.page, inclusive=True)
    ids = [str(page.pk) for page in pages]
    return {
        "pages": list(pages.order_by("path").values()),
        "revisions": list(Revision.objects.filter(object_id__in=ids).order_by("pk").values()),
        "images": list(Image.objects.filter(collection=tenant.collection).order_by("pk").values()),
        "documents": list(Document.objects.filter(collection=tenant.collection).order_by("pk").values()),
        "comments": list(Comment.objects.filter(page__in=pages).order_by("pk").values()),
        "collections": list(Collection.objects.order_by("path").values()),
        "people": list(User.objects.order_by("pk").values("pk", "email", "password", "is_superuser")),
        "groups": list(User.groups.through.objects.order_by("pk").values()),
    }

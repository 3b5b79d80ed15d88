"""Files that the members of a project keep for each other."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from portal.models import User
from portal.refusal import Refusal
from research.access import leads
from research.file_names import KINDS, MAX_BYTES, kept_name, kind_of, shown_title
from research.models import Project

from .space import open_space

MOST_FILES = 200


class UnableToKeepFile(Refusal):
    pass


class UnableToDeleteFile(Refusal):
    pass


@transaction.atomic
def keep_file(*, project: Project, file: UploadedFile, by: User) -> AbstractDocument:
    if fault := fault_of(file):
        raise UnableToKeepFile(fault)
    space = open_space(project=project)
    documents = get_document_model().objects
    if documents.filter(collection=space.collection).count() >= MOST_FILES:
        raise UnableToKeepFile(
            _("A project keeps %(most)s files at most. Delete one that is no longer needed first.")
            % {"most": MOST_FILES}
        )
    title = shown_title(file.name)
    file.name = kept_name(file.name)
    document = documents.create(title=title, file=file, collection=space.collection, uploaded_by_user=by)
    document.get_file_size()
    document.get_file_hash()
    return document


def fault_of(file: UploadedFile) -> str | None:
    """Why a file cannot be kept."""
    if file.size > MAX_BYTES:
        return _(
            "The file is too large. A file has %(size)s at most: make it smaller, or cut it into parts."
        ) % {"size": filesizeformat(MAX_BYTES)}
    if kind_of(file.name) not in KINDS:
        return _(
            "Files of this kind are not kept here. Choose a document, table or picture, for example PDF,"
            " DOCX, XLSX, CSV or PNG, or pack it as ZIP."
        )
    return None


@transaction.atomic
def delete_file(*, project: Project, document: AbstractDocument, by: User) -> None:
    """One's own; whoever leads deletes any. Wagtail takes the file away once the row is gone for good."""
    if not may_delete(by, document, leading=leads(by, project)):
        raise UnableToDeleteFile(_("Only who uploaded a file, or whoever leads the project, deletes it."))
    document.delete()


def may_delete(person: User, document: AbstractDocument, *, leading: bool) -> bool:
    return leading or document.uploaded_by_user_id == person.pk

"""Pictures and documents of a university, and a folder of documents that only its staff may read."""

from __future__ import annotations

import io

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction, UploadedFile
from wagtail.search import index

from tests.rights.secrets import secret

from .sides import Side, staff_groups


def add_files(side: Side) -> None:
    image, document = _image(side), _document(side, "document", side.collection)
    restriction = _private_folder(side)
    private = _document(side, "private", restriction.collection)
    side.objects["private_folder"] = {"restriction_id": restriction.pk}
    side.objects["private"] = {"document_id": private.pk}
    side.objects["image"] = {"image_id": image.pk, "pk": image.pk, "filter_spec": "width-2"}
    side.objects["document"] = {"document_id": document.pk, "doc_id": document.pk, "pk": document.pk}
    side.objects["document_path"] = {"args": [document.pk, document.filename]}
    side.objects["private_path"] = {"args": [private.pk, private.filename]}
    for kind in (Image, Document):
        upload = UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(kind),
            file=ContentFile(b"half way", name="upload.txt"),
            uploaded_by_user=side.people["editor"],
        )
        side.objects[f"upload_{kind.__name__.lower()}"] = {"uploaded_file_id": upload.pk}
    side.objects["collection"] = {"pk": side.collection.pk, "collection_id": side.collection.pk}


def _image(side: Side) -> Image:
    name = secret("image", side.place)
    data = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(data, "PNG")
    image = Image.objects.create(
        title=name,
        file=ImageFile(data, name=f"{name}.png"),
        collection=side.collection,
        uploaded_by_user=side.people["editor"],
    )
    image.tags.add(secret("tag", side.place))
    # What Wagtail else fills in when the form is opened.
    image._set_image_file_metadata()
    image.save()
    index.insert_or_update_object(image)
    return image


def _document(side: Side, what: str, collection: Collection) -> Document:
    name = secret(what, side.place)
    told = name if what == "private" else "minutes"
    file = ContentFile(told.encode(), name=f"{told}.txt")
    document = Document.objects.create(
        title=name, file=file, collection=collection, uploaded_by_user=side.people["editor"]
    )
    document._set_document_file_metadata()
    document.save()
    index.insert_or_update_object(document)
    return document


def _private_folder(side: Side) -> CollectionViewRestriction:
    folder = side.collection.add_child(name=secret("private", side.place))
    restriction = CollectionViewRestriction.objects.create(
        collection=folder, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.set(staff_groups(side))
    return restriction


def add_foreign_folders(home: Side, away: Side) -> None:
    """One's own files, and where they are to be put: into a folder of one's own, or into another's."""
    for side in (home, away):
        folder = side.objects["collection"]
        side.objects["image_into"] = home.objects["image"] | folder | {"pk": home.objects["image"]["pk"]}
        side.objects["document_into"] = (
            home.objects["document"] | folder | {"pk": home.objects["document"]["pk"]}
        )

"""Files of a person who goes: their picture is deleted, files named after them are called otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from django.apps import apps
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import FileField, Model
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from portal.models import User

from .traces import Traces

BETWEEN_WORDS = re.compile(r"[\W_]+")


def drop_own_files(person: User) -> None:
    """The picture of the account, and uploads that were begun and never kept."""
    picture = UserProfile.objects.filter(user=person).exclude(avatar="")
    for row in [*picture, *UploadedFile.objects.filter(uploaded_by_user=person)]:
        file = row.avatar if isinstance(row, UserProfile) else row.file
        _delete_later(file.storage, file.name)
        row.delete()


def rename_files(traces: Traces) -> None:
    """Those whose name has the person's; what stands in them is the university's or the project's."""
    for model, field in _file_fields():
        for pk, name in model._base_manager.exclude(**{field.name: ""}).values_list("pk", field.name):
            if name and _is_named_after(name, traces):
                _rename(model, field, pk, name)


def _file_fields() -> Iterator[tuple[type[Model], FileField]]:
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            for field in model._meta.local_concrete_fields:
                if isinstance(field, FileField):
                    yield model, field


def _is_named_after(name: str, traces: Traces) -> bool:
    called = _squeezed(PurePosixPath(name).name)
    return any(_squeezed(mark) in called for mark in traces.marks)


def _squeezed(text: str) -> str:
    return BETWEEN_WORDS.sub("", text.casefold())


def _rename(model: type[Model], field: FileField, pk: object, name: str) -> None:
    old, storage = PurePosixPath(name), field.storage
    if not storage.exists(name):
        new = str(old.with_name(f"file-{pk}{old.suffix}"))
    else:
        with storage.open(name) as file:
            new = storage.save(str(old.with_name(f"file-{pk}{old.suffix}")), file)
    model._base_manager.filter(pk=pk).update(**{field.name: new})
    _delete_later(storage, name)


def _delete_later(storage: Storage, name: str) -> None:
    """Once the transaction stands: a file does not come back when it is rolled back."""
    transaction.on_commit(partial(storage.delete, name))

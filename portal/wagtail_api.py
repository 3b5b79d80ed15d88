"""The admin's API without other universities' files: Wagtail lists all to whoever may enter the admin."""

from __future__ import annotations

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

FILE_RIGHTS = ["add", "change", "choose"]


class OwnFiles:
    def get_queryset(self) -> QuerySet:
        files = super().get_queryset()
        mine = policy_registry.get_by_type(files.model).instances_user_has_any_permission_for(
            self.request.user, FILE_RIGHTS
        )
        return files.filter(pk__in=mine.values("pk"))


class OwnImages(OwnFiles, ImagesAdminAPIViewSet):
    pass


class OwnDocuments(OwnFiles, DocumentsAdminAPIViewSet):
    pass

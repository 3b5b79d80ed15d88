"""Lists of rows in Wagtail's admin that are added, changed and deleted there."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Model, ProtectedError, QuerySet
from django.forms import Form, ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.listings import Listing, OwnIndex, OwnRows, own_rows
from portal.models import User

KEEPING_RIGHTS = ("add", "change", "delete")


class KeptRows(OwnRows):
    """Who sees a row in this list may change it; `may_add` says who has the list."""

    def __init__(
        self, model: type[Model], rows: Callable[[User], QuerySet], may_add: Callable[[User], bool]
    ) -> None:
        super().__init__(model, rows)
        self._may_add = may_add

    def user_has_permission(self, user: User, action: str) -> bool:
        return (action in KEEPING_RIGHTS or super().user_has_permission(user, action)) and self._may_add(user)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        if action in KEEPING_RIGHTS:
            return self._rows(user).filter(pk=instance.pk).exists()
        return super().user_has_permission_for_instance(user, action, instance)

    def instances_user_has_any_permission_for(self, user: User, actions: object) -> QuerySet:
        return self._rows(user) if self._may_add(user) else self.model._default_manager.none()


class KeptIndex(OwnIndex):
    any_permission_required = ["add", "change", "delete", "view"]

    def get_edit_url(self, instance: Model) -> str | None:
        return IndexView.get_edit_url(self, instance)


class _OwnObject:
    model: type[Model]

    def get_object(self, queryset: QuerySet | None = None) -> Model:
        return get_object_or_404(own_rows(self.model, self.request.user), pk=self.kwargs["pk"])


class KeptEdit(_OwnObject, EditView):
    pass


class KeptDelete(_OwnObject, DeleteView):
    def form_valid(self, form: Form) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request, _("Other rows belong to it, such as events. Move or delete them first.")
            )
            return redirect(self.get_success_url())


class KeptListing(Listing):
    form_class: type[ModelForm]
    index_view_class = KeptIndex
    add_view_class = CreateView
    edit_view_class = KeptEdit
    delete_view_class = KeptDelete

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        return ModelViewSet.get_common_view_kwargs(self, **{"usage_url_name": None, **kwargs})

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return self.form_class

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("new/", self.add_view, name="add"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("delete/<int:pk>/", self.delete_view, name="delete"),
        ]

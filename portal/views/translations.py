from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language_info
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from portal.actions.translations import translate_page
from portal.languages import codes


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    name: str
    page: Page | None


@require_http_methods(["GET", "POST"])
def translate(request: HttpRequest, page_id: int) -> HttpResponse:
    """Below /cms/: in which languages a page stands; POST makes the draft of one more."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1)
    if not page.specific.permissions_for_user(request.user).can_edit():
        raise Http404
    if request.method == "POST":
        language = request.POST.get("language")
        if language not in codes():
            raise Http404
        draft = translate_page(page=page, language=language, by=request.user)
        return redirect("wagtailadmin_pages:edit", draft.pk)
    return render(request, "portal/translate.html", {"page": page, "languages": _languages(page)})


def _languages(page: Page) -> list[Language]:
    """A language in which only an alias stands still waits for somebody."""
    own = page.get_translations(inclusive=True).filter(alias_of=None).select_related("locale")
    pages = {one.locale.language_code: one for one in own}
    return [Language(code, get_language_info(code)["name_translated"], pages.get(code)) for code in codes()]

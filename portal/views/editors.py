"""Who writes the pages of a university, for its coordinators."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.access import coordinated_universities
from portal.actions.editors import MOST_EDITORS, UnableToDismissEditor, appoint_editor, dismiss_editor
from portal.actions.universities import UnableToAppoint
from portal.forms.editors import EditorForm
from portal.models import University
from portal.queries.people import coordinators_of, editors_of, with_proof


@never_cache
@login_required
@require_safe
def own_editors(request: HttpRequest) -> HttpResponse:
    """Those of the one university that one coordinates; who has several picks from the list of the CMS."""
    found = list(coordinated_universities(request.user).order_by("pk")[:2])
    if not found:
        raise Http404
    return redirect("editors", found[0].pk) if len(found) == 1 else redirect("universities:index")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def editors(request: HttpRequest, pk: int) -> HttpResponse:
    university = _university_or_404(request, pk)
    form = EditorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = appoint_editor(
                university=university, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except UnableToAppoint as refusal:
            form.add_error("email", str(refusal))
        else:
            told = {"person": person, "university": university}
            said = _("%(person)s may now write the pages of %(university)s and is told by mail.")
            messages.success(request, said % told)
            return redirect("editors", university.pk)
    context = {
        "university": university,
        "form": form,
        "people": with_proof(editors_of(university)),
        "coordinators": coordinators_of(university),
        "most": MOST_EDITORS,
    }
    return render(request, "portal/editors.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def editor_remove(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """GET asks, POST does."""
    university = _university_or_404(request, pk)
    editor = get_object_or_404(editors_of(university), pk=person)
    if request.method != "POST":
        return render(request, "portal/editor_remove.html", {"university": university, "person": editor})
    try:
        dismiss_editor(university=university, person=editor, by=request.user, now=timezone.now())
    except UnableToDismissEditor as refusal:
        messages.error(request, str(refusal))
    else:
        told = {"person": editor, "university": university}
        said = _("%(person)s no longer writes the pages of %(university)s, and is told by mail.")
        messages.success(request, said % told)
    return redirect("editors", university.pk)


def _university_or_404(request: HttpRequest, pk: int) -> University:
    return get_object_or_404(coordinated_universities(request.user), pk=pk)

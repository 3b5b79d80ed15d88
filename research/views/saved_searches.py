"""Searches that a person keeps; they stand on "My research"."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from research.access import has_research
from research.actions.saved_searches import UnableToSaveSearch, change_search, delete_search, save_search
from research.facet_words import search_in_words
from research.forms.saved_searches import SavedSearchForm
from research.models import SavedSearch
from research.searching import read_search


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search_new(request: HttpRequest) -> HttpResponse:
    """What is searched for stands in the address, as on the list of projects."""
    sought, _faults = read_search(request.GET)
    words = search_in_words(sought)
    suggested = {"name": ", ".join(words)[:80] or _("All projects")}
    form = SavedSearchForm(_posted(request), initial=suggested)
    if form.is_valid():
        try:
            save_search(person=request.user, sought=sought, **form.cleaned_data, now=timezone.now())
        except UnableToSaveSearch as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The search is saved."))
            return redirect("research:mine")
    context = {"form": form, "words": words, "query": sought.unordered().query()}
    return render(request, "research/searches/form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search_edit(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch, pk=pk, person=request.user)
    form = SavedSearchForm(_posted(request), initial={"name": search.name, "rhythm": search.rhythm})
    if form.is_valid():
        change_search(search=search, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Your changes are kept."))
        return redirect("research:mine")
    context = {"form": form, "search": search, "query": search.query}
    return render(request, "research/searches/form.html", context)


@login_required
@require_POST
def search_delete(request: HttpRequest, pk: int) -> HttpResponse:
    delete_search(search=get_object_or_404(SavedSearch, pk=pk, person=request.user))
    messages.success(request, _("The search is deleted."))
    return redirect("research:mine" if has_research(request.user) else "research:projects")


def _posted(request: HttpRequest):
    return request.POST if request.method == "POST" else None

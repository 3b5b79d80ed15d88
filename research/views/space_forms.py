"""A question of a project's space on a page of its own."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from research.models import Project


def ask(
    request: HttpRequest,
    project: Project,
    form: forms.Form,
    *,
    heading: str,
    submit: str,
    lead: str = "",
    bad: bool = False,
) -> HttpResponse:
    """`bad` for what takes something away; without `submit` there is nothing to answer."""
    context = {
        "project": project,
        "form": form,
        "heading": heading,
        "submit": submit,
        "lead": lead,
        "bad": bad,
        "multipart": form.is_multipart(),
    }
    return render(request, "research/space/form.html", context)

"""A public project for other programs, each form at an address of its own."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from lxml import etree

from research.formats.cerif import cerif_project
from research.formats.raid import raid_of
from research.models import Project
from research.outputs_io import write_bibtex, write_csl
from research.queries.whole import public_whole


@require_safe
def outputs_bib(request: HttpRequest, pk: int) -> HttpResponse:
    project = _public(pk)
    return _file(project, write_bibtex(project.outputs.all()), "application/x-bibtex; charset=utf-8", "bib")


@require_safe
def outputs_json(request: HttpRequest, pk: int) -> HttpResponse:
    project = _public(pk)
    return _file(project, write_csl(project.outputs.all()), "application/vnd.citationstyles.csl+json", "json")


@require_safe
def raid(request: HttpRequest, pk: int) -> HttpResponse:
    project = _public(pk)
    text = json.dumps(raid_of(project), ensure_ascii=False, indent=1)
    return _file(project, text, "application/json", "raid.json")


@require_safe
def cerif(request: HttpRequest, pk: int) -> HttpResponse:
    project = _public(pk)
    text = etree.tostring(cerif_project(project), encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return _file(project, text, "application/xml; charset=utf-8", "cerif.xml")


def _public(pk: int) -> Project:
    project = public_whole(pk)
    if project is None:
        raise Http404
    return project


def _file(project: Project, content: str | bytes, content_type: str, ending: str) -> HttpResponse:
    disposition = f'attachment; filename="{project.slug}.{ending}"'
    headers = {"Content-Type": content_type, "Content-Disposition": disposition}
    return HttpResponse(content, headers=headers)

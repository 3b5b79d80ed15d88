from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.clock import cautious_now
from research.oai import answer


# Harvesters post without a token; nothing is changed by what they ask.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    content = answer(sent, base_url=settings.BASE_URL + reverse("oai"), now=cautious_now())
    return HttpResponse(content, content_type="text/xml; charset=utf-8")

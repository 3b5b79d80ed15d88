from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.outbox import oldest_age

#: Seconds the oldest due mail may wait before health turns red.
STALE_AFTER = 300


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the database answers and mail flows, 503 otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    age = oldest_age(now=timezone.now())
    return JsonResponse({"oldest_mail_seconds": round(age)}, status=503 if age > STALE_AFTER else 200)

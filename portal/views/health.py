from __future__ import annotations

from datetime import timedelta

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.outbox import count_undelivered, oldest_age

#: Seconds the oldest due mail may wait before health turns red.
STALE_AFTER = 300
#: For how long a mail that was not delivered is told of. It does not turn health red: other mail flows.
RECENT = timedelta(hours=24)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the database answers and mail flows, 503 otherwise."""
    now = timezone.now()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        age = oldest_age(now=now)
        undelivered = count_undelivered(since=now - RECENT)
    except Error:
        return JsonResponse({"database": False}, status=503)
    facts = {f"{state}_mails_24h": count for state, count in undelivered.items()}
    return JsonResponse(
        {"database": True, "oldest_mail_seconds": round(age), **facts},
        status=503 if age > STALE_AFTER else 200,
    )

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from research import access
from research.actions.dismissals import dismiss_suggestion


@login_required
@require_POST
def suggestion_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    suggestion = access.suggestion_for(request.user, pk)
    dismiss_suggestion(suggestion=suggestion, now=timezone.now())
    messages.success(request, _("This suggestion does not come again."))
    if suggestion.reader_id:
        return redirect("research:mine")
    return redirect("research:desk", suggestion.source_id)

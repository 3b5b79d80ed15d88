from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe


@require_safe
def admin_login(request: HttpRequest) -> HttpResponse:
    """Sends whom Wagtail asks to sign in to the one sign-in page."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next', '/cms/')})}")

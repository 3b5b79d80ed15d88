from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portal.rights import OPEN_CMS


@require_safe
def admin_login(request: HttpRequest) -> HttpResponse:
    """The one sign-in page for whom Wagtail asks to sign in; who may not enter goes home, not in circles."""
    if request.user.is_authenticated and not request.user.has_perm(OPEN_CMS):
        return redirect(settings.LOGIN_REDIRECT_URL)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next', '/cms/')})}")

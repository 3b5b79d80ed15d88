"""Views that act, and so take POST only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]


def acts_from(page: str) -> Callable[[View], View]:
    """For who has signed in. `page` is the route, with the same arguments, of the page with the button.

    Signing in on the way, or switching the language of what came back, leads here by GET: that changes
    nothing and goes to the button again, where an empty 405 would be a dead end.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def act(request: HttpRequest, **arguments: int) -> HttpResponse:
            if request.method != "POST":
                return redirect(page, **arguments)
            return view(request, **arguments)

        return login_required(require_http_methods(["GET", "HEAD", "POST"])(act))

    return decorate

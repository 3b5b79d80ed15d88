"""Calendars to subscribe to: public ones at stable addresses, a personal one at a secret address."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from exchange import access
from exchange.actions.feeds import renew_feed_address
from exchange.calendar.feeds import REFRESH, feed
from exchange.feed_keys import reader_of
from exchange.models import Club, Fixture, Season, Team
from exchange.queries import feeds
from portal.models import University
from portal.sports import sport, sport_choices

from .posting import acts_from


# No Last-Modified: what a feed holds changes without any of its rows changing. The ETag is of the bytes.
@require_safe
@conditional_page
def team(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Team, pk=pk)
    return _public(feeds.team_fixtures(found), str(found), reverse("exchange:team_feed", args=[pk]))


@require_safe
@conditional_page
def club(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Club, pk=pk)
    return _public(feeds.club_fixtures(found), str(found), reverse("exchange:club_feed", args=[pk]))


@require_safe
@conditional_page
def university(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(University, pk=pk)
    address = reverse("exchange:university_feed", args=[pk])
    return _public(feeds.university_fixtures(found), str(found), address)


@require_safe
@conditional_page
def season(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Season, pk=pk)
    return _public(feeds.season_fixtures(found), str(found), reverse("exchange:season_feed", args=[pk]))


@require_safe
@conditional_page
def one_sport(request: HttpRequest, code: str) -> HttpResponse:
    if code not in dict(sport_choices()):
        raise Http404
    name, address = str(sport(code).name), reverse("exchange:sport_feed", args=[code])
    return _public(feeds.sport_fixtures(code), name, address)


@require_safe
@conditional_page
def own(request: HttpRequest, token: str) -> HttpResponse:
    """The address is the right; who has signed in makes no difference."""
    person = reader_of(token)
    if person is None:
        raise Http404
    fixtures = feeds.own_feed(access.acting_teams(person), today=timezone.localdate())
    with translation.override(person.language):
        # Its own address would be copied with the calendar.
        response = _calendar(fixtures, _("My fixtures"), reverse("exchange:desk"))
    patch_cache_control(response, private=True, no_cache=True)
    return response


@acts_from("exchange:desk")
def renew(request: HttpRequest) -> HttpResponse:
    renew_feed_address(person=request.user)
    messages.success(request, _("Your calendar has a new address; the old one shows nothing any more."))
    return redirect("exchange:desk")


def _public(which: Q, name: str, address: str) -> HttpResponse:
    response = _calendar(feeds.public_feed(which, today=timezone.localdate()), name, address)
    patch_cache_control(response, public=True, max_age=int(REFRESH.total_seconds()) // 4)
    return response


def _calendar(fixtures: QuerySet[Fixture], name: str, address: str) -> HttpResponse:
    body = feed(fixtures, name=name, url=settings.BASE_URL + address)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")

"""Universities join and leave."""

from __future__ import annotations

from django.urls import path

from portal.views.joining import (
    join,
    join_approve,
    join_ask,
    join_decline,
    join_request,
    join_requests,
    join_withdraw,
)
from portal.views.leaving import university_leave, university_return

urlpatterns = [
    path("", join, name="join"),
    path("requests/", join_requests, name="join_requests"),
    path("requests/<int:pk>/", join_request, name="join_request"),
    path("requests/<int:pk>/approve/", join_approve, name="join_approve"),
    path("requests/<int:pk>/decline/", join_decline, name="join_decline"),
    path("requests/<int:pk>/withdraw/", join_withdraw, name="join_withdraw"),
    path("universities/<int:pk>/leave/", university_leave, name="university_leave"),
    path("universities/<int:pk>/return/", university_return, name="university_return"),
    path("<str:ror>/", join_ask, name="join_ask"),
]

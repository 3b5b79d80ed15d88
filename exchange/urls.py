"""Routes below /exchange/."""

from django.urls import path

from exchange.views import (
    answers,
    clubs,
    desk,
    fixtures,
    invitations,
    request_files,
    requests,
    runs,
    seasons,
    teams,
    venues,
)

app_name = "exchange"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("clubs/new/", clubs.new, name="club_new"),
    path("clubs/<int:pk>/", clubs.club, name="club"),
    path("clubs/<int:pk>/people/add/", clubs.people_add, name="club_people_add"),
    path("clubs/<int:pk>/people/<int:member>/remove/", clubs.people_remove, name="club_people_remove"),
    path("clubs/<int:pk>/teams/new/", teams.new, name="team_new"),
    path("clubs/<int:pk>/teams/<int:team>/", teams.edit, name="team_edit"),
    path("clubs/<int:pk>/venues/new/", venues.new, name="venue_new"),
    path("clubs/<int:pk>/venues/<int:venue>/", venues.edit, name="venue_edit"),
    path("seasons/", seasons.seasons, name="seasons"),
    path("seasons/new/", seasons.new, name="season_new"),
    path("seasons/<int:pk>/", seasons.edit, name="season_edit"),
    path("requests/new/", requests.new, name="request_new"),
    path("requests/import/", request_files.import_file, name="requests_import"),
    path("requests/template.<slug:kind>", request_files.template, name="requests_template"),
    path("requests/<int:pk>/", requests.show, name="request"),
    path("requests/<int:pk>/edit/", requests.edit, name="request_edit"),
    path("requests/<int:pk>/withdraw/", requests.withdraw, name="request_withdraw"),
    path("requests/<int:pk>/reopen/", requests.reopen, name="request_reopen"),
    path("runs/", runs.listing, name="runs"),
    path("runs/start/", runs.start, name="run_start"),
    path("runs/<int:pk>/", runs.show, name="run"),
    path("runs/<int:pk>/progress/", runs.progress, name="run_progress"),
    path("runs/<int:pk>/publish/", runs.publish, name="run_publish"),
    path("runs/<int:pk>/pool.json.gz", runs.pool, name="run_pool"),
    path("invitations/<int:pk>/", invitations.show, name="invitation"),
    path("invitations/<int:pk>/answer/", invitations.answer, name="invitation_answer"),
    path("answer/", answers.answer, name="answer"),
    path("answer/<str:token>/", answers.open_link, name="answer_link"),
    path("fixtures/", fixtures.listing, name="fixtures"),
    path("fixtures/<int:pk>/", fixtures.show, name="fixture"),
]

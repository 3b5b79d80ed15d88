"""Clubs, requests, runs, invitations and fixtures. What is not one's own does not exist."""

from tests.rights.rows import AGAIN, HIDDEN, MOVED, OK, OWN, OWN_MOVED, SIGN_IN, Cell, Row, row

ACCEPT = {"answer": "accept"}
ASKS = {"team": "{team}", "season": "{season}"}
TEAM = {"sport": "BKB", "category": "M", "name": "First eight", "rating": "1500", "rating_deviation": "80"}
#: The form takes one's own only.
INTO_OWN = Cell(MOVED, AGAIN)
#: One's own form comes again, another's does not exist.
INTO_AGAIN = Cell(AGAIN, HIDDEN)

#: One does not challenge oneself.
OTHERS, OTHERS_AGAIN = Cell(HIDDEN, OK), Cell(HIDDEN, AGAIN)


def club(route: str, of: str, **more: object) -> Row:
    """Shown to who may act for the club: its officers, and the coordinators of its university."""
    return row(route, of, SIGN_IN, OWN, HIDDEN, HIDDEN, OWN, OK, **more)


def club_acts(route: str, of: str, **more: object) -> Row:
    return row(route, of, SIGN_IN, OWN_MOVED, HIDDEN, HIDDEN, OWN_MOVED, MOVED, method="POST", **more)


# fmt: off
ROWS = [
    # route, object                          visitor  officer  researcher editor  coordinator administrator
    row("exchange:desk", "",                 SIGN_IN, OK,      OK,      OK,      OK,      OK),

    row("exchange:club_new", "",             SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  OK,      OK),
    # One's own university in the form, or another's.
    row("exchange:club_new", "university",   SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  INTO_OWN, MOVED,
        method="POST", data={"university": "{pk}", "name": "Chess club"}),
    club("exchange:club", "club"),
    club("exchange:club_people_add", "club"),
    club("exchange:club_people_remove", "member"),
    row("exchange:club_people_remove", "stolen_member",
                                             SIGN_IN, OWN,     HIDDEN,  HIDDEN,  OWN,     OWN),
    club("exchange:team_new", "club"),
    club("exchange:team_edit", "team"),
    row("exchange:team_edit", "stolen_team", SIGN_IN, OWN,     HIDDEN,  HIDDEN,  OWN,     OWN),
    row("exchange:team_edit", "team_at",     SIGN_IN, INTO_OWN, HIDDEN, HIDDEN,  INTO_OWN, INTO_OWN,
        method="POST", data=TEAM | {"home_venue": "{venue}"}),
    row("exchange:place_points /exchange/places.json", "",
                                             OK,      OK,      OK,      OK,      OK,      OK),
    row("exchange:place_points /exchange/places/<int:pk>.json", "university",
                                             OK,      OK,      OK,      OK,      OK,      OK),
    row("exchange:team", "team_page",        OK,      OK,      OK,      OK,      OK,      OK),
    club("exchange:contact_new", "team"),
    club("exchange:contact_edit", "contact"),
    row("exchange:contact_edit", "stolen_contact", SIGN_IN, OWN, HIDDEN, HIDDEN,  OWN,     OWN),
    club_acts("exchange:contact_remove", "contact"),
    row("exchange:club_met", "club",         OK,      OK,      OK,      OK,      OK,      OK),
    # Everybody with an account may write to a club that has a page; it shows nobody of it.
    row("exchange:club_write", "club",       SIGN_IN, OK,      OK,      OK,      OK,      OK),
    row("exchange:club_write", "club",       SIGN_IN, MOVED,   MOVED,   MOVED,   MOVED,   MOVED,
        method="POST", data={"subject": "A friendly", "text": "Shall we?", "agrees": "on"}),
    club("exchange:venue_new", "club"),
    club("exchange:venue_edit", "venue"),
    row("exchange:venue_edit", "stolen_venue", SIGN_IN, OWN,   HIDDEN,  HIDDEN,  OWN,     OWN),
    club_acts("exchange:venue_page", "venue"),
    row("exchange:venue_page", "stolen_venue", SIGN_IN, OWN_MOVED, HIDDEN, HIDDEN, OWN_MOVED, OWN_MOVED,
        method="POST"),

    row("exchange:seasons", "",              SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  OK),
    row("exchange:season_new", "",           SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  OK),
    row("exchange:season_edit", "season",    SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  OK),

    # Who acts for no club is told so.
    row("exchange:request_new", "",          SIGN_IN, OK,      OK,      OK,      OK,      OK),
    row("exchange:request_new", "team",      SIGN_IN, OK,      OK,      OK,      OK,      OK,
        query="?team={team}&season={season}"),
    row("exchange:request_new", "team",      SIGN_IN, AGAIN,   AGAIN,   AGAIN,   AGAIN,   AGAIN,
        method="POST", data=ASKS),
    row("exchange:requests_import", "",      SIGN_IN, OK,      OK,      OK,      OK,      OK),
    row("exchange:requests_template", "",    SIGN_IN, OK,      OK,      OK,      OK,      OK,
        fixed={"kind": "csv"}),
    row("exchange:requests_template", "",    SIGN_IN, OK,      OK,      OK,      OK,      OK,
        fixed={"kind": "xlsx"}),
    club("exchange:request", "request"),
    club("exchange:request_edit", "request"),
    club_acts("exchange:request_withdraw", "request"),
    club_acts("exchange:request_reopen", "request"),

    # The board is for everybody; to challenge takes a team of the sport, of another university.
    row("exchange:opponents", "",            OK,      OK,      OK,      OK,      OK,      OK),
    row("exchange:opponent_places", "",      OK,      OK,      OK,      OK,      OK,      OK),
    row("exchange:opponent", "seeking",      OK,      OK,      OK,      OK,      OK,      OK),
    row("exchange:challenge", "seeking",     SIGN_IN, OTHERS,  HIDDEN,  HIDDEN,  OTHERS,  OK),
    row("exchange:challenge", "seeking",     SIGN_IN, OTHERS_AGAIN, HIDDEN, HIDDEN, OTHERS_AGAIN, AGAIN,
        method="POST", data={"choice": "none"}),

    # Runs: coordinators start them and see figures; whole runs are for portal administrators.
    row("exchange:runs", "",                 SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  OK,      OK),
    row("exchange:run_start", "season",      SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  MOVED,   MOVED,
        method="POST", data={"season": "{pk}"}),
    row("exchange:run", "run",               SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  OK,      OK),
    row("exchange:run", "run",               SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  OK,      OK,
        query="?show=unserved"),
    row("exchange:run", "run",               SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  OK,      OK,
        query="?show=fairness"),
    row("exchange:run_progress", "run",      SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  OK,      OK),
    row("exchange:run_publish", "run",       SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  MOVED,
        method="POST"),
    row("exchange:run_pool", "run",          SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  OK),

    club("exchange:invitation", "invitation"),
    club("exchange:invitation", "declined_invitation"),
    club("exchange:invitation", "meeting"),
    club_acts("exchange:invitation_answer", "invitation", data=ACCEPT),
    club_acts("exchange:invitation_answer", "meeting", data=ACCEPT),

    # The link is the right: whoever opens it may answer this one invitation, and only then.
    row("exchange:answer_link", "link",      MOVED,   MOVED,   MOVED,   MOVED,   MOVED,   MOVED),
    row("exchange:answer_link", "",          HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        fixed={"token": "made-up"}),
    row("exchange:answer", "",               HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        holder=OK),
    row("exchange:answer", "invitation",     HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        holder=OWN_MOVED, method="POST", data=ACCEPT | {"invitation": "{pk}"}),

    # A link lets its holder talk about the date of this one fixture too.
    row("exchange:answer_dates", "",         HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        holder=MOVED),
    row("exchange:answer_dates_pick", "",    HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        holder=MOVED),
    row("exchange:answer_dates_withdraw", "", HIDDEN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        holder=MOVED),
    row("exchange:answer_take_back", "",     HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        holder=MOVED),

    row("exchange:fixtures", "",             OK,      OK,      OK,      OK,      OK,      OK),
    row("exchange:calendar", "",             OK,      OK,      OK,      OK,      OK,      OK),
    row("exchange:fixture_sheet", "confirmed", OK,    OK,      OK,      OK,      OK,      OK),
    row("exchange:fixture_sheet", "proposed", HIDDEN, OWN,     HIDDEN,  HIDDEN,  OWN,     OK),
    row("exchange:fixture", "confirmed",     OK,      OK,      OK,      OK,      OK,      OK),
    row("exchange:fixture", "proposed",      HIDDEN,  OWN,     HIDDEN,  HIDDEN,  OWN,     OK),
    row("exchange:fixture", "declined",      HIDDEN,  OWN,     HIDDEN,  HIDDEN,  OWN,     OK),

    # What the two sides have said of the day is for them alone, though the fixture is public.
    club("exchange:arrangements", "confirmed"),
    club("exchange:pack", "confirmed"),
    club("exchange:pack_pdf", "confirmed"),
    # Its form is not complete: it comes again.
    row("exchange:arrangements", "confirmed", SIGN_IN, INTO_AGAIN, HIDDEN, HIDDEN, INTO_AGAIN, AGAIN,
        method="POST", data={"kick_off": "soon"}),
    row("exchange:arrangements", "proposed", SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN),
    club_acts("exchange:arrangements_confirm", "confirmed"),
    # Dates and calling off are the two clubs' affair, though everybody may see the fixture.
    club("exchange:dates", "confirmed"),
    # The other side has offered: it is answered first.
    row("exchange:dates", "proposed",        SIGN_IN, OWN_MOVED, HIDDEN, HIDDEN, OWN_MOVED, OK),
    club_acts("exchange:dates_pick", "proposed", data={"offer": "{offer}", "date": "none"}),
    club_acts("exchange:dates_withdraw", "confirmed", data={"offer": "{offer}"}),
    club("exchange:fixture_cancel", "confirmed"),
    club("exchange:fixture_postpone", "confirmed"),
    row("exchange:fixture_withdraw", "proposed", SIGN_IN, OWN_MOVED, HIDDEN, HIDDEN, OWN_MOVED, OK),

    # Results: of the sides; a decision is an administrator's. Nothing to answer is no right to look.
    club_acts("exchange:result_enter", "begun",
        data={"side": "host", "kind": "played", "host_score": "2", "guest_score": "1"}),
    club_acts("exchange:result_confirm", "entered", data={"result": "{result}"}),
    club_acts("exchange:result_dispute", "entered", data={"result": "{result}", "reason": "It was 1 : 2."}),
    row("exchange:result_decide", "entered", SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  MOVED,
        method="POST", data={"kind": "played", "host_score": "2", "guest_score": "1"}),

    # Feeds: public ones hold public fixtures only; the address of one's own is the right.
    row("exchange:team_feed", "team_page",   OK,      OK,      OK,      OK,      OK,      OK),
    row("exchange:club_feed", "club",        OK,      OK,      OK,      OK,      OK,      OK),
    row("exchange:season_feed", "season",    OK,      OK,      OK,      OK,      OK,      OK),
    row("exchange:university_feed", "university", OK, OK,      OK,      OK,      OK,      OK),
    row("exchange:sport_feed", "",           OK,      OK,      OK,      OK,      OK,      OK,
        fixed={"code": "BKB"}),
    row("exchange:sport_feed", "",           HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        fixed={"code": "none"}),
    row("exchange:feed_own", "",             HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,  HIDDEN,
        fixed={"token": "made-up"}),
    row("exchange:feed_renew", "",           SIGN_IN, MOVED,   MOVED,   MOVED,   MOVED,   MOVED,
        method="POST"),
]

"""Signing in and one's own account: nobody meets another's, so there is nothing to tell apart."""

from tests.rights.rows import HIDDEN, MOVED, OK, SIGN_IN, Outcome, Row, row


def account(route: str, visitor: Outcome, signed_in: Outcome, **more: object) -> Row:
    return row(route, "", visitor, *[signed_in] * 5, **more)


# fmt: off
ROWS = [
    # route                                           visitor  who has signed in
    account("account_login",                          OK,      MOVED),
    account("account_logout",                         MOVED,   OK),
    account("account_signup",                         OK,      MOVED),
    account("account_inactive",                       OK,      OK),
    account("account_reauthenticate",                 SIGN_IN, OK),
    account("account_email",                          SIGN_IN, OK),
    account("account_email_verification_sent",        OK,      OK),
    account("account_confirm_email",                  OK,      OK,      fixed={"key": "made-up"}),
    account("account_change_password",                SIGN_IN, OK),
    account("account_set_password",                   SIGN_IN, MOVED),
    account("account_reset_password",                 OK,      OK),
    account("account_reset_password_done",            OK,      OK),
    account("account_reset_password_from_key",        OK,      OK,
        fixed={"uidb36": "1", "key": "made-up"}),
    account("account_reset_password_from_key_done",   OK,      OK),
    # Nobody signs in by a mailed code.
    account("account_confirm_login_code",             SIGN_IN, MOVED),

    account("account_data",                           SIGN_IN, OK),
    account("account_data_download",                  SIGN_IN, OK),
    # Without the password nothing goes; tests/portal/test_personal_erasure.py.
    account("account_delete",                         SIGN_IN, OK),

    account("notices",                                SIGN_IN, OK),
    # Whoever has a genuine link stops that kind of mail to its person; tests/portal/test_unsubscribe.py.
    account("notices_unsubscribe",                    HIDDEN,  HIDDEN,  fixed={"token": "made-up"}),
]

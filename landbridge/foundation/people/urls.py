"""Everything under /account/. allauth's pages are listed one by one, each with our mark; its names stay."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as elsewhere
from django.urls import path

from landbridge.foundation.people import language_views, second_factor_views, single_sign_on, views
from landbridge.foundation.permissions.guards import public, signed_in

urlpatterns = [
    # One's own account
    path("", views.profile, name="account_profile"),
    path("agreements/<slug:purpose>/", views.consent, name="account_consent"),
    path("language/", language_views.language, name="account_language"),
    path("privacy/", views.privacy, name="account_privacy"),
    path("sessions/", views.sessions, name="usersessions_list"),
    path("sessions/others/", signed_in(views.OtherSessions.as_view()), name="account_other_sessions"),
    path("sessions/<int:pk>/end/", views.session_end, name="account_session_end"),
    # The door
    path("sign-in/", public(views.SignIn.as_view()), name="account_login"),
    path("sign-in/cast/", views.walk_in, name="account_cast"),
    path("sign-in/code/", public(account.request_login_code), name="account_request_login_code"),
    path("sign-in/code/confirm/", public(account.confirm_login_code), name="account_confirm_login_code"),
    path("sign-in/passkey/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/second-factor/", public(factors.authenticate), name="mfa_authenticate"),
    path("sign-up/", public(account.signup), name="account_signup"),
    path("sign-out/", public(account.logout), name="account_logout"),
    path("closed/", public(account.account_inactive), name="account_inactive"),
    # E-mail address and password
    path("e-mail/", signed_in(account.email), name="account_email"),
    path("e-mail/confirm/", public(account.email_verification_sent), name="account_email_verification_sent"),
    path("password/change/", signed_in(account.password_change), name="account_change_password"),
    path("password/set/", signed_in(account.password_set), name="account_set_password"),
    path("password/reset/", public(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/confirm/",
        public(account.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/reset/complete/",
        public(account.complete_password_reset),
        name="account_complete_password_reset",
    ),
    path(
        "password/reset/done/",
        public(account.password_reset_from_key_done),
        name="account_password_reset_completed",
    ),
    path("again/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("again/code/", signed_in(factors.reauthenticate), name="mfa_reauthenticate"),
    path("again/passkey/", signed_in(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    # Second factors
    path("second-factor/", signed_in(factors.index), name="mfa_index"),
    path("second-factor/needed/", views.second_factor_needed, name="account_second_factor_needed"),
    path("second-factor/app/", signed_in(second_factor_views.AddApp.as_view()), name="mfa_activate_totp"),
    path("second-factor/app/remove/", signed_in(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-factor/recovery-codes/",
        signed_in(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/recovery-codes/new/",
        signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/recovery-codes/download/",
        signed_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("second-factor/passkeys/", signed_in(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path(
        "second-factor/passkeys/new/",
        signed_in(second_factor_views.AddPasskey.as_view()),
        name="mfa_add_webauthn",
    ),
    path("second-factor/passkeys/<int:pk>/", signed_in(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "second-factor/passkeys/<int:pk>/remove/",
        signed_in(second_factor_views.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    # Single sign-on
    path("single-sign-on/", signed_in(elsewhere.connections), name="socialaccount_connections"),
    path("single-sign-on/sign-up/", public(elsewhere.signup), name="socialaccount_signup"),
    path(
        "single-sign-on/cancelled/", public(elsewhere.login_cancelled), name="socialaccount_login_cancelled"
    ),
    path("single-sign-on/error/", public(elsewhere.login_error), name="socialaccount_login_error"),
    path("single-sign-on/<slug:provider_id>/", single_sign_on.depart, name="openid_connect_login"),
    path(
        "single-sign-on/<slug:provider_id>/callback/", single_sign_on.arrive, name="openid_connect_callback"
    ),
]

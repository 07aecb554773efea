"""Where allauth asks us: what an account is, how letters leave, what is written down, what is secret."""

from __future__ import annotations

import base64
import hashlib
import io
import logging
from smtplib import SMTPException
from typing import Any, cast

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation import clock
from landbridge.foundation.messages.spoken import spoken
from landbridge.foundation.people import actions, door, queries
from landbridge.foundation.people.models import Consent, Person
from landbridge.foundation.permissions.roles import NEEDS_SECOND_FACTOR

log = logging.getLogger(__name__)

# What allauth tells the owner by letter, as events of our record.
EVENT_OF = {
    "account/email/email_changed": "person.address_changed",
    "account/email/email_confirm": "person.address_confirmed",
    "mfa/email/recovery_codes_generated": "person.recovery_codes_made",
    "mfa/email/totp_activated": "person.app_added",
    "mfa/email/totp_deactivated": "person.app_removed",
    "mfa/email/webauthn_added": "person.passkey_added",
    "mfa/email/webauthn_removed": "person.passkey_removed",
}


WRONG_CODE = _l("This code is not right, or its time is over. Check it, or take a new one.")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made, changed and written down by our actions."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _l("E-mail address and password do not belong together. Check both."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _l("This is not your password."),
        "too_many_login_attempts": _l("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _l("Too many attempts. Wait a minute, then try again."),
        "duplicate_email": _l("This is your address already."),
        "enter_current_password": _l("This is not your present password."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one place where letters of sign-in leave: at once, since somebody waits for the code.

        When the mail server fails, the person reads so, whether the address is known or not.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("A letter of sign-in could not be sent (%s).", template_prefix)
            messages.error(
                self.request, _("Our letter could not be sent just now. Please try again in a few minutes.")
            )

    def save_user(self, request: HttpRequest, user: Person, form: BaseForm, *_args: Any, **_: Any) -> Person:
        """Register whoever signs up, with the agreements of the form."""
        data, at = form.cleaned_data, clock.now()
        with transaction.atomic():
            language = spoken(get_language() or "")
            person = actions.register(name=data["name"], email=data["email"], language=language, at=at)
            by = actions.as_actor(person)
            for purpose in Consent.Purpose:
                if data.get(purpose.value):
                    actions.give_consent(person_id=person.pk, purpose=purpose, by=by, at=at)
        return person

    def set_password(self, user: Person, password: str) -> None:
        actions.set_password(person=user, password=password, at=clock.now())

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Write the sign-in down, and show pages in the person's language from here on."""
        response = super().post_login(request, user, **kwargs)
        ways = [
            str(proof.get("method")) for proof in request.session.get("account_authentication_methods", ())
        ]
        actions.note("person.signed_in", person=user, at=clock.now(), ways=", ".join(ways))
        door.show_in(response, user.language)
        return response

    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, **kwargs: Any) -> None:
        if template_prefix in EVENT_OF:
            actions.note(EVENT_OF[template_prefix], person=user, at=clock.now())
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/account/"

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Not each step deserves a notice: a code that was sent is said on the page itself."""
        template = kwargs.get("message_template") or (args[0] if args else None)
        if template not in (
            "account/messages/login_code_sent.txt",
            "account/messages/email_confirmation_sent.txt",
        ):
            super().add_message(request, level, *args, **kwargs)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Who comes from another house's sign-in is registered like everyone else."""

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: BaseForm | None = None
    ) -> Person:
        if form is None:
            raise ValueError("Nobody is registered without having agreed.")
        with transaction.atomic():
            sociallogin.user = person = AccountAdapter(request).save_user(request, Person(), form)
            sociallogin.save(request)
        return person

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        person = cast(Person, super().populate_user(request, sociallogin, data))
        parts = (data.get("first_name"), data.get("last_name"))
        person.name = str(data.get("name") or " ".join(part for part in parts if part))[:120]
        return person


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are kept encrypted; the last second factor of somebody who needs one stays."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _l(
            "The role you act in needs a second factor, and this is your only one. Add another first."
        ),
        "unverified_email": _l("Confirm your e-mail address first."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The picture that an app scans: black on white, also on a dark page."""
        picture = io.BytesIO()
        segno.make(url, micro=False).save(picture, kind="svg", scale=5, border=4, light="#fff")
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        return _("Key %(number)s") % {"number": queries.number_of_proofs(cast(Person, user)) + 1}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if settings.LANDBRIDGE_SECOND_FACTOR == "off":
            return True
        role = context.request.actor.role
        return role not in NEEDS_SECOND_FACTOR or queries.number_of_proofs(authenticator.user) > 1


def _cipher() -> MultiFernet:
    """Keys made from the secret key and its forerunners: old secrets stay readable when it changes."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second factor {key}".encode()).digest()))
            for key in keys
        ]
    )

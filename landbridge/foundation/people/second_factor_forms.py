"""The forms of allauth for second factors, bounded, and deaf to malformed answers of a browser."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.people.bounded import Bounded

CODE_HINT = _l("Six digits from your app, or one of your recovery codes.")
HOLDS_FOR = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
MALFORMED = (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError)


class AddApp(Bounded, totp.ActivateTOTPForm):
    """The first code of an app proves that it is set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _l("Code from the app")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CodeOnce(Bounded, codes.BaseAuthenticateForm):
    """A code from an app holds for a minute and a half, so that a slow clock does no harm, but only once."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            used = f"people.code:{self.user.pk}:{normalize_user_code(code)}"
            if not cache.add(used, "used", timeout=HOLDS_FOR):
                raise get_adapter().validation_error("incorrect_code")
        return code


class EnterCode(CodeOnce, codes.AuthenticateForm):
    """A code when signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = CODE_HINT


class EnterCodeAgain(CodeOnce, codes.ReauthenticateForm):
    """A code before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = CODE_HINT


class AddPasskey(Bounded, webauthn.AddWebAuthnForm):
    """A new passkey or security key, and how its owner calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _l("Name of this key")
        self.fields["passwordless"].label = _l("Sign in with this key alone")
        self.fields["passwordless"].help_text = _l(
            "Your device then asks for a fingerprint, your face or a PIN."
        )
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean() or {}
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class RenamePasskey(Bounded, webauthn.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _l("Name of this key")


class UsePasskey(Bounded, webauthn.AuthenticateWebAuthnForm):
    """A passkey when signing in with something else first."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class SignInWithPasskey(UsePasskey, webauthn.LoginWebAuthnForm):
    """A passkey alone."""


class UsePasskeyAgain(UsePasskey, webauthn.ReauthenticateWebAuthnForm):
    """A passkey before something delicate."""

"""The forms of allauth for signing in, bounded and in our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.socialaccount import forms as elsewhere
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.people.bounded import Bounded

ADDRESS = _l("E-mail address")
CODE_HINT = _l("From our letter. Capital or small letters, with or without the dash.")


class SignIn(Bounded, account.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = ADDRESS
        self.fields["password"].help_text = ""

    def _setup_password_field(self) -> None:
        """Keep the field: people sign up without a password, and may set one later."""


class RequestCode(Bounded, account.RequestLoginCodeForm):
    """Where the code goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS


class ConfirmSignIn(Bounded, account.ConfirmLoginCodeForm):
    """The code that came by letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = CODE_HINT


class ConfirmAddress(Bounded, account.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = CODE_HINT


class ConfirmReset(Bounded, account.ConfirmPasswordResetCodeForm):
    """The code that lets somebody choose a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = CODE_HINT


class SignUp(Bounded, account.SignupForm):
    """A new account: name, address and agreement; a password may follow later."""

    field_order = ("name", "email", "privacy", "news")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS


class SignUpFromElsewhere(Bounded, elsewhere.SignupForm):
    """The same, for somebody who came by single sign-on."""

    field_order = ("name", "email", "privacy", "news")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS
        self.fields["name"].initial = self.sociallogin.user.name or None


class ChangeAddress(Bounded, account.AddEmailForm):
    """Another address for one's account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _l("New e-mail address")


class ChangePassword(Bounded, account.ChangePasswordForm):
    """The present password, and the new one twice."""


class SetPassword(Bounded, account.SetPasswordForm):
    """A first password."""


class Reauthenticate(Bounded, account.ReauthenticateForm):
    """The password once more, before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ResetPassword(Bounded, account.ResetPasswordForm):
    """Whose password is to be chosen anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS


class NewPassword(Bounded, account.ResetPasswordKeyForm):
    """The password chosen anew."""

"""allauth's pages for second factors, where ours do a little more."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class AddApp(ActivateTOTPView):
    """A code from an app. Whoever has just set it up has shown it: nobody is asked twice in a minute."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _count_as_shown(self.request, kind="totp")
        return response


class AddPasskey(AddWebAuthnView):
    """A passkey or security key; the same holds."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _count_as_shown(self.request, kind="webauthn")
        return response


class RemovePasskey(RemoveWebAuthnView):
    """Take a key away, unless its owner needs a second factor and has no other."""

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


def _count_as_shown(request: HttpRequest, *, kind: str) -> None:
    record_authentication(request, request.user, method="mfa", type=kind, reauthenticated=True)

"""The pages and doors of OAuth 2, each behind the operator's switch."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from allauth.idp.oidc import views
from django.conf import settings
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from landbridge.api import oauth
from landbridge.foundation.people.queries import gave_second_factor
from landbridge.foundation.permissions.guards import Request, public, signed_in
from landbridge.foundation.permissions.roles import NEEDS_SECOND_FACTOR, Role
from landbridge.memberships.queries import hats_of


def _switched(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Not there at all until the operator switches it on."""

    @functools.wraps(view)
    def switched(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not oauth.is_on():
            raise Http404
        return view(request, *args, **kwargs)

    return switched


@signed_in
@_switched
def authorization(request: Request) -> HttpResponseBase:
    """What the program asks for; whoever sees other people's data shows a second factor first."""
    needs = any(Role(hat.role) in NEEDS_SECOND_FACTOR for hat in hats_of(request.actor.person_id or 0))
    if needs and settings.LANDBRIDGE_SECOND_FACTOR != "off" and not gave_second_factor(request):
        back = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{reverse('account_second_factor_needed')}?{urlencode({'next': back})}")
    answered: Any = views.authorization(request)
    response: HttpResponseBase = answered
    origin = oauth.origin_of(request.GET.get("redirect_uri", ""))
    if origin:  # a browser applies the policy of forms to the redirect that follows
        answered._csp_update = {"form-action": [origin]}  # noqa: SLF001 - where django-csp looks
    return response


configuration = public(_switched(views.configuration))
jwks = public(_switched(views.jwks))
token = public(_switched(views.token))
revoke = public(_switched(views.revoke))
user_info = public(_switched(views.user_info))
logout = public(_switched(views.logout))
device_code = public(_switched(views.device_code))

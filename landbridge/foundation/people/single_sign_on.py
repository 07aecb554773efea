"""The way over another house's sign-in, and what happens when nobody answers there."""

from __future__ import annotations

import logging
from http import HTTPStatus

import requests
from allauth.socialaccount.providers.openid_connect import views as openid
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from landbridge.foundation.permissions.guards import Request, public

log = logging.getLogger(__name__)

# A house that does not answer, or answers with something else than its own description.
SILENT = (requests.RequestException, KeyError, ValueError)


@public
def depart(request: Request, provider_id: str) -> HttpResponseBase:
    """To the other house."""
    try:
        return openid.login(request, provider_id)
    except SILENT as silence:
        return _nobody_answers(request, silence)


@public
def arrive(request: Request, provider_id: str) -> HttpResponseBase:
    """Back from there, signed in or not."""
    try:
        return openid.callback(request, provider_id)
    except SILENT as silence:
        return _nobody_answers(request, silence)


def _nobody_answers(request: Request, silence: Exception) -> HttpResponse:
    log.error("Single sign-on did not answer as it should: %s", silence)
    return render(request, "socialaccount/authentication_error.html", status=HTTPStatus.BAD_GATEWAY)

"""The choice of a language, offered at the foot of every page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from landbridge.foundation.people import actions, door
from landbridge.foundation.permissions.guards import Request, public

LONGEST = 1_500


@public
@require_POST
def language(request: Request) -> HttpResponse:
    """Show pages in this language from here on, the page one came from first; one's account and letters follow."""
    response = HttpResponseRedirect(_back(request.POST.get("next", "")))
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        person = request.user
        actions.change_profile(
            person_id=person.pk, name=person.name, language=chosen, by=request.actor, at=request.now
        )
    door.show_in(response, chosen)
    return response


def _back(asked: str) -> str:
    """The page of ours that was asked for, without a language of its own in its address."""
    if len(asked) > LONGEST:
        asked = asked.partition("?")[0][:LONGEST]
    if not url_has_allowed_host_and_scheme(asked, allowed_hosts=None) or not asked.startswith("/"):
        return "/"
    parts = urlsplit(asked)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "language"
    ]
    return urlunsplit(parts._replace(query=urlencode(kept)))

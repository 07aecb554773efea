"""Where people keep their keys: the list, a new one shown once, its end."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from landbridge.api.actions import keys as actions
from landbridge.api.forms.keys import KeyForm
from landbridge.api.models import Key
from landbridge.api.queries import keys as queries
from landbridge.api.rules import scopes
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, posted
from landbridge.foundation.people.queries import gave_second_factor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@needs(P.KEY_HOLD)
@require_GET
def keys(request: Request) -> HttpResponse:
    """One's keys: for which program, in which role, until when, used when."""
    page = page_of(request, queries.held_by(request.actor), size=50)
    shown = [(one, queries.hat_of(one), queries.state_of(one, at=request.now)) for one in page.object_list]
    return render(
        request,
        "api/keys.html",
        {"page": page, "shown": shown, "breadcrumbs": [Crumb(_("Keys for programs"))]},
    )


@needs(P.KEY_HOLD)
@never_cache
def new(request: Request) -> HttpResponse:
    """Make a key in the role that is worn now; it is shown here once."""
    form = KeyForm(posted(request), role=request.actor.role)
    token = ""

    def make() -> Key:
        nonlocal token
        key, token = actions.make_key(
            name=form.cleaned_data["name"],
            scopes=form.chosen,
            days=form.cleaned_data["days"],
            second_factor=settings.LANDBRIDGE_SECOND_FACTOR == "off" or gave_second_factor(request),
            by=request.actor,
            at=request.now,
        )
        return key

    made = carried_out(request, form, make)
    crumbs = [Crumb(_("Keys for programs"), reverse("api:keys"))]
    if made is not None:
        context = {
            "key": made,
            "token": token,
            "address": urljoin(settings.LANDBRIDGE_ADDRESS, "/api/v1/"),
            "breadcrumbs": [*crumbs, Crumb(made.name)],
        }
        return render(request, "api/key_made.html", context)
    context = {"form": form, "hat": request.actor.scope_name, "role": request.actor.role}
    context |= {"breadcrumbs": [*crumbs, Crumb(_("New key"))]}
    return render(request, "api/key_new.html", context, status=form.http_status)


@needs(P.KEY_HOLD)
@require_GET
def key(request: Request, key_pk: int) -> HttpResponse:
    """One key: what it may do, and the button that ends it."""
    found = get_object_or_404(queries.held_by(request.actor), pk=key_pk)
    context = {
        "key": found,
        "hat": queries.hat_of(found),
        "state": queries.state_of(found, at=request.now),
        "scopes": [(one, _(scopes.NAME_OF.get(one, one))) for one in found.scopes],
        "breadcrumbs": [Crumb(_("Keys for programs"), reverse("api:keys")), Crumb(found.name)],
    }
    return render(request, "api/key.html", context)


@needs(P.KEY_HOLD)
@require_POST
def revocation(request: Request, key_pk: int) -> HttpResponse:
    """End it now."""
    get_object_or_404(queries.held_by(request.actor), pk=key_pk)
    return button_pressed(
        request,
        lambda: actions.revoke_key(key_id=key_pk, by=request.actor, at=request.now),
        done=_("Revoked. It opens nothing any more."),
    )

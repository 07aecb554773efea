"""Where people keep their webhooks: address and events, the test, the log of deliveries, sending again."""

from __future__ import annotations

import json
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from landbridge.api.actions import webhooks as actions
from landbridge.api.forms.webhooks import SinceForm, WebhookForm, initial_of
from landbridge.api.models import Delivery, Webhook
from landbridge.api.queries import webhooks as queries
from landbridge.foundation.audit.words import in_words
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@needs(P.WEBHOOK_EDIT)
@require_GET
def webhooks(request: Request) -> HttpResponse:
    """The webhooks of the hat that is worn."""
    page = page_of(request, queries.kept(request.actor), size=50)
    context = {"page": page, "breadcrumbs": [Crumb(_("Webhooks"))]}
    return render(request, "api/webhooks.html", context)


@needs(P.WEBHOOK_EDIT)
def new(request: Request) -> HttpResponse:
    """Make one."""
    form = WebhookForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.make(**form.details, by=request.actor, at=request.now),
        title=_("New webhook"),
        save=_("Make it"),
        done=_("Made. Test it now."),
        lead=_(
            "Your program is told the name of each event, where it can be read, and when it happened. "
            "What is in it your program fetches with a key."
        ),
        crumbs=_crumbs(),
    )


@needs(P.WEBHOOK_EDIT)
@never_cache
@require_GET
def webhook(request: Request, webhook_pk: int) -> HttpResponse:
    """One webhook: what it hears, its secret, and the log of what was sent."""
    found = _own(request, webhook_pk)
    rows = Delivery.objects.visible_to(request.actor).filter(webhook=found).defer("body", "log")
    page = page_of(request, rows.order_by("-created_at", "-pk"), size=25)
    context = {
        "found": found,
        "page": page,
        "deliveries": [(one, in_words(one.event)) for one in page.object_list],
        "breadcrumbs": [*_crumbs(), Crumb(found.name)],
    }
    return render(request, "api/webhook.html", context)


@needs(P.WEBHOOK_EDIT)
def edit(request: Request, webhook_pk: int) -> HttpResponse:
    """Another name, address or choice."""
    found = _own(request, webhook_pk)
    initial = {"name": found.name, "url": found.url, **initial_of(found.events)}
    form = WebhookForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.change(webhook_id=found.pk, **form.details, by=request.actor, at=request.now),
        title=_("Change the webhook"),
        save=_("Save"),
        done=_("Saved."),
        crumbs=_crumbs(found),
    )


@needs(P.WEBHOOK_EDIT)
@require_POST
def test(request: Request, webhook_pk: int) -> HttpResponse:
    """Send a delivery that tells of nothing."""
    found = _own(request, webhook_pk)
    return button_pressed(
        request,
        lambda: actions.test(webhook_id=found.pk, by=request.actor, at=request.now),
        done=_("The test is on its way. Look again in a minute."),
        to=found.get_absolute_url(),
    )


@needs(P.WEBHOOK_EDIT)
@require_POST
def pause(request: Request, webhook_pk: int) -> HttpResponse:
    """Send nothing for a while."""
    found = _own(request, webhook_pk)
    return button_pressed(
        request,
        lambda: actions.stop(webhook_id=found.pk, by=request.actor, at=request.now),
        done=_("Stopped. What happens meanwhile is sent when you switch it on again."),
    )


@needs(P.WEBHOOK_EDIT)
@require_POST
def resumption(request: Request, webhook_pk: int) -> HttpResponse:
    """Go on."""
    found = _own(request, webhook_pk)
    return button_pressed(
        request,
        lambda: actions.resume(webhook_id=found.pk, by=request.actor, at=request.now),
        done=_("Switched on again."),
    )


@needs(P.WEBHOOK_EDIT)
@require_POST
def secret(request: Request, webhook_pk: int) -> HttpResponse:
    """A new secret."""
    found = _own(request, webhook_pk)
    return button_pressed(
        request,
        lambda: actions.change_secret(webhook_id=found.pk, by=request.actor, at=request.now),
        done=_("There is a new secret. Give it to your program."),
    )


@needs(P.WEBHOOK_EDIT)
def replay(request: Request, webhook_pk: int) -> HttpResponse:
    """Send everything again since a moment."""
    found = _own(request, webhook_pk)
    form = SinceForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.replay_since(
            webhook_id=found.pk, moment=form.cleaned_data["moment"], by=request.actor, at=request.now
        ),
        title=_("Send again"),
        lead=_(
            "For a program that was away, or forgot. Each delivery keeps its number, so that it can tell what it has "
            "seen; at most the newest 500 events are sent."
        ),
        done=_("They are on their way."),
        crumbs=_crumbs(found),
    )


@needs(P.WEBHOOK_EDIT)
@require_POST
def removal(request: Request, webhook_pk: int) -> HttpResponse:
    """Take it away."""
    found = _own(request, webhook_pk)
    return button_pressed(
        request,
        lambda: actions.delete(webhook_id=found.pk, by=request.actor, at=request.now),
        done=_("Deleted."),
        to=reverse("api:webhooks"),
    )


@needs(P.WEBHOOK_EDIT)
@require_GET
def delivery(request: Request, delivery_pk: int) -> HttpResponse:
    """One delivery: what was sent, and what came back each time."""
    rows = Delivery.objects.visible_to(request.actor).select_related("webhook")
    found = get_object_or_404(rows, pk=delivery_pk)
    context = {
        "found": found,
        "told": in_words(found.event),
        "body": json.dumps(found.body, ensure_ascii=False, indent=2),
        "lines": [{**line, "at": datetime.fromisoformat(line["at"])} for line in found.log],
        "breadcrumbs": [*_crumbs(found.webhook), Crumb(_("Delivery %(number)s") % {"number": found.pk})],
    }
    return render(request, "api/delivery.html", context)


@needs(P.WEBHOOK_EDIT)
@require_POST
def delivery_replay(request: Request, delivery_pk: int) -> HttpResponse:
    """Send one again."""
    found = get_object_or_404(Delivery.objects.visible_to(request.actor), pk=delivery_pk)
    return button_pressed(
        request,
        lambda: actions.replay(delivery_id=found.pk, by=request.actor, at=request.now),
        done=_("It is on its way."),
    )


def _own(request: Request, webhook_pk: int) -> Webhook:
    return get_object_or_404(Webhook.objects.visible_to(request.actor), pk=webhook_pk)


def _crumbs(found: Webhook | None = None) -> list[Crumb]:
    own = [Crumb(found.name, found.get_absolute_url())] if found else []
    return [Crumb(_("Webhooks"), reverse("api:webhooks")), *own]

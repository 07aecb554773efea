"""The door through which a mail server hands e-mails over, and the quarantine where people sort what nobody could place."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.inbox import actions, queries, reception
from landbridge.foundation.inbox.forms import AttachForm, MailFilters
from landbridge.foundation.inbox.kinds import Delivery
from landbridge.foundation.inbox.models import Incoming
from landbridge.foundation.inbox.reading import MOST_BYTES, read
from landbridge.foundation.inbox.verdicts import WHY, Verdict
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@csrf_exempt
@public
@require_POST
def door(request: Request) -> HttpResponse:
    """A raw e-mail as the body of the post, from a mail server that knows the secret (`Authorization: Bearer …`).

    Twice the same e-mail is taken in once. 404 where no secret is set, 403 where it is wrong, 400 for nothing, 413 for
    more than 25 MB; otherwise 200 and the verdict as JSON.
    """
    secret = settings.LANDBRIDGE_MAIL_SECRET
    if not secret:
        return JsonResponse({"problem": "This installation takes no mail in here."}, status=404)
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {secret}"):
        return JsonResponse({"problem": "The secret is wrong."}, status=403)
    raw = request.read(MOST_BYTES + 1)
    if not raw:
        return JsonResponse({"problem": "There is no e-mail in this post."}, status=400)
    outcome = reception.take(raw, at=request.now)
    status = 413 if outcome.verdict is Verdict.TOO_LARGE else 200
    return JsonResponse({"verdict": outcome.verdict, "mail": outcome.incoming.pk}, status=status)


@needs(P.MAIL_SORT)
@require_GET
def mails(request: Request) -> HttpResponse:
    """The e-mails that wait to be sorted; by filter, what became of the others."""
    filters = MailFilters(request.GET)
    rows = queries.listed(Incoming.objects.visible_to(request.actor), **filters.chosen)
    return render(request, "inbox/mails.html", {"page": page_of(request, rows), "filters": filters})


@needs(P.MAIL_SORT)
@require_GET
def mail(request: Request, pk: int) -> HttpResponse:
    """One e-mail as text, and what can be done with it."""
    found = _seen_by(request.actor, pk)
    waits = found.verdict == Verdict.QUARANTINE and found.sorted_at is None
    context = {
        "incoming": found,
        "mail": reception.kept(found),
        "waits": waits,
        "why": _(WHY[found.why]) if found.why in WHY else found.why,
        "breadcrumbs": [_crumb(), Crumb(found.subject or _("Without a subject"))],
    }
    return render(request, "inbox/mail.html", context)


@needs(P.MAIL_SORT)
def attaching(request: Request, pk: int) -> HttpResponse:
    """Lay it down where it belongs."""
    found, form = _seen_by(request.actor, pk), AttachForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.attach(
            incoming_id=found.pk,
            delivery=_delivery(found),
            **form.cleaned_data,
            by=request.actor,
            at=request.now,
        ),
        title=_("Say where it belongs"),
        lead=_("It becomes a message there, under the sender’s name, and the desk is told."),
        save=_("Lay it down there"),
        done=_("Laid down."),
        to=reverse("inbox:list"),
        crumbs=_crumbs_of(found),
    )


@needs(P.MAIL_SORT)
def dropping(request: Request, pk: int) -> HttpResponse:
    """It belongs nowhere."""
    found, form = _seen_by(request.actor, pk), ReasonForm(posted(request), longest=actions.LONGEST_REASON)
    return form_page(
        request,
        form,
        act=lambda: actions.drop(incoming_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Drop the e-mail"),
        lead=_("Nobody is told, and its sender gets no answer."),
        done=_("Dropped."),
        to=reverse("inbox:list"),
        crumbs=_crumbs_of(found),
        is_final=True,
    )


def _delivery(found: Incoming) -> Delivery:
    """The kept e-mail with its files; without a text where it is no longer kept, and the action refuses that."""
    mail = reception.kept(found)
    return reception.with_files(mail) if mail else Delivery(read(b""))


def _seen_by(actor: Actor, pk: int) -> Incoming:
    return get_object_or_404(Incoming.objects.visible_to(actor), pk=pk)


def _crumb() -> Crumb:
    return Crumb(_("Incoming mail"), reverse("inbox:list"))


def _crumbs_of(found: Incoming) -> list[Crumb]:
    return [_crumb(), Crumb(found.subject or _("Without a subject"), found.get_absolute_url())]

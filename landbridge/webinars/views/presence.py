"""The organiser's pages from the day on: who listens, who was there, answers, recording, slides; the webhook."""

from __future__ import annotations

import json
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.exports import csv_response
from landbridge.foundation.files.models import path_of
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.webinars import actions, queries, rules
from landbridge.webinars.forms import AnswerForm, KeyForm, MinutesForm, RecordingForm, SlidesForm, TableForm
from landbridge.webinars.models import Question, SignUp, Webinar
from landbridge.webinars.views.shared import crumbs_of, kept_by, seen_by

MOST_OCTETS = 200_000


@needs(P.WEBINAR_SEE)
@require_GET
def listeners(request: Request, slug: str) -> HttpResponse:
    """Who signed up, and who was there; brokers see those of their region."""
    found = seen_by(request.actor, slug)
    rows = SignUp.objects.visible_to(request.actor).filter(webinar=found).select_related("region")
    context = {
        "found": found,
        "page": page_of(request, rows.order_by("name", "pk")),
        "is_kept": Webinar.objects.kept_by(request.actor).filter(pk=found.pk).exists(),
        "breadcrumbs": [*crumbs_of(found), Crumb(_("Listeners"))],
    }
    return render(request, "webinars/listeners.html", context)


@needs(P.WEBINAR_EDIT)
@require_GET
def listeners_table(request: Request, slug: str) -> Any:
    """The same as CSV, for the organiser."""
    found = kept_by(request.actor, slug)
    header = ["name", "email", "organisation", "region", "state", "signed_up_at", "minutes", "source"]
    return csv_response(f"listeners-{found.slug}", header, queries.attendance_rows(found))


@needs(P.WEBINAR_EDIT)
def presence(request: Request, slug: str) -> HttpResponse:
    """Hand over the provider's table."""
    found = kept_by(request.actor, slug)
    form = TableForm(posted(request), request.FILES if request.method == "POST" else None)
    unread: list[rules.Unread] = []
    strangers: set[str] = set()

    def act() -> Webinar:
        octets = path_of(form.cleaned_data["table"].sha256).read_bytes()
        told, left_over = rules.read_table(_text_of(octets), zone=found.time_zone, starts_at=found.starts_at)
        unread.extend(left_over)
        strangers.update(queries.strangers(found, [one.email for one in told]))
        return actions.take_over(webinar_id=found.pk, told=told, by=request.actor, at=request.now)

    page = form_page(
        request,
        form,
        act=act,
        title=_("Who was there"),
        lead=_("The table that your provider of webinars exports. Handed over twice, it counts once."),
        save=_("Hand over"),
        done=_("Taken over."),
        to=reverse("webinars:listeners", args=[found.slug]),
        crumbs=crumbs_of(found),
    )
    if strangers and page.status_code == HTTPStatus.FOUND:
        text = ngettext(
            "%(count)s person in the table had not signed up, and is not counted: %(first)s.",
            "%(count)s people in the table had not signed up, and are not counted, among them %(first)s.",
            len(strangers),
        )
        messages.warning(request, text % {"count": len(strangers), "first": min(strangers)})
    if unread:
        text = ngettext(
            "%(count)s line could not be read, the first: “%(line)s”.",
            "%(count)s lines could not be read, the first: “%(line)s”.",
            len(unread),
        )
        messages.warning(request, text % {"count": len(unread), "line": unread[0].text})
    return page


def _text_of(octets: bytes) -> str:
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


@needs(P.WEBINAR_EDIT)
def minutes(request: Request, sign_up_pk: int) -> HttpResponse:
    """Enter by hand how long somebody was there."""
    rows = SignUp.objects.select_related("webinar").filter(webinar__in=Webinar.objects.kept_by(request.actor))
    own = get_object_or_404(rows, pk=sign_up_pk)
    form = MinutesForm(posted(request), initial={"minutes": own.minutes})
    return form_page(
        request,
        form,
        act=lambda: actions.enter_minutes(
            sign_up_id=own.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=own.name,
        save=_("Save"),
        done=_("Saved."),
        to=reverse("webinars:listeners", args=[own.webinar.slug]),
        crumbs=[
            *crumbs_of(own.webinar),
            Crumb(_("Listeners"), reverse("webinars:listeners", args=[own.webinar.slug])),
        ],
    )


@needs(P.WEBINAR_EDIT)
def answer(request: Request, asked_pk: int) -> HttpResponse:
    """Answer a question."""
    rows = Question.objects.select_related("webinar", "sign_up")
    asked = get_object_or_404(rows.filter(webinar__in=Webinar.objects.kept_by(request.actor)), pk=asked_pk)
    form = AnswerForm(posted(request), initial={"answer": asked.answer, "is_shared": asked.is_shared})
    return form_page(
        request,
        form,
        act=lambda: actions.answer(
            question_id=asked.pk,
            text=form.cleaned_data["answer"],
            is_shared=form.cleaned_data["is_shared"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Answer"),
        eyebrow=asked.sign_up.name,
        lead=asked.text,
        save=_("Send the answer"),
        done=_("Answered."),
        to=asked.webinar.get_absolute_url(),
        crumbs=crumbs_of(asked.webinar),
    )


@needs(P.WEBINAR_EDIT)
def recording(request: Request, slug: str) -> HttpResponse:
    """Say where the recording is."""
    found = kept_by(request.actor, slug)
    form = RecordingForm(
        posted(request), initial={"link": found.recording_link, "is_public": found.recording_is_public}
    )
    return form_page(
        request,
        form,
        act=lambda: actions.show_recording(
            webinar_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Recording"),
        save=_("Save"),
        done=_("Saved."),
        crumbs=crumbs_of(found),
    )


@needs(P.WEBINAR_EDIT)
def slides_new(request: Request, slug: str) -> HttpResponse:
    """Hand in the slides."""
    found = kept_by(request.actor, slug)
    form = SlidesForm(posted(request), request.FILES if request.method == "POST" else None)
    return form_page(
        request,
        form,
        act=lambda: actions.show_slides(
            webinar_id=found.pk, slides=form.cleaned_data["slides"], by=request.actor, at=request.now
        ),
        title=_("Slides"),
        save=_("Save"),
        done=_("Saved."),
        crumbs=crumbs_of(found),
    )


@needs(P.WEBINAR_EDIT)
def key(request: Request, slug: str) -> HttpResponse:
    """The key of the provider's webhook: shown to the organiser, changed by a form."""
    found = kept_by(request.actor, slug)
    form = KeyForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.change_key(
            webinar_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Presence from the provider"),
        save=_("Change"),
        done=_("Changed."),
        to=request.path,
        crumbs=crumbs_of(found),
        template="webinars/key.html",
        found=found,
    )


@csrf_exempt
@public
@require_POST
def told(request: Request, slug: str) -> HttpResponse:
    """The provider's webhook: who joined and left, signed with the webinar's key."""
    found = get_object_or_404(Webinar.objects.public(), slug=slug)
    body = request.body[: MOST_OCTETS + 1]
    genuine = rules.is_signed_by(
        request.headers.get("X-Landbridge-Signature", "").removeprefix("sha256="),
        body,
        moment=request.headers.get("X-Landbridge-Moment", ""),
        key=found.attendance_key,
        at=request.now,
    )
    if not genuine or len(body) > MOST_OCTETS:
        return JsonResponse({"told": 0, "problem": "not signed with this webinar's key"}, status=403)
    stretches = _stretches(body, found)
    if stretches is None:
        return JsonResponse(
            {"told": 0, "problem": "a list of email, joined_at, left_at is wanted"}, status=422
        )
    actions.tell_presence(webinar_id=found.pk, told=stretches, by=SYSTEM, at=request.now)
    return JsonResponse({"told": len(stretches)})


def _stretches(body: bytes, webinar: Webinar) -> list[rules.Told] | None:
    try:
        said = json.loads(body)
        found = [
            rules.Told(
                str(one["email"])[:254].strip().lower(),
                datetime.fromisoformat(one["joined_at"]),
                datetime.fromisoformat(one["left_at"]),
            )
            for one in said[: rules.MOST_ROWS]
        ]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    is_sound = all(rules.is_of_that_day(one, starts_at=webinar.starts_at) for one in found)
    return found if is_sound else None

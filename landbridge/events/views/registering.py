"""Registering for an event: beginning, writing, handing in, cancelling, beginning again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.events import actions
from landbridge.events.forms.coming import RegistrationForm
from landbridge.events.models import Event, Registration
from landbridge.events.queries.coming import doors_of, own_registration
from landbridge.events.queries.places import places_of
from landbridge.events.rules import registering as rules
from landbridge.events.states import Registered
from landbridge.events.views.coming import changed_by, crumbs_of, is_own, registration_page
from landbridge.foundation.operations.form_pages import button_pressed, posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, Problem, Refused
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.parts import Crumb

SAYS = {
    Registered.SUBMITTED: N_("Handed in. The organiser decides, and we write to you."),
    Registered.WAITING: N_("You are on the waiting list. A place that gets free is yours at once."),
    Registered.APPROVED: N_("You have a place."),
}


@needs(P.EVENT_ATTEND)
def registering(request: Request, slug: str) -> HttpResponse:
    """What one registers for, and the button that begins it; whoever has begun goes on where they were."""
    event = get_object_or_404(Event.objects.public(), slug=slug)
    standing = own_registration(event, request.actor)
    if standing is not None:
        to_write = standing.state == Registered.DRAFT
        return redirect("events:registration_text", pk=standing.pk) if to_write else redirect(standing)
    problems: tuple[Problem, ...] = tuple(rules.problems_with_time(doors_of(event), at=request.now))
    if request.method == "POST" and not problems:
        try:
            begun = once(request, lambda: actions.begin(event_id=event.pk, by=request.actor, at=request.now))
            return redirect("events:registration_text", pk=begun.pk)
        except Refused as refusal:
            problems = refusal.problems
    context = {
        "event": event,
        "places": places_of(event),
        "problems": problems,
        "breadcrumbs": [Crumb(event.title, event.get_absolute_url()), Crumb(_("Register"))],
    }
    status = 409 if problems and request.method == "POST" else 200
    return render(request, "events/registering.html", context, status=status)


@needs(P.EVENT_ATTEND)
def registration_text(request: Request, pk: int) -> HttpResponse:
    """The registration as a form. Everything typed is kept: also what is handed in with mistakes."""
    found = changed_by(request.actor, pk)
    terms = found.competences.order_by("name").values_list("pk", flat=True)
    form = RegistrationForm(posted(request), found=found, terms=terms)
    wanted = request.POST.get("do", "")
    if wanted == "questions":  # only which questions follow from the answers so far
        return render(request, "events/_questions.html", {"form": form, "found": found})
    if request.method == "POST":
        done = _kept(request, form, found, hand_in=wanted == "submit")
        if done is not None:
            return redirect(done)
    own = is_own(found, request.actor)
    context = {
        "form": form,
        "found": found,
        "event": found.event,
        "own": own,
        "is_draft": found.state == Registered.DRAFT,
        "breadcrumbs": [*crumbs_of(found, request.actor, own=own), Crumb(_("Your registration"))],
    }
    return render(request, "events/registration_text.html", context, status=form.http_status)


def _kept(
    request: Request, form: RegistrationForm, found: Registration, *, hand_in: bool
) -> Registration | None:
    """Keep what was typed, then hand it in where that was asked; None where the form now says what is wrong."""
    is_fine = form.is_valid()
    if not is_fine and found.state != Registered.DRAFT:
        return None
    try:
        saved = actions.save(registration_id=found.pk, **form.values, by=request.actor, at=request.now)
        if not is_fine:
            return None
        if not hand_in:
            messages.success(request, _("Saved."))
            return saved
        done = once(
            request, lambda: actions.submit(registration_id=found.pk, by=request.actor, at=request.now)
        )
    except Refused as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, _says(done))
    return done


@needs(P.EVENT_ATTEND)
@require_POST
def submission(request: Request, pk: int) -> HttpResponse:
    """Hand in a draft that is complete."""
    found = changed_by(request.actor, pk)

    def act() -> Registration:
        done = actions.submit(registration_id=found.pk, by=request.actor, at=request.now)
        messages.success(request, _says(done))
        return done

    return button_pressed(
        request, act, refused=lambda problems: registration_page(request, pk, problems=problems)
    )


@needs(P.EVENT_ATTEND)
def cancellation(request: Request, pk: int) -> HttpResponse:
    """Cancel: the place is free at once, and said to be so before."""
    found = changed_by(request.actor, pk)
    form = Form(posted(request))
    if request.method == "POST":
        return button_pressed(
            request,
            lambda: actions.cancel_registration(registration_id=found.pk, by=request.actor, at=request.now),
            done=_("Cancelled. The place is free for somebody else."),
            refused=lambda problems: registration_page(request, pk, problems=problems),
        )
    own = is_own(found, request.actor)
    context = {
        "form": form,
        "title": _("Cancel my registration") if own else _("Cancel this registration"),
        "lead": _("The place, and places in sessions, are free for others at once. Meetings are called off."),
        "save": _("Cancel the registration"),
        "is_final": True,
        "back": found.get_absolute_url(),
        "breadcrumbs": [*crumbs_of(found, request.actor, own=own), Crumb(_("Cancel"))],
    }
    return render(request, "ui/form.html", context)


@needs(P.EVENT_ATTEND)
@require_POST
def reopening(request: Request, pk: int) -> HttpResponse:
    """Register again after cancelling."""
    found = changed_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.reopen(registration_id=found.pk, by=request.actor, at=request.now),
        done=_("Welcome back. Look through your registration, and hand it in."),
        refused=lambda problems: registration_page(request, pk, problems=problems),
    )


def _says(found: Registration) -> str:
    return str(_(SAYS[Registered(found.state)])) if found.state in SAYS else _("Saved.")

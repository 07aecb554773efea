"""Pages on which one side says what came of a meeting, and those it has met."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.exports import csv_response
from landbridge.foundation.operations.form_pages import button_pressed, carried_out, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.meetings import actions, queries
from landbridge.meetings.forms import OutcomeForm, TapForm
from landbridge.meetings.models import Seat
from landbridge.meetings.rules import problems_with_introduction
from landbridge.meetings.vcards import Card, vcards
from landbridge.meetings.views.shared import crumbs_of, own, page_of_one


@needs(P.EVENT_ATTEND)
def outcome(request: Request, seat_pk: int) -> HttpResponse:
    """What came of it: the taps first; once said, a note, the next step and what follows."""
    seat = _own_seat(request.actor, seat_pk)
    said = queries.outcome_of(seat)
    form = OutcomeForm(posted(request), initial=_initial(seat))
    if said is None or not said.was_held:
        form = OutcomeForm()
        status = 422 if request.method == "POST" else 200
        return _page(request, seat, form=form, status=status)
    result = carried_out(
        request,
        form,
        lambda: actions.say_outcome(
            seat_id=seat.pk,
            was_held=True,
            worth=said.worth,
            **form.cleaned_data,
            by=request.actor,
            at=request.now,
        ),
    )
    if result is not None:
        messages.success(request, _("Kept."))
        return redirect("meetings:agenda", seat.registration_id)
    return _page(request, seat, form=form, status=form.http_status)


@needs(P.EVENT_ATTEND)
@require_POST
def word(request: Request, seat_pk: int) -> HttpResponse:
    """One tap: it did not happen, or it did and was worth so much. What was noted before stays."""
    seat = _own_seat(request.actor, seat_pk)
    tap = TapForm(posted(request))
    kept = queries.outcome_of(seat)
    result = carried_out(
        request,
        tap,
        lambda: actions.say_outcome(
            seat_id=seat.pk,
            **tap.values,
            note=kept.note if kept else "",
            next_step=kept.next_step if kept else "",
            next_step_by_me=kept.next_step_by_me if kept else True,
            next_step_on=kept.next_step_on if kept else None,
            by=request.actor,
            at=request.now,
        ),
    )
    if result is None:
        return _page(request, seat, form=OutcomeForm(initial=_initial(seat)), tap=tap, status=tap.http_status)
    return redirect("meetings:outcome", seat.pk)


@needs(P.EVENT_ATTEND)
@require_POST
def step(request: Request, seat_pk: int) -> HttpResponse:
    """The next step is done."""
    seat = _own_seat(request.actor, seat_pk)
    here = reverse("meetings:outcome", args=[seat.pk])
    return button_pressed(
        request,
        lambda: actions.finish_step(seat_id=seat.pk, by=request.actor, at=request.now),
        done=_("Done. Nobody reminds you of it any more."),
        to=here,
        back=here,
    )


@needs(P.EVENT_ATTEND)
@require_POST
def introduction(request: Request, seat_pk: int) -> HttpResponse:
    """Introduce us formally."""
    seat = _own_seat(request.actor, seat_pk)
    here = reverse("meetings:outcome", args=[seat.pk])
    return button_pressed(
        request,
        lambda: actions.introduce(seat_id=seat.pk, by=request.actor, at=request.now),
        done=_("Your regions' desks have been asked to introduce you."),
        to=here,
        back=here,
    )


@needs(P.EVENT_ATTEND)
@require_GET
def contacts(request: Request, registration_pk: int) -> HttpResponse:
    """Whom I have met, and how to reach those who show it."""
    me = own(request.actor, registration_pk)
    context = page_of_one(
        me, "contacts", contacts=queries.contacts_of(me), breadcrumbs=crumbs_of(me, Crumb(_("Contacts")))
    )
    return render(request, "meetings/contacts.html", context)


@needs(P.EVENT_ATTEND)
@require_GET
def contacts_csv(request: Request, registration_pk: int) -> HttpResponse:
    """The contacts as a table."""
    me = own(request.actor, registration_pk)
    header = [
        _("Name"), _("Organisation"), _("Job title"), _("Country"), _("E-mail"), _("Telephone"), _("Website"),
        _("Met"), _("Worth"), _("Note"), _("Next step"), _("By"),
    ]  # fmt: skip
    rows = (
        (
            one.registration.name, one.registration.organisation_name, one.registration.job_title,
            one.registration.country, one.email, one.telephone, one.registration.website, one.met_at,
            one.outcome.worth if one.outcome else None, one.outcome.note if one.outcome else "",
            one.outcome.next_step if one.outcome else "", one.outcome.next_step_on if one.outcome else None,
        )
        for one in queries.contacts_of(me)
    )  # fmt: skip
    response: HttpResponse = csv_response("contacts", header, rows)  # type: ignore[assignment]  # streamed
    response["Cache-Control"] = "private, no-store"
    return response


@needs(P.EVENT_ATTEND)
@require_GET
def contacts_vcf(request: Request, registration_pk: int) -> HttpResponse:
    """The contacts for an address book."""
    me = own(request.actor, registration_pk)
    cards = (
        Card(
            uid=f"urn:landbridge:registration:{one.registration.pk}",
            name=one.registration.name,
            organisation=one.registration.organisation_name,
            job_title=one.registration.job_title,
            email=one.email,
            telephone=one.telephone,
            website=one.registration.website,
            note=_("Met at %(event)s") % {"event": me.event.title},
        )
        for one in queries.contacts_of(me)
    )
    response = HttpResponse(vcards(cards), content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="contacts.vcf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _own_seat(actor: Actor, seat_pk: int) -> Seat:
    rows = queries.own_seats(actor).select_related(
        *queries.WITH_BOTH, "registration__event", "outcome__introduction"
    )
    return get_object_or_404(rows, pk=seat_pk)


def _initial(seat: Seat) -> dict[str, object]:
    said = queries.outcome_of(seat)
    if said is None:
        return {}
    return {
        "note": said.note,
        "next_step": said.next_step,
        "next_step_by_me": "me" if said.next_step_by_me else "they",
        "next_step_on": said.next_step_on,
        "wants_introduction": said.wants_introduction,
    }


def _page(
    request: Request, seat: Seat, *, form: OutcomeForm, status: int, tap: TapForm | None = None
) -> HttpResponse:
    me, other, said = seat.registration, queries.other_of(seat), queries.outcome_of(seat)
    sides = queries.sides_of(seat.meeting, asked_by=me) if said and said.was_held else None
    context = page_of_one(
        me,
        "agenda",
        seat=seat,
        meeting=seat.meeting,
        other=other,
        said=said,
        is_begun=seat.slot.starts_at <= request.now,
        no_introduction=list(problems_with_introduction(sides)) if sides else [],
        form=form,
        tap=tap or TapForm(),
        zone=me.event.time_zone,
        may_apply=request.actor.may(P.APPLICATION_DRAFT),
        breadcrumbs=crumbs_of(
            me, Crumb(_("Agenda"), reverse("meetings:agenda", args=[me.pk])), Crumb(other.name)
        ),
    )
    return render(request, "meetings/outcome.html", context, status=status)

"""The jury's pages: invited by the organiser, declaring, marking at a desk or on a telephone in the room."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.form_pages import button_pressed, carried_out, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.pitches import actions, queries, rules
from landbridge.pitches.forms import DeclarationForm, InvitationForm, MarksForm
from landbridge.pitches.models import Juror, Pitch, PitchCall
from landbridge.pitches.states import Market, S, Stage
from landbridge.pitches.views.shared import crumbs_of_call, kept_call, seen_call


@needs(P.PITCH_EDIT)
def jury(request: Request, pk: int) -> HttpResponse:
    """Who sits on the jury and how far they are; and the form that invites more."""
    found = kept_call(request.actor, pk)
    form = InvitationForm(posted(request), candidates=queries.candidates_for(found))
    result = carried_out(
        request,
        form,
        lambda: actions.invite(call_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now),
    )
    if result is not None:
        messages.success(request, _("Invited. They were told by letter."))
        return redirect("pitches:jury", pk=found.pk)
    context = {
        "call": found,
        "form": form,
        "seats": queries.seats_of(found),
        "may_invite": found.state in (S.DRAFT, S.OPEN, S.JUDGING),
        "breadcrumbs": [*crumbs_of_call(found), Crumb(_("Jury"))],
    }
    return render(request, "pitches/jury.html", context, status=form.http_status)


@needs(P.PITCH_EDIT)
@require_POST
def juror_removal(request: Request, juror_pk: int) -> HttpResponse:
    """Take somebody off the jury who has not marked."""
    calls = PitchCall.objects.kept_by(request.actor).values("pk")
    seat = get_object_or_404(Juror, pk=juror_pk, call__in=calls)
    back = reverse("pitches:jury", args=[seat.call_id])
    return button_pressed(
        request,
        lambda: actions.remove_juror(juror_id=seat.pk, by=request.actor, at=request.now),
        done=_("Taken off the jury."),
        to=back,
    )


@needs(P.PITCH_JUDGE)
@require_GET
def juries(request: Request) -> HttpResponse:
    """The juries on which one sits."""
    return render(
        request, "pitches/juries.html", {"page": page_of(request, queries.jury_calls(request.actor))}
    )


@needs(P.PITCH_JUDGE)
@require_GET
def marks(request: Request, pk: int) -> HttpResponse:
    """What lies before a juror: conflicts first, then one pitch after the other."""
    seat = _seat(request, pk)
    rows = queries.to_mark(seat)
    open_ones = [one for one in rows if one.conflict is None]
    context = {
        "call": seat.call,
        "seat": seat,
        "rows": rows if seat.declared_at else [],
        "pitches": len(rows),
        "done": sum(one.score is not None for one in open_ones),
        "of": len(open_ones),
        "is_judging": seat.call.state == S.JUDGING,
        "breadcrumbs": [*crumbs_of_call(seat.call), Crumb(_("My marks"))],
    }
    return render(request, "pitches/marks.html", context)


@needs(P.PITCH_JUDGE)
def declaration(request: Request, pk: int) -> HttpResponse:
    """A juror says with whom they have a conflict of interest, or with nobody."""
    seat = _seat(request, pk)
    if seat.is_audience:
        raise Http404
    rows = queries.to_mark(seat)
    conflicts = {one.pitch.pk: one.conflict for one in rows if one.conflict is not None}
    form = DeclarationForm(posted(request), pitches=[one.pitch for one in rows], conflicts=conflicts)
    return form_page(
        request,
        form,
        act=lambda: actions.declare(
            juror_id=seat.pk, conflicts=form.conflicts, by=request.actor, at=request.now
        ),
        title=_("Conflicts of interest"),
        save=_("Declare"),
        done=_("Declared. What you may mark lies before you."),
        crumbs=[*crumbs_of_call(seat.call), Crumb(_("My marks"), seat.get_absolute_url())],
        template="pitches/declaration.html",
        found_ones=[one for one in rows if one.conflict is not None and not one.conflict.is_declared],
    )


@needs(P.PITCH_JUDGE)
def marking(request: Request, pk: int) -> HttpResponse:
    """A juror marks one pitch for the selection."""
    pitch = get_object_or_404(
        Pitch.objects.before_juror(request.actor.person_id).select_related("call", "organisation", "deck"),
        pk=pk,
    )
    return _marks_page(request, pitch, is_live=False)


@needs(P.PITCH_JUDGE)
def live_marking(request: Request, pk: int) -> HttpResponse:
    """A juror or somebody of the audience marks what they see on stage: a few taps."""
    rows = Pitch.objects.filter(
        call__state=S.LIVE,
        call__jurors__person_id=request.actor.person_id or 0,
        on_stage_at__isnull=False,
        state__in=queries.ON_STAGE,
    ).exclude(conflicts__juror__person_id=request.actor.person_id or 0)
    return _marks_page(
        request, get_object_or_404(rows.select_related("call", "organisation"), pk=pk), is_live=True
    )


def _marks_page(request: Request, pitch: Pitch, *, is_live: bool) -> HttpResponse:
    seat = _seat(request, pitch.call_id)
    score = seat.scores.filter(pitch=pitch, is_live=is_live).first()
    form = MarksForm(
        posted(request),
        criteria=rules.criteria_from(pitch.call.criteria),
        given=score.marks if score else {},
        remark=score.remark if score else "",
    )
    result = carried_out(
        request,
        form,
        lambda: actions.mark(
            juror_id=seat.pk,
            pitch_id=pitch.pk,
            marks=form.marks,
            remark=form.cleaned_data["remark"],
            is_live=is_live,
            by=request.actor,
            at=request.now,
        ),
    )
    back = reverse("pitches:live" if is_live else "pitches:marks", args=[pitch.call_id])
    if result is not None:
        messages.success(request, _("Your marks are kept. You may change them until the end."))
        return redirect(back)
    trail = Crumb(_("On stage") if is_live else _("My marks"), back)
    context = {
        "found": pitch,
        "markets": [Market(value).label for value in pitch.markets],
        "stage": Stage(pitch.stage).label if pitch.stage else "",
        "form": form,
        "is_live": is_live,
        "score": score,
        "others": queries.others_marks(seat, pitch) if score and not is_live else [],
        "back": back,
        "breadcrumbs": [*crumbs_of_call(pitch.call), trail, Crumb(pitch.organisation.name)],
    }
    return render(request, "pitches/marking.html", context, status=form.http_status)


@needs(P.PITCH_JUDGE)
@require_POST
def audience(request: Request, pk: int) -> HttpResponse:
    """Somebody in the room marks as well."""
    found = seen_call(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.join_audience(call_id=found.pk, by=request.actor, at=request.now),
        done=_("You mark as one of the audience."),
        to=reverse("pitches:live", args=[found.pk]),
    )


def _seat(request: Request, call_pk: int) -> Juror:
    """The reader's own place on the jury of a call; nobody else's is there."""
    rows = Juror.objects.filter(
        call__in=PitchCall.objects.filter(pk=call_pk), person_id=request.actor.person_id or 0
    )
    return get_object_or_404(rows.select_related("call"))

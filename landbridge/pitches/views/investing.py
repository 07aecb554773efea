"""The investor's pages: profile, deal room, reactions, what became of them; and investors as others see them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.foundation.operations.form_pages import carried_out, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.pitches import actions, queries
from landbridge.pitches.forms import (
    DealFilters,
    FollowForm,
    InvestorFilters,
    OutcomeForm,
    ProfileForm,
    ReactionForm,
)
from landbridge.pitches.models import Investor, Reaction
from landbridge.pitches.states import Became, Market, Stage
from landbridge.pitches.states import Reaction as Said
from landbridge.pitches.views.shared import crumbs_of_call, crumbs_of_pitch, seen_call, seen_pitch

ROOM = "pitches:deal_room"


@needs(P.PITCH_WEIGH)
@require_GET
def deal_room(request: Request) -> HttpResponse:
    """The selected pitches; what fits best stands first, with the reasons. Without a profile it says how to begin."""
    investor = queries.investor_of(request.actor)
    if investor is None or investor.consented_at is None:
        return render(request, "pitches/deal_room.html", {"investor": None})
    calls = queries.calls_in_the_room(investor, request.actor, at=request.now)
    codes = queries.countries_in_the_room(investor, request.actor, at=request.now)
    filters = DealFilters(request.GET, codes=codes, calls=calls)
    deals = queries.deals_for(investor, request.actor, at=request.now, **filters.chosen)
    context = {
        "investor": investor,
        "filters": filters,
        "page": page_of(request, deals, size=24),
        "count": len(deals),
    }
    return render(request, "pitches/deal_room.html", context)


@needs(P.INVESTOR_EDIT)
def profile(request: Request) -> HttpResponse:
    """Who one is and what one looks for."""
    found = queries.investor_of(request.actor)
    calls = queries.sessions_to_choose()
    form = ProfileForm(posted(request), found=found, name=request.actor.name, calls=calls)
    return form_page(
        request,
        form,
        act=lambda: actions.save_profile(
            profile=form.profile,
            call_ids=form.cleaned_data.get("call_ids") or [],
            consents=form.cleaned_data["consents"],
            by=request.actor,
            at=request.now,
        ),
        title=_("What I look for"),
        lead=_("Pitches are sorted by it. Two minutes; you can change it at any time."),
        save=_("Save"),
        done=_("Saved."),
        crumbs=[Crumb(_("Deal room"), reverse(ROOM))],
        to=reverse(ROOM),
        template="pitches/profile.html",
        has_profile=found is not None and found.consented_at is not None,
    )


@needs(P.INVESTOR_EDIT)
def profile_withdrawal(request: Request) -> HttpResponse:
    """The consent ends; the profile is emptied."""
    get_object_or_404(Investor.objects.consenting(), person_id=request.actor.person_id or 0)
    return form_page(
        request,
        Form(posted(request)),
        act=lambda: actions.withdraw_consent(by=request.actor, at=request.now),
        title=_("Withdraw my consent"),
        lead=_(
            "Your profile is emptied, companies no longer see you or that you want to meet them, and nobody asks you again. "
            "What you said to pitches is counted without your name."
        ),
        done=_("Withdrawn. Your profile is empty."),
        crumbs=[
            Crumb(_("Deal room"), reverse(ROOM)),
            Crumb(_("What I look for"), reverse("pitches:profile")),
        ],
        to=reverse(ROOM),
        is_final=True,
    )


@needs(P.PITCH_WEIGH)
def reaction(request: Request, pk: int) -> HttpResponse:
    """Interested, meet or pass, and why; said again, the last word counts."""
    found = seen_pitch(request.actor, pk)
    investor = queries.investor_of(request.actor)
    before = queries.reaction_to(found, investor) if investor else None
    form = ReactionForm(posted(request), found=before)
    result = carried_out(
        request,
        form,
        lambda: actions.react(
            pitch_id=found.pk,
            said=Said(form.cleaned_data["said"]),
            why=form.cleaned_data["why"],
            why_is_for_company=form.cleaned_data["why_is_for_company"],
            by=request.actor,
            at=request.now,
        ),
    )
    if result is not None:
        _say(request, result)
        return redirect(found)
    context = {
        "form": form,
        "title": _("What do you say?"),
        "save": _("Say it"),
        "lead": f"{found.organisation.name}: {found.title}",
        "back": found.get_absolute_url(),
        "breadcrumbs": [*crumbs_of_pitch(found), Crumb(_("Reaction"))],
    }
    return render(request, "ui/form.html", context, status=form.http_status)


def _say(request: Request, said: Reaction) -> None:
    if said.said != Said.MEET:
        messages.success(request, _("Noted."))
    elif said.request_id is not None:
        messages.success(request, _("Noted, and a request for a meeting stands in the event's timetable."))
    elif said.shown_no_meeting is not None:
        why = _(said.shown_no_meeting.label)
        messages.warning(
            request,
            _("Noted; the company is told that you want to meet. No meeting was asked for: %(why)s")
            % {"why": why},
        )


@needs(P.PITCH_WEIGH)
@require_GET
def reactions(request: Request) -> HttpResponse:
    """What one said to which pitch, and what became of it."""
    investor = queries.investor_of(request.actor)
    rows = queries.reactions_of(investor) if investor else Reaction.objects.none()
    context = {
        "page": page_of(request, rows),
        "breadcrumbs": [Crumb(_("Deal room"), reverse(ROOM)), Crumb(_("My reactions"))],
    }
    return render(request, "pitches/reactions.html", context)


@needs(P.PITCH_WEIGH)
def following(request: Request, pk: int) -> HttpResponse:
    """After the session: with how many and with whom one goes on."""
    found = seen_call(request.actor, pk)
    investor = queries.investor_of(request.actor)
    rows = queries.to_follow(investor, found) if investor else []
    form = FollowForm(posted(request), reactions=rows)
    return form_page(
        request,
        form,
        act=lambda: actions.follow(
            call_id=found.pk, pitch_ids=form.cleaned_data["pitch_ids"], by=request.actor, at=request.now
        ),
        title=_("With whom will you go on?"),
        lead=_("Of those that you wanted to meet or were interested in. The organiser counts the answers."),
        save=_("Send"),
        done=_("Thank you. We ask again after 3, 6 and 12 months what became of it."),
        crumbs=crumbs_of_call(found),
        to=reverse("pitches:reactions"),
        template="pitches/following.html",
        rows=rows,
    )


@needs(P.PITCH_WEIGH)
def outcome(request: Request, reaction_pk: int) -> HttpResponse:
    """What became of an interest."""
    rows = Reaction.objects.visible_to(request.actor).select_related("pitch__organisation", "pitch__call")
    found = get_object_or_404(rows, pk=reaction_pk)
    form = OutcomeForm(posted(request), found=found)
    return form_page(
        request,
        form,
        act=lambda: actions.say_what_became(
            reaction_id=found.pk,
            became=Became(form.cleaned_data["became"]),
            text=form.cleaned_data["text"],
            by=request.actor,
            at=request.now,
        ),
        title=_("What became of it?"),
        lead=f"{found.pitch.organisation.name}: {found.pitch.title}",
        save=_("Save"),
        done=_("Thank you."),
        crumbs=[Crumb(_("My reactions"), reverse("pitches:reactions"))],
        to=reverse("pitches:reactions"),
    )


@needs(P.INVESTOR_SEE)
@require_GET
def investors(request: Request) -> HttpResponse:
    """The investors of the network; a company sees those who want to be seen."""
    filters = InvestorFilters(request.GET)
    rows = queries.investors_listed(Investor.objects.visible_to(request.actor), **filters.chosen)
    context = {
        "page": page_of(request, rows),
        "filters": filters,
        "is_company": request.actor.may(P.PITCH_SUBMIT),
    }
    return render(request, "pitches/investors.html", context)


@needs(P.INVESTOR_SEE)
@require_GET
def investor(request: Request, pk: int) -> HttpResponse:
    """One investor."""
    rows = Investor.objects.visible_to(request.actor).consenting().select_related("organisation")
    found = get_object_or_404(rows, pk=pk)
    context = {
        "found": found,
        "markets": [Market(value).label for value in found.markets],
        "stages": [Stage(value).label for value in found.stages],
        "calls": list(found.calls.select_related("event").order_by("-closes_at", "pk")),
        "breadcrumbs": [Crumb(_("Investors"), reverse("pitches:investors")), Crumb(found.name)],
    }
    return render(request, "pitches/investor.html", context)

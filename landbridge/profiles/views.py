"""The pages of partner profiles: the public list, one profile, the work of desks, and interest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Problem
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.profiles import actions, queries, rules
from landbridge.profiles.forms import (
    COMPETENCES,
    InterestFilters,
    InterestForm,
    NewProfileForm,
    ProfileFilters,
    ProfileForm,
    PublicFilters,
)
from landbridge.profiles.models import Interest, Profile
from landbridge.profiles.states import INTEREST_WORKFLOW, WORKFLOW, InterestMove, M, S
from landbridge.profiles.steps import next_of_interest, next_step, way, way_of_interest


# ── For everyone ─────────────────────────────────────────────────────────────────────────────────────────────────────
@public
@require_GET
def profiles(request: Request) -> HttpResponse:
    """What is offered and sought all over the network, without names."""
    filters = PublicFilters(request.GET)
    page = page_of(request, queries.published(**filters.chosen), size=20)
    context = {
        "page": page,
        "views": [queries.public_view(row) for row in page.object_list],
        "filters": filters,
        "works": request.actor.may(P.PROFILE_SEE),
    }
    return render(request, "profiles/profiles.html", context)


@public
@require_GET
def profile(request: Request, pk: int) -> HttpResponse:
    """One profile, without a name; its own desk and the one that checks it find their buttons here."""
    return _page(request, pk)


# ── For desks ────────────────────────────────────────────────────────────────────────────────────────────────────────
@needs(P.PROFILE_SEE)
@require_GET
def of_desk(request: Request) -> HttpResponse:
    """A desk's own profiles and those that wait for its check; an organisation's own."""
    filters = ProfileFilters(request.GET)
    page = page_of(request, queries.listed(queries.of_desk(request.actor), **filters.chosen))
    lines = [(row, queries.knows_owner(row, request.actor)) for row in page.object_list]
    writes = request.actor.may(P.PROFILE_EDIT)
    return render(
        request, "profiles/of_desk.html", {"page": page, "lines": lines, "filters": filters, "writes": writes}
    )


@needs(P.PROFILE_EDIT)
def new(request: Request) -> HttpResponse:
    """Write a profile for an organisation of one's region."""
    form = NewProfileForm(posted(request), by=request.actor)
    return form_page(
        request,
        form,
        act=lambda: actions.write(
            kind=form.cleaned_data["kind"],
            organisation_id=int(form.cleaned_data["organisation"]),
            details=form.details,
            by=request.actor,
            at=request.now,
        ),
        title=_("Write a partner profile"),
        lead=_("The public reads it without a name. A second region checks it before it is published."),
        save=_("Save the draft"),
        crumbs=[_to_desk()],
    )


@needs(P.PROFILE_EDIT)
def text(request: Request, pk: int) -> HttpResponse:
    """Write the draft again."""
    found = _own(request.actor, pk)
    initial: dict[str, Any] = {name: getattr(found, name) for name in (*rules.LONGEST, "languages")}
    initial |= zip(COMPETENCES, (str(term.pk) for term in found.competences.all()), strict=False)
    version = request.POST.get("seen", "")
    form = ProfileForm(posted(request), initial=initial)
    form.mark = str(found.version)  # type: ignore[attr-defined]  # the page sends back which version it showed
    return form_page(
        request,
        form,
        act=lambda: actions.edit(
            profile_id=found.pk,
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            details=form.details,
            by=request.actor,
            at=request.now,
        ),
        title=_("Write the profile"),
        save=_("Save the draft"),
        eyebrow=found.number,
        crumbs=_crumbs_of(found),
    )


@needs(P.PROFILE_EDIT)
@require_POST
def submission(request: Request, pk: int) -> HttpResponse:
    """Hand it to a second region."""
    return _pressed(request, pk, actions.submit, _("Another desk reads it now."))


@needs(P.PROFILE_CHECK)
@require_POST
def publication(request: Request, pk: int) -> HttpResponse:
    """The second region publishes it."""
    return _pressed(request, pk, actions.publish, _("It is public for twelve months."))


@needs(P.PROFILE_EDIT)
@require_POST
def renewal(request: Request, pk: int) -> HttpResponse:
    """It still holds."""
    return _pressed(request, pk, actions.renew, _("Renewed for twelve months."))


@needs(P.PROFILE_CHECK)
def return_to_desk(request: Request, pk: int) -> HttpResponse:
    """The second region gives it back with a remark."""
    found = _seen_by(request.actor, pk)
    form = ReasonForm(
        posted(request),
        longest=rules.LONGEST_REMARK,
        label=_("What should be changed"),
        read_by=_("Its desk reads it."),
    )
    return form_page(
        request,
        form,
        act=lambda: actions.return_to_desk(
            profile_id=found.pk, remark=form.cleaned_data["reason"], by=request.actor, at=request.now
        ),
        title=_("Give it back"),
        done=_("Given back. Its desk has a letter."),
        to=reverse("profiles:of_desk"),
        crumbs=_crumbs_of(found),
    )


@needs(P.PROFILE_EDIT)
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Take it out."""
    found, form = _own(request.actor, pk), ReasonForm(posted(request), longest=rules.LONGEST_REMARK)
    return form_page(
        request,
        form,
        act=lambda: actions.withdraw(
            profile_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Withdraw the profile"),
        lead=_("Nobody finds it any more. This cannot be undone."),
        done=_("Withdrawn."),
        crumbs=_crumbs_of(found),
        is_final=True,
    )


# ── Interest ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@needs(P.PROFILE_EDIT)
def interest_new(request: Request, pk: int) -> HttpResponse:
    """Tell the profile's desk that somebody of one's own region is interested."""
    found, form = _seen_by(request.actor, pk), InterestForm(posted(request), by=request.actor)
    return form_page(
        request,
        form,
        act=lambda: actions.express(
            profile_id=found.pk,
            organisation_id=int(form.cleaned_data["organisation"]),
            answers=form.answers,
            by=request.actor,
            at=request.now,
        ),
        title=_("Express interest"),
        lead=_(
            "It goes to the profile's desk. Whose profile it is, you learn with your organisation, when both said yes."
        ),
        save=_("Send it to the desk"),
        done=_("Sent. The other desk has a letter."),
        eyebrow=f"{found.number} · {found.title}",
        crumbs=_crumbs_of(found),
    )


@needs(P.PROFILE_SEE)
@require_GET
def interests(request: Request) -> HttpResponse:
    """Interest expressed by this desk, and in its profiles."""
    filters = InterestFilters(request.GET)
    rows = queries.interests(Interest.objects.visible_to(request.actor), **filters.chosen)
    page = page_of(request, rows)
    lines = [queries.line_of(row, request.actor) for row in page.object_list]
    return render(request, "profiles/interests.html", {"page": page, "lines": lines, "filters": filters})


@needs(P.PROFILE_SEE)
@require_GET
def interest(request: Request, pk: int) -> HttpResponse:
    """The three answers, and what came of them."""
    return _interest_page(request, pk)


@needs(P.PROFILE_EDIT)
@require_POST
def interest_acceptance(request: Request, pk: int) -> HttpResponse:
    """Take it up: an introduction is prepared."""
    found = _interest_seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.accept(interest_id=found.pk, by=request.actor, at=request.now),
        done=_("Taken up. Read both letters, then ask both sides."),
        refused=lambda problems: _interest_page(request, pk, problems=problems),
    )


@needs(P.PROFILE_EDIT)
def interest_refusal(request: Request, pk: int) -> HttpResponse:
    """Decline it with a reason."""
    found = _interest_seen_by(request.actor, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REMARK, read_by=_("The other desk reads it."))
    return form_page(
        request,
        form,
        act=lambda: actions.decline(
            interest_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Decline the interest"),
        done=_("Declined. The other desk has a letter."),
        crumbs=[
            Crumb(_("Interest"), reverse("profiles:interests")),
            Crumb(str(found), found.get_absolute_url()),
        ],
    )


@needs(P.PROFILE_EDIT)
@require_POST
def interest_withdrawal(request: Request, pk: int) -> HttpResponse:
    """Take it back."""
    found = _interest_seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.withdraw_interest(interest_id=found.pk, by=request.actor, at=request.now),
        done=_("Taken back."),
        refused=lambda problems: _interest_page(request, pk, problems=problems),
    )


# ── Shared ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    found, actor = _seen_by(request.actor, pk), request.actor
    own = queries.is_own_desk(found, actor)
    findings = queries.problems_of(found) if own and found.state == S.DRAFT else []
    is_broker = actor.role is Role.BROKER
    context = {
        "view": queries.public_view(found),
        "state": found.shown_state,
        "works": actor.may(P.PROFILE_SEE) and (is_broker or queries.knows_owner(found, actor)),
        "owner": found.organisation.name if queries.knows_owner(found, actor) else "",
        "desk": found.region,
        "remark": found.check_remark if own else "",
        "problems": problems,
        "findings": findings,
        "steps": way(found),
        "next": next_step(
            found, actor=actor, today=queries.today_for(found, at=request.now), has_problems=bool(findings)
        ),
        "may": {
            "edit": own and found.state == S.DRAFT and actor.may(P.PROFILE_EDIT),
            "return": is_broker and not own and WORKFLOW.allows(M.RETURN, of=found, by=actor),
            "withdraw": own and WORKFLOW.allows(M.WITHDRAW, of=found, by=actor),
            "express": is_broker and found.state == S.PUBLISHED,
        },
        "history_of": found if own or actor.role in (Role.OFFICE, Role.AUDITOR) else None,
        "breadcrumbs": [Crumb(_("Partner profiles"), reverse("profiles:profiles")), Crumb(found.number)],
    }
    return render(request, "profiles/profile.html", context, status=409 if problems else 200)


def _interest_page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    found, actor = _interest_seen_by(request.actor, pk), request.actor
    line = queries.line_of(found, actor)
    questions = [(_(text), found.answers.get(key, "")) for key, text in rules.QUESTIONS.items()]
    context = {
        "line": line,
        "interest": found,
        "profile": queries.public_view(found.profile),
        "questions": questions,
        "problems": problems,
        "steps": way_of_interest(found),
        "next": next_of_interest(found, actor=actor),
        "may_decline": line.is_ours_to_answer and actor.may(P.PROFILE_EDIT),
        "may_withdraw": actor.role is Role.BROKER
        and actor.region_id == found.region_id
        and INTEREST_WORKFLOW.allows(InterestMove.WITHDRAW, of=found, by=actor),
        "breadcrumbs": [Crumb(_("Interest"), reverse("profiles:interests")), Crumb(found.profile.number)],
    }
    return render(request, "profiles/interest.html", context, status=409 if problems else 200)


def _pressed(request: Request, pk: int, act: Callable[..., Profile], done: str) -> HttpResponse:
    found = _seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: act(profile_id=found.pk, by=request.actor, at=request.now),
        done=done,
        refused=lambda problems: _page(request, pk, problems=problems),
    )


def _seen_by(actor: Actor, pk: int) -> Profile:
    rows = queries.shown(Profile.objects.visible_to(actor)).select_related("region", "organisation__region")
    return get_object_or_404(rows, pk=pk)


def _own(actor: Actor, pk: int) -> Profile:
    """A profile that the actor's desk wrote; other desks are told that it is not theirs (403)."""
    found = _seen_by(actor, pk)
    if not queries.is_own_desk(found, actor):
        raise NotAllowed(P.PROFILE_EDIT)
    return found


def _interest_seen_by(actor: Actor, pk: int) -> Interest:
    rows = Interest.objects.visible_to(actor).select_related(
        "profile__region", "profile__organisation", "organisation", "region", "introduction"
    )
    return get_object_or_404(rows.prefetch_related("profile__competences"), pk=pk)


def _to_desk() -> Crumb:
    return Crumb(_("Your profiles"), reverse("profiles:of_desk"))


def _crumbs_of(found: Profile) -> list[Crumb]:
    return [_to_desk(), Crumb(found.number, found.get_absolute_url())]

"""Preparing an introduction, writing what each side will read, asking both, taking it back, letting it lapse."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from landbridge.catalogue.models import Record
from landbridge.enquiries import actions as enquiries
from landbridge.enquiries.models import Enquiry
from landbridge.foundation.audit.record import record as write_down
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, Problem, refuse, refuse_if
from landbridge.introductions import queries, rules
from landbridge.introductions.actions.locking import begin_clock, check_leads, end_clock, lock, tell_sides
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import WORKFLOW, M, Nda, S, Side
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Region


@dataclass(frozen=True, slots=True)
class Between:
    """Two organisations whom no enquiry brought together, and the desks that look after them."""

    company: Organisation
    provider: Organisation
    region: Region
    provider_region: Region | None


@transaction.atomic
def prepare(
    *,
    enquiry_id: int,
    record_id: int,
    title: str = "",
    shown_to_provider: str = "",
    shown_to_company: str = "",
    nda_needed: bool = False,
    by: Actor,
    at: datetime,
) -> Introduction:
    """Bring an enquiry and an offer together, for the desk that leads; nobody is asked yet.

    Texts that are left out are drafted: for the provider from the summary that the company approved, for the company
    from the offer's own summary. They may hold what gives a side away; `ask` refuses until they do not.
    """
    enquiry = Enquiry.objects.visible_to(by).for_update().get(pk=enquiry_id)
    if not by.may(P.INTRODUCTION_PROPOSE) or not queries.leads_enquiry(enquiry, by):
        raise NotAllowed(P.INTRODUCTION_PROPOSE)
    record = Record.objects.visible_to(by).select_related("organisation__region", "region").get(pk=record_id)
    refuse_if(rules.problems_with_preparation(queries.facts_of(enquiry, record)))
    summary = queries.summary_of(enquiry)
    assert summary is not None  # noqa: S101 - the rules have just refused an enquiry without one
    return _begin(
        Between(
            company=enquiry.company,
            provider=record.organisation,
            region=queries.leading_region_of(enquiry),
            provider_region=record.region or record.organisation.region,
        ),
        Introduction(
            enquiry=enquiry,
            summary=summary,
            record=record,
            title=title or summary.title,
            shown_to_provider=shown_to_provider or queries.draft_for_provider(summary, enquiry),
            shown_to_company=shown_to_company or queries.draft_for_company(record),
            nda=Nda.NEEDED if nda_needed else Nda.NOT_NEEDED,
            is_demonstration=enquiry.is_demonstration,
        ),
        by=by,
        at=at,
    )


@transaction.atomic
def prepare_between(
    *,
    between: Between,
    title: str,
    shown_to_provider: str,
    shown_to_company: str,
    is_demonstration: bool = False,
    by: Actor,
    at: datetime,
) -> Introduction:
    """Bring two organisations together whom something else than an enquiry showed to each other, such as a profile."""
    if not by.may(P.INTRODUCTION_PROPOSE):
        raise NotAllowed(P.INTRODUCTION_PROPOSE)
    if between.company.pk == between.provider.pk:
        refuse(
            "same_organisation",
            N_("Company and provider are the same organisation."),
            cure=N_("Nobody is introduced to themselves."),
        )
    texts = Introduction(
        title=title,
        shown_to_provider=shown_to_provider,
        shown_to_company=shown_to_company,
        is_demonstration=is_demonstration,
    )
    return _begin(between, texts, by=by, at=at)


@transaction.atomic
def save(
    *,
    introduction_id: int,
    title: str,
    shown_to_provider: str,
    shown_to_company: str,
    by: Actor,
    at: datetime,
) -> Introduction:
    """Write what each side will read; possible until both are asked. What gives a side away is shown, not refused."""
    introduction = lock(introduction_id, by=by)
    check_leads(introduction, by=by)
    if introduction.state != S.PREPARED:
        refuse(
            "asked_already",
            N_("Both sides have been asked; what they read stays as it is."),
            cure=N_("Withdraw it and prepare another if something in it is wrong."),
        )
    introduction.title = title
    introduction.shown_to_provider, introduction.shown_to_company = shown_to_provider, shown_to_company
    introduction.save(update_fields=["title", "shown_to_provider", "shown_to_company"])
    write_down("introduction.edited", introduction, by=by, at=at)
    return introduction


@transaction.atomic
def ask(*, introduction_id: int, by: Actor, at: datetime) -> Introduction:
    """Ask both sides at once, each by a letter with its own link; they have 14 days.

    Refused where a text gives a side away, where nobody could be asked, and where the provider has as many open
    introductions as it takes: asked for one provider, the questions of all desks wait for each other.
    """
    introduction = lock(introduction_id, by=by)
    target = WORKFLOW.target(M.ASK, of=introduction, by=by)
    check_leads(introduction, by=by)
    refuse_if(queries.problems_of(introduction))
    if introduction.enquiry_id is not None:
        enquiries.introduce(enquiry_id=introduction.enquiry_id, by=by, at=at)
    provider = Organisation.objects.for_update().get(pk=introduction.provider_id)
    refuse_if(
        rules.problems_with_cap(
            open_now=Introduction.objects.open_for_provider(provider.pk).count(),
            most=queries.limit_of(provider.pk),
            free_again=queries.free_again(provider.pk),
        )
    )
    people = {side: queries.people_of(introduction, side) for side in Side}
    refuse_if(_problems_with_people(people))
    introduction.state, introduction.asked_at = target, at
    introduction.lapses_at = rules.lapse_of(at, zone=queries.zone_of(introduction))
    introduction.save(update_fields=["state", "asked_at", "lapses_at"])
    write_down("introduction.asked", introduction, by=by, at=at)
    tell_sides("asked", introduction, at=at)
    begin_clock(introduction, by=by, at=at)
    return introduction


@transaction.atomic
def withdraw(*, introduction_id: int, reason: str, by: Actor, at: datetime) -> Introduction:
    """The desk takes it back; whoever was asked learns that it came to nothing, and no more."""
    introduction = lock(introduction_id, by=by)
    target = WORKFLOW.target(M.WITHDRAW, of=introduction, by=by)
    check_leads(introduction, by=by)
    refuse_if(rules.problems_with_reason(reason))
    introduction.reason = reason.strip()
    return _end(introduction, target, event="withdrawn", by=by, at=at)


@transaction.atomic
def lapse(*, introduction_id: int, by: Actor, at: datetime) -> Introduction:
    """The time to answer has passed; both sides are told that it came to nothing, and a place is free again."""
    introduction = lock(introduction_id, by=by)
    target = WORKFLOW.target(M.LAPSE, of=introduction, by=by)
    if introduction.lapses_at is not None:
        refuse_if(rules.problems_with_lapse(lapses_at=introduction.lapses_at, at=at))
    _end(introduction, target, event="lapsed", by=by, at=at)
    tell(
        "introductions/lapsed_desk",
        introduction,
        to=queries.people_of_leading_desk(introduction),
        at=at,
        context={"title": introduction.title},
    )
    return introduction


@transaction.atomic
def remind(*, introduction_id: int, by: Actor, at: datetime) -> Introduction:
    """Remind whoever has not answered; once, however often the job runs."""
    introduction = lock(introduction_id, by=by)
    if introduction.state != S.ASKED or introduction.reminded_at is not None:
        return introduction
    introduction.reminded_at = at
    introduction.save(update_fields=["reminded_at"])
    write_down("introduction.reminded", introduction, by=by, at=at)
    answered = set(introduction.answers.values_list("side", flat=True))
    tell_sides("reminder", introduction, at=at, sides=[side for side in Side if side not in answered])
    return introduction


def _begin(between: Between, introduction: Introduction, *, by: Actor, at: datetime) -> Introduction:
    introduction.company, introduction.provider = between.company, between.provider
    introduction.region, introduction.provider_region = between.region, between.provider_region
    introduction.number = uuid.uuid4().hex[:20]  # until the row has its id, which the number is made of
    introduction.prepared_by_name, introduction.prepared_at = by.name[:150], at
    introduction.save(force_insert=True)
    introduction.number = rules.number_for(introduction.pk, at=at)
    introduction.save(update_fields=["number"])
    write_down("introduction.prepared", introduction, by=by, at=at)
    return introduction


def _end(introduction: Introduction, target: str, *, event: str, by: Actor, at: datetime) -> Introduction:
    was_asked = introduction.state == S.ASKED
    introduction.state, introduction.ended_at = target, at
    introduction.save(update_fields=["state", "ended_at", "reason"])
    write_down(f"introduction.{event}", introduction, by=by, at=at, reason=introduction.reason)
    if was_asked:
        tell_sides("came_to_nothing", introduction, at=at)
        end_clock(introduction, by=SYSTEM, at=at)
    return introduction


def _problems_with_people(people: Mapping[Side, Sequence[Recipient]]) -> list[Problem]:
    """There is somebody to ask on each side."""
    asked = {
        Side.COMPANY: N_("Nobody acts for the company."),
        Side.PROVIDER: N_("Nobody acts for the provider."),
    }
    return [
        Problem(
            code=f"nobody_{side}", message=asked[side], cure=N_("Invite somebody of it, or ask its desk.")
        )
        for side, found in people.items()
        if not found
    ]

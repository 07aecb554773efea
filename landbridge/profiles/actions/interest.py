"""Interest in a profile, from desk to desk; taken up, it becomes an introduction that both sides are asked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from landbridge.foundation.audit.record import record as write_down
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.introductions import actions as introductions
from landbridge.memberships.queries import desk_of, recipients
from landbridge.organisations.models import Organisation
from landbridge.profiles import queries, rules
from landbridge.profiles.models import Interest, Profile
from landbridge.profiles.states import INTEREST_WORKFLOW, InterestMove, S
from landbridge.profiles.states import Interest as InterestState


@transaction.atomic
def express(
    *, profile_id: int, organisation_id: int, answers: Mapping[str, str], by: Actor, at: datetime
) -> Interest:
    """Tell the profile's desk that an organisation of one's own region is interested; it does not learn in whom."""
    if not by.may(P.PROFILE_EDIT):
        raise NotAllowed(P.PROFILE_EDIT)
    profile = Profile.objects.visible_to(by).for_update().select_related("region").get(pk=profile_id)
    organisation = Organisation.objects.visible_to(by).select_related("region").get(pk=organisation_id)
    if profile.state != S.PUBLISHED or organisation.region is None:
        refuse(
            "not_published",
            N_("This profile is not published, or the organisation lies in none of the network's regions."),
            cure=N_("Look for another profile."),
        )
    waiting = Interest.objects.filter(profile=profile, organisation=organisation, state=InterestState.SENT)
    refuse_if(
        rules.problems_with_interest(
            owner_id=profile.organisation_id,
            organisation_id=organisation.pk,
            is_open_already=waiting.exists(),
            answers=answers,
        )
    )
    interest = Interest.objects.create(
        profile=profile,
        region=organisation.region,
        organisation=organisation,
        answers={key: answers[key].strip() for key in rules.QUESTIONS},
        sent_by_name=by.name[:150],
        sent_at=at,
    )
    write_down("interest.expressed", interest, by=by, at=at)
    _tell("interest", interest, region_id=profile.region_id, at=at)
    return interest


@transaction.atomic
def accept(*, interest_id: int, by: Actor, at: datetime) -> Interest:
    """The profile's desk takes it up: an introduction is prepared, whose texts it still looks at before both are asked."""
    interest = _lock(interest_id, by=by)
    target = INTEREST_WORKFLOW.target(InterestMove.ACCEPT, of=interest, by=by)
    profile = interest.profile
    _check(queries.is_own_desk(profile, by))
    interest.introduction = introductions.prepare_between(
        between=introductions.Between(
            company=profile.organisation,
            provider=interest.organisation,
            region=profile.region,
            provider_region=interest.region,
        ),
        title=profile.title,
        shown_to_provider="\n\n".join(
            filter(None, (profile.summary, profile.description, profile.wanted_partner))
        ),
        shown_to_company="\n\n".join(
            f"{_(question)}\n{interest.answers.get(key, '')}" for key, question in rules.QUESTIONS.items()
        ),
        is_demonstration=profile.is_demonstration,
        by=by,
        at=at,
    )
    _answer(interest, target, by=by, at=at)
    write_down("interest.accepted", interest, by=by, at=at)
    _tell("interest_accepted", interest, region_id=interest.region_id, at=at)
    return interest


@transaction.atomic
def decline(*, interest_id: int, reason: str, by: Actor, at: datetime) -> Interest:
    """The profile's desk does not take it up; the other desk reads why."""
    interest = _lock(interest_id, by=by)
    target = INTEREST_WORKFLOW.target(InterestMove.DECLINE, of=interest, by=by)
    _check(queries.is_own_desk(interest.profile, by))
    refuse_if(rules.problems_with_reason(reason))
    interest.reason = reason.strip()
    _answer(interest, target, by=by, at=at)
    write_down("interest.declined", interest, by=by, at=at, reason=interest.reason)
    _tell("interest_declined", interest, region_id=interest.region_id, at=at)
    return interest


@transaction.atomic
def withdraw_interest(*, interest_id: int, by: Actor, at: datetime) -> Interest:
    """The desk that expressed it takes it back."""
    interest = _lock(interest_id, by=by)
    target = INTEREST_WORKFLOW.target(InterestMove.WITHDRAW, of=interest, by=by)
    _check(by.role is Role.SYSTEM or by.region_id == interest.region_id)
    _answer(interest, target, by=by, at=at)
    write_down("interest.withdrawn", interest, by=by, at=at)
    return interest


def _lock(interest_id: int, *, by: Actor) -> Interest:
    return (
        Interest.objects.visible_to(by)
        .for_update()
        .select_related("profile__region", "profile__organisation__region", "organisation__region", "region")
        .get(pk=interest_id)
    )


def _check(may: bool) -> None:  # noqa: FBT001 - reads as a sentence: check that this desk may
    if not may:
        raise NotAllowed(P.PROFILE_EDIT)


def _answer(interest: Interest, target: str, *, by: Actor, at: datetime) -> None:
    interest.state, interest.answered_at, interest.answered_by_name = target, at, by.name[:150]
    interest.save(update_fields=["state", "answered_at", "answered_by_name", "reason", "introduction"])


def _tell(event: str, interest: Interest, *, region_id: int, at: datetime) -> None:
    context = {"number": interest.profile.number, "title": interest.profile.title, "reason": interest.reason}
    tell(f"profiles/{event}", interest, to=recipients(desk_of(region_id)), at=at, context=context)

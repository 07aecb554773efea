"""A profile from its draft to its end: written, checked by a second region, published, renewed, expired, withdrawn."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from landbridge.foundation.audit.record import record as write_down
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.memberships.queries import desk_of, recipients
from landbridge.organisations.models import Organisation
from landbridge.profiles import queries, rules
from landbridge.profiles.models import Profile
from landbridge.profiles.states import WORKFLOW, M, S
from landbridge.programmes.models import Region


@dataclass(frozen=True, slots=True)
class Details:
    """What a desk writes about an organisation without naming it."""

    texts: rules.Texts
    languages: list[str] = field(default_factory=list)
    competence_ids: list[int] = field(default_factory=list)


@transaction.atomic
def write(
    *,
    kind: str,
    organisation_id: int,
    details: Details,
    is_demonstration: bool = False,
    by: Actor,
    at: datetime,
) -> Profile:
    """Begin a draft for an organisation of one's region; it has its number from now on."""
    if not by.may(P.PROFILE_EDIT):
        raise NotAllowed(P.PROFILE_EDIT)
    organisation = Organisation.objects.visible_to(by).select_related("region").get(pk=organisation_id)
    refuse_if(rules.problems_with_kind(kind))
    if organisation.region is None:
        refuse(
            "no_region",
            N_("This organisation lies in none of the network's regions."),
            cure=N_("Correct its place first."),
            field="organisation",
        )
    region: Region = organisation.region
    profile = Profile.objects.create(
        number=_next_number(kind, region, at=at),
        kind=kind,
        region=region,
        organisation=organisation,
        **asdict(details.texts),
        languages=details.languages,
        written_by_name=by.name[:150],
        written_at=at,
        is_demonstration=is_demonstration,
    )
    profile.competences.set(details.competence_ids)
    write_down("profile.written", profile, by=by, at=at)
    return profile


@transaction.atomic
def edit(*, profile_id: int, version: int, details: Details, by: Actor, at: datetime) -> Profile:
    """Write the draft again. Refused where somebody else wrote it meanwhile."""
    profile = _lock(profile_id, by=by)
    if profile.state != S.DRAFT:
        refuse(
            "not_a_draft",
            N_("Only a draft is edited."),
            cure=N_("Withdraw a profile that is no longer right, and write another."),
        )
    if profile.version != version:
        refuse(
            "edited_meanwhile",
            N_("Somebody else has edited this profile meanwhile."),
            cure=N_("Look at the new text, then send yours again if it still holds."),
        )
    for name, text in details.texts.by_field():
        setattr(profile, name, text)
    profile.languages, profile.version = details.languages, profile.version + 1
    profile.save(update_fields=[*rules.LONGEST, "languages", "version"])
    profile.competences.set(details.competence_ids)
    write_down("profile.edited", profile, by=by, at=at)
    return profile


@transaction.atomic
def submit(*, profile_id: int, by: Actor, at: datetime) -> Profile:
    """Hand the draft to a second region. Refused where a text names the organisation."""
    profile = _lock(profile_id, by=by)
    target = WORKFLOW.target(M.SUBMIT, of=profile, by=by)
    refuse_if(queries.problems_of(profile))
    profile.state, profile.check_remark = target, ""
    profile.save(update_fields=["state", "check_remark"])
    write_down("profile.submitted", profile, by=by, at=at)
    return profile


@transaction.atomic
def return_to_desk(*, profile_id: int, remark: str, by: Actor, at: datetime) -> Profile:
    """The second region gives it back with a remark; it is a draft again."""
    profile = _lock(profile_id, by=by, checks=True)
    target = WORKFLOW.target(M.RETURN, of=profile, by=by)
    refuse_if(rules.problems_with_checker(own_region=profile.region_id, checking_region=by.region_id))
    refuse_if(rules.problems_with_remark(remark))
    profile.state, profile.check_remark = target, remark.strip()
    profile.save(update_fields=["state", "check_remark"])
    write_down("profile.returned", profile, by=by, at=at, reason=remark.strip())
    _tell_desk("returned", profile, at=at, remark=remark.strip())
    return profile


@transaction.atomic
def publish(*, profile_id: int, by: Actor, at: datetime) -> Profile:
    """The second region has read it: it is public for twelve months."""
    profile = _lock(profile_id, by=by, checks=True)
    target = WORKFLOW.target(M.PUBLISH, of=profile, by=by)
    refuse_if(rules.problems_with_checker(own_region=profile.region_id, checking_region=by.region_id))
    refuse_if(queries.problems_of(profile))
    profile.state, profile.published_at = target, at
    profile.checked_by_name, profile.checked_region_id = by.name[:150], by.region_id
    profile.valid_until = rules.last_day(queries.today_for(profile, at=at))
    profile.save(update_fields=["state", "published_at", "checked_by_name", "checked_region", "valid_until"])
    write_down("profile.published", profile, by=by, at=at, day=profile.valid_until)
    _tell_desk("published", profile, at=at)
    return profile


@transaction.atomic
def renew(*, profile_id: int, by: Actor, at: datetime) -> Profile:
    """The desk says that it still holds: twelve months more, from today on."""
    profile = _lock(profile_id, by=by)
    target = WORKFLOW.target(M.RENEW, of=profile, by=by)
    today = queries.today_for(profile, at=at)
    if profile.valid_until is not None:
        refuse_if(rules.problems_with_renewal(valid_until=profile.valid_until, today=today))
    refuse_if(queries.problems_of(profile))
    profile.state, profile.valid_until = target, rules.last_day(today)
    profile.save(update_fields=["state", "valid_until"])
    write_down("profile.renewed", profile, by=by, at=at, day=profile.valid_until)
    return profile


@transaction.atomic
def expire(*, profile_id: int, by: Actor, at: datetime) -> Profile:
    """Its last day is over: it is public no longer, until its desk renews it."""
    profile = _lock(profile_id, by=by)
    target = WORKFLOW.target(M.EXPIRE, of=profile, by=by)
    if profile.valid_until is not None:
        today = queries.today_for(profile, at=at)
        refuse_if(rules.problems_with_expiry(valid_until=profile.valid_until, today=today))
    profile.state = target
    profile.save(update_fields=["state"])
    write_down("profile.expired", profile, by=by, at=at)
    _tell_desk("expired", profile, at=at)
    return profile


@transaction.atomic
def warn(*, profile_id: int, days_left: int, by: Actor, at: datetime) -> Profile:
    """Remind the desk that its profile ends; once for each warning, however often the job runs."""
    profile = _lock(profile_id, by=by)
    key = f"profiles/ends_soon:{profile.pk}:{profile.valid_until}:{days_left}"
    if profile.state == S.PUBLISHED and _tell_desk("ends_soon", profile, at=at, key=key):
        write_down("profile.warned", profile, by=by, at=at, day=profile.valid_until)
    return profile


@transaction.atomic
def withdraw(*, profile_id: int, reason: str, by: Actor, at: datetime) -> Profile:
    """The desk takes it out; nobody finds it any more."""
    profile = _lock(profile_id, by=by)
    target = WORKFLOW.target(M.WITHDRAW, of=profile, by=by)
    refuse_if(rules.problems_with_reason(reason))
    profile.state = target
    profile.save(update_fields=["state"])
    write_down("profile.withdrawn", profile, by=by, at=at, reason=reason.strip())
    return profile


def _lock(profile_id: int, *, by: Actor, checks: bool = False) -> Profile:
    """The row, locked. Other desks only check; whatever else is done, its own desk does. Raises NotAllowed."""
    rows = Profile.objects.visible_to(by).for_update().select_related("region", "organisation__region")
    profile = rows.get(pk=profile_id)
    if not checks and by.may(P.PROFILE_EDIT) and not queries.is_own_desk(profile, by):
        raise NotAllowed(P.PROFILE_EDIT)
    return profile


def _next_number(kind: str, region: Region, *, at: datetime) -> str:
    """The next of its kind, country and day; the regions of the country are locked meanwhile."""
    list(Region.objects.filter(country=region.country).order_by("pk").for_update())
    day = at.astimezone(ZoneInfo(region.time_zone)).date()
    beginning = rules.number_for(kind, country=region.country, day=day, place=0)[:-3]
    taken = Profile.objects.filter(number__startswith=beginning).count()
    return rules.number_for(kind, country=region.country, day=day, place=taken + 1)


def _tell_desk(
    event: str, profile: Profile, *, at: datetime, key: str | None = None, remark: str = ""
) -> bool:
    letters = tell(
        f"profiles/{event}",
        profile,
        to=recipients(desk_of(profile.region_id)),
        at=at,
        key=key,
        context={
            "number": profile.number,
            "title": profile.title,
            "valid_until": profile.valid_until,
            "remark": remark,
        },
    )
    return bool(letters)

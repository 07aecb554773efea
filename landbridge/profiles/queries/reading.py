"""Reading profiles: what the public sees of one, lists for desks, the interest in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from landbridge.catalogue.models import Competence
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Problem
from landbridge.introductions import queries as introductions
from landbridge.introductions.queries import language_name
from landbridge.profiles import rules
from landbridge.profiles.models import Interest, InterestRows, Profile, ProfileRows
from landbridge.profiles.states import Interest as InterestState
from landbridge.profiles.states import Kind, S


@dataclass(frozen=True, slots=True)
class PublicView:
    """A profile as everybody may read it: whose it is, no page, feed or file says."""

    profile_id: int
    number: str
    kind: Kind
    country: str
    title: str
    summary: str
    description: str
    advantages: str
    wanted_partner: str
    stage: str
    rights: str
    languages: list[str]
    competences: list[str]
    published_on: date | None
    valid_until: date | None
    is_demonstration: bool


def public_view(profile: Profile) -> PublicView:
    """What of it is public; pages and feeds take nothing else. Load it with `shown` where many are drawn."""
    return PublicView(
        profile_id=profile.pk,
        number=profile.number,
        kind=profile.shown_kind,
        country=profile.region.country,
        title=profile.title,
        summary=profile.summary,
        description=profile.description,
        advantages=profile.advantages,
        wanted_partner=profile.wanted_partner,
        stage=profile.stage,
        rights=profile.rights,
        languages=[language_name(code) for code in profile.languages],
        competences=sorted(competence.name for competence in profile.competences.all()),
        published_on=_day(profile.published_at, profile),
        valid_until=profile.valid_until,
        is_demonstration=profile.is_demonstration,
    )


def shown(rows: QuerySet[Profile]) -> QuerySet[Profile]:
    """With all that a public view reads, in as many queries for one as for fifty."""
    return rows.select_related("region").prefetch_related("competences")


def published(
    *, kind: str = "", country: str = "", competence: str = "", text: str = ""
) -> QuerySet[Profile]:
    """The public list, the newest first; for pages and feeds. Only what is public is searched."""
    rows: QuerySet[Profile] = Profile.objects.public()
    if kind:
        rows = rows.filter(kind=kind)
    if country:
        rows = rows.filter(region__country=country)
    if competence:
        rows = rows.filter(competences__key=competence)
    for word in text.split()[:10]:
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(description__icontains=word)
            | Q(wanted_partner__icontains=word)
        )
    return shown(rows.distinct()).order_by("-published_at", "-pk")


def countries() -> list[str]:
    """The countries of which something is published."""
    rows = Profile.objects.public().values_list("region__country", flat=True)
    return list(rows.distinct().order_by("region__country"))


def competences() -> list[tuple[str, str]]:
    """The competences of what is published, by their key."""
    rows = Competence.objects.filter(profiles__state=S.PUBLISHED)
    return list(rows.distinct().order_by("name").values_list("key", "name"))


# ── For desks ────────────────────────────────────────────────────────────────────────────────────────────────────────
def knows_owner(profile: Profile, actor: Actor) -> bool:
    """Whether this reader may know whose profile it is: its desk, its own people, and those who see everything."""
    if actor.role in (Role.SYSTEM, Role.OFFICE, Role.AUDITOR):
        return True
    if actor.role is Role.BROKER:
        return actor.region_id == profile.region_id
    return actor.organisation_id is not None and actor.organisation_id == profile.organisation_id


def is_own_desk(profile: Profile, actor: Actor) -> bool:
    """Whether the actor is of the desk that wrote it, or is Landbridge itself."""
    return actor.role is Role.SYSTEM or (actor.role is Role.BROKER and actor.region_id == profile.region_id)


def of_desk(actor: Actor) -> ProfileRows:
    """The profiles that a hat works with: a desk's own and those that it may check; an organisation's own."""
    rows = Profile.objects.visible_to(actor)
    if actor.role is Role.BROKER:
        return rows.filter(Q(region_id=actor.region_id) | Q(state=S.CHECK))
    return rows.filter(organisation_id=actor.organisation_id) if actor.organisation_id else rows


def listed(rows: ProfileRows, *, state: str = "", text: str = "") -> QuerySet[Profile]:
    """The list of a desk, the newest first."""
    found: QuerySet[Profile] = rows.filter(state=state) if state else rows
    if text:
        found = found.filter(Q(number__icontains=text) | Q(title__icontains=text))
    return found.select_related("region", "organisation", "checked_region").order_by("-written_at", "-pk")


def to_check(region_id: int) -> QuerySet[Profile]:
    """What waits for a second region and may be checked by this one."""
    rows = Profile.objects.filter(state=S.CHECK).exclude(region_id=region_id)
    return rows.select_related("region").order_by("written_at", "pk")


def today_for(profile: Profile, *, at: datetime) -> date:
    """The day at its desk."""
    return at.astimezone(ZoneInfo(profile.region.time_zone)).date()


def _day(at: datetime | None, profile: Profile) -> date | None:
    return today_for(profile, at=at) if at else None


def texts_of(profile: Profile) -> rules.Texts:
    """Its texts, as the rules read them."""
    return rules.Texts(**{name: getattr(profile, name) for name in rules.LONGEST})


def problems_of(profile: Profile) -> list[Problem]:
    """Why it cannot be published as it stands."""
    return list(rules.problems_with(texts_of(profile), of=introductions.identity_of(profile.organisation)))


# ── Interest ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class InterestLine:
    """One expression of interest with what its reader may know: no reader learns both names here."""

    interest: Interest
    organisation: str
    is_ours_to_answer: bool


def interests(rows: InterestRows, *, state: str = "") -> QuerySet[Interest]:
    """The list, the newest first."""
    found: QuerySet[Interest] = rows.filter(state=state) if state else rows
    return found.select_related(
        "profile__region", "profile__organisation", "organisation", "region", "introduction"
    ).order_by("-sent_at", "-pk")


def line_of(interest: Interest, actor: Actor) -> InterestLine:
    """One row for this reader."""
    return InterestLine(
        interest=interest,
        organisation=interest.organisation.name,
        is_ours_to_answer=is_own_desk(interest.profile, actor) and interest.state == InterestState.SENT,
    )


def waiting_for(region_id: int) -> QuerySet[Interest]:
    """Interest in this desk's profiles that nobody has answered."""
    rows = Interest.objects.filter(profile__region_id=region_id, state=InterestState.SENT)
    return rows.select_related("profile", "region").order_by("sent_at", "pk")

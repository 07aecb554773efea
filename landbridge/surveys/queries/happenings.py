"""What happened that a rule asks about, and whom it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, QuerySet

from landbridge.access.models import Request
from landbridge.applications.models import Application
from landbridge.applications.states import S as ApplicationState
from landbridge.coaching.models import Case
from landbridge.coaching.states import S as CaseState
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.states import S as EnquiryState
from landbridge.events.models import Registration
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions.models import Answer as IntroductionAnswer
from landbridge.introductions.models import Introduction
from landbridge.memberships.models import Membership
from landbridge.programmes.models import Partner
from landbridge.surveys import rules
from landbridge.surveys.models import Rule, Sheet
from landbridge.surveys.states import Side, Trigger
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.states import S as VoucherState
from landbridge.webinars.models import SignUp

# After its time, a letter that nobody sent leaves no more than so much later.
SLACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to one side, and the person who is asked about it."""

    table: str
    pk: int
    name: str
    at: datetime
    zone: str
    programme_id: int | None
    region_id: int | None
    organisation_id: int | None
    is_demonstration: bool = False
    prefers: int = 0  # the person who had to do with it, where known
    person: Recipient | None = None

    @property
    def on(self) -> date:
        return self.at.astimezone(ZoneInfo(self.zone)).date()


Window = tuple[datetime, datetime]
Source = Callable[[Rule, Window], Iterator[Happening]]


def due_of(rule: Rule, *, at: datetime) -> list[tuple[Happening, datetime]]:
    """What the rule asks about now, with the moment at which the letter was due: nobody was asked about it yet.

    A handful of queries, whatever happened.
    """
    return [(one, due) for one, due in _unasked(rule, at=at) if due <= at]


def ahead_of(rule: Rule, *, at: datetime) -> tuple[int, int]:
    """How many people the rule asks at once, and how many later about what has happened already."""
    moments = [due for _one, due in _unasked(rule, at=at)]
    now = sum(due <= at for due in moments)
    return now, len(moments) - now


def _unasked(rule: Rule, *, at: datetime) -> list[tuple[Happening, datetime]]:
    begin = _begin(rule, at=at)
    found = _with_people(SOURCES[Trigger(rule.trigger)](rule, (begin, at)), side=Side(rule.side))
    asked = Sheet.objects.filter(rule_id=rule.pk or 0, happened_on__gte=(begin - timedelta(days=2)).date())
    known = set(asked.values_list("about_id", "email"))
    ids = {about_id for about_id, _email in known}
    latest = at - timedelta(days=rule.open_days) - SLACK
    unasked = []
    for one in found:
        if one.person is None:
            continue
        email = one.person.email.strip().lower()
        if (one.pk, email) in known or (rule.side != Side.GUEST and one.pk in ids):
            continue
        due = rules.due_at(
            Trigger(rule.trigger), one.at, months=rule.after_months, hours=rule.after_hours, zone=one.zone
        )
        if due > latest:
            unasked.append((one, due))
    return unasked


def _begin(rule: Rule, *, at: datetime) -> datetime:
    """Before this, nothing is asked about: the rule's first day, or so long ago that the time to answer is over."""
    since = datetime.combine(rule.since, time(), tzinfo=UTC)
    long_ago = rules.months_after(at.date(), -rule.after_months) - timedelta(
        days=rule.open_days + rule.after_hours // 24 + 1 + SLACK.days
    )
    return max(since, datetime.combine(long_ago, time(), tzinfo=UTC))


# ── Who is asked ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _with_people(found: Iterable[Happening], *, side: Side) -> list[Happening]:
    """One person of each organisation: whoever had to do with it, else who has been there longest. One query."""
    rows = list(found)
    if side is Side.GUEST:
        return rows
    role = Role.SME if side is Side.COMPANY else Role.PROVIDER
    hats = Membership.objects.current().filter(
        organisation_id__in={one.organisation_id for one in rows if one.organisation_id},
        role=role,
        person__is_active=True,
    )
    of_organisation: dict[int, dict[int, Recipient]] = {}
    for hat in hats.select_related("person").order_by("began_at", "pk"):
        recipient = Recipient(email=hat.person.email, name=hat.person.name, language=hat.person.language)
        of_organisation.setdefault(hat.organisation_id or 0, {}).setdefault(hat.person_id, recipient)
    return [
        replace(one, person=_chosen(of_organisation.get(one.organisation_id or 0, {}), one)) for one in rows
    ]


def _chosen(people: dict[int, Recipient], one: Happening) -> Recipient | None:
    return people.get(one.prefers) or next(iter(people.values()), one.person)


# ── What happened ────────────────────────────────────────────────────────────────────────────────────────────────────
def _vouchers(rule: Rule, rows: QuerySet[Voucher], moment: str, window: Window) -> Iterator[Happening]:
    rows = rows.filter(**_within(moment, window))
    if rule.programme_id:
        rows = rows.filter(application__call__phase__programme_id=rule.programme_id)
    submitter = Max("application__submissions__person_id")
    rows = rows.select_related(
        "application__applicant", "application__provider", "application__call__phase"
    ).annotate(submitter=submitter)
    for voucher in rows.order_by("pk"):
        application = voucher.application
        asked = application.applicant if rule.side == Side.COMPANY else application.provider
        yield Happening(
            table=Voucher._meta.label_lower,
            pk=voucher.pk,
            name=f"{voucher.number}, {application.title}"[:200],
            at=getattr(voucher, moment),
            zone=application.call.time_zone,
            programme_id=application.call.phase.programme_id,
            region_id=asked.region_id if asked else None,
            organisation_id=asked.pk if asked else None,
            is_demonstration=application.applicant.is_demonstration,
            prefers=voucher.submitter or 0,
        )


def _vouchers_granted(rule: Rule, window: Window) -> Iterator[Happening]:
    return _vouchers(rule, Voucher.objects.all(), "awarded_at", window)


def _vouchers_closed(rule: Rule, window: Window) -> Iterator[Happening]:
    return _vouchers(rule, Voucher.objects.filter(state=VoucherState.CLOSED), "ended_at", window)


def _applications(
    rule: Rule, rows: QuerySet[Application], moment: str, window: Window
) -> Iterator[Happening]:
    rows = rows.filter(**_within(moment, window))
    if rule.programme_id:
        rows = rows.filter(call__phase__programme_id=rule.programme_id)
    if rule.call_id:
        rows = rows.filter(call_id=rule.call_id)
    rows = rows.select_related("applicant", "call__phase", "decision").annotate(
        submitter=Max("submissions__person_id")
    )
    for one in rows.order_by("pk"):
        yield Happening(
            table=Application._meta.label_lower,
            pk=one.pk,
            name=f"{one.number}, {one.title}"[:200],
            at=one.decision.at if moment == "decision__at" else getattr(one, moment),
            zone=one.call.time_zone,
            programme_id=one.call.phase.programme_id,
            region_id=one.applicant.region_id,
            organisation_id=one.applicant_id,
            is_demonstration=one.applicant.is_demonstration,
            prefers=one.submitter or 0,
        )


def _applications_submitted(rule: Rule, window: Window) -> Iterator[Happening]:
    rows = Application.objects.exclude(state=ApplicationState.WITHDRAWN)
    return _applications(rule, rows, "first_submitted_at", window)


def _applications_rejected(rule: Rule, window: Window) -> Iterator[Happening]:
    """Whoever was supported all the same, by another voucher of the programme, is nobody to compare with."""
    helped = Voucher.objects.filter(application__call__phase__programme__in=_programme_of_call(rule)).values(
        "application__applicant_id"
    )
    rows = Application.objects.filter(state=ApplicationState.REJECTED).exclude(applicant_id__in=helped)
    return _applications(rule, rows, "decision__at", window)


def _introductions(rule: Rule, window: Window) -> Iterator[Happening]:
    rows = _in_programme(rule, Introduction.objects.filter(**_within("made_at", window)), "region_id")
    said = IntroductionAnswer.objects.filter(introduction__in=rows.values("pk"), side=rule.side)
    spoke: dict[int, int | None] = dict(said.values_list("introduction_id", "person_id").order_by("pk"))
    for one in rows.select_related("company", "provider").order_by("pk"):
        asked = one.company if rule.side == Side.COMPANY else one.provider
        yield _plain(rule, one, one.made_at, asked, prefers=spoke.get(one.pk) or 0)


def _access(rule: Rule, window: Window) -> Iterator[Happening]:
    rows = Request.objects.filter(**_within("delivered_at", window))
    for one in (
        _in_programme(rule, rows, "company__region_id").select_related("company", "provider").order_by("pk")
    ):
        asked = one.company if rule.side == Side.COMPANY else one.provider
        yield _plain(rule, one, one.delivered_at, asked)


def _coaching(rule: Rule, window: Window) -> Iterator[Happening]:
    rows = Case.objects.filter(state=CaseState.CLOSED, **_within("ended_at", window))
    for one in _in_programme(rule, rows, "region_id").select_related("company").order_by("pk"):
        yield _plain(rule, one, one.ended_at, one.company)


def _enquiries(rule: Rule, window: Window) -> Iterator[Happening]:
    rows = Enquiry.objects.filter(state=EnquiryState.CLOSED, **_within("ended_at", window))
    for one in _in_programme(rule, rows, "region_id").select_related("company").order_by("pk"):
        found = _plain(rule, one, one.ended_at, one.company, prefers=one.asked_by_id or 0)
        if one.asked_by_email:
            found = replace(found, person=Recipient(email=one.asked_by_email, name=one.asked_by_name))
        yield found


def _events(rule: Rule, window: Window) -> Iterator[Happening]:
    rows = Registration.objects.filter(attended_at__isnull=False, **_within("event__ends_at", window))
    if rule.programme_id:
        rows = rows.filter(event__programme_id=rule.programme_id)
    for one in rows.exclude(email="").select_related("event").order_by("pk"):
        yield _guest(one.event, one)


def _webinars(rule: Rule, window: Window) -> Iterator[Happening]:
    rows = SignUp.objects.filter(minutes__gt=0, **_within("webinar__ends_at", window))
    if rule.programme_id:
        rows = rows.filter(webinar__programme_id=rule.programme_id)
    for one in rows.exclude(email="").select_related("webinar").order_by("pk"):
        yield _guest(one.webinar, one)


SOURCES: dict[Trigger, Source] = {
    Trigger.VOUCHER_GRANTED: _vouchers_granted,
    Trigger.VOUCHER_CLOSED: _vouchers_closed,
    Trigger.INTRODUCTION_MADE: _introductions,
    Trigger.ACCESS_DELIVERED: _access,
    Trigger.COACHING_CLOSED: _coaching,
    Trigger.EVENT_HELD: _events,
    Trigger.WEBINAR_HELD: _webinars,
    Trigger.ENQUIRY_CLOSED: _enquiries,
    Trigger.APPLICATION_SUBMITTED: _applications_submitted,
    Trigger.APPLICATION_REJECTED: _applications_rejected,
}


def _plain(rule: Rule, one: Any, at: datetime | None, asked: Any, *, prefers: int = 0) -> Happening:
    return Happening(
        table=one._meta.label_lower,
        pk=one.pk,
        name=f"{one.number}, {one.title}"[:200],
        at=at or rule.created_at,
        zone=settings.LANDBRIDGE_TIME_ZONE,
        programme_id=rule.programme_id,
        region_id=asked.region_id,
        organisation_id=asked.pk,
        is_demonstration=one.is_demonstration,
        prefers=prefers,
    )


def _guest(gathering: Any, one: Any) -> Happening:
    return Happening(
        table=gathering._meta.label_lower,
        pk=gathering.pk,
        name=gathering.title[:200],
        at=gathering.ends_at,
        zone=gathering.time_zone,
        programme_id=gathering.programme_id,
        region_id=one.region_id,
        organisation_id=one.organisation_id,
        is_demonstration=gathering.is_demonstration,
        person=Recipient(email=one.email, name=one.name, language=one.language),
    )


def _within(field: str, window: Window) -> dict[str, datetime]:
    begin, end = window
    return {f"{field}__gte": begin, f"{field}__lte": end}


def _in_programme(rule: Rule, rows: QuerySet[Any], region: str) -> QuerySet[Any]:
    """What belongs to no programme belongs to those of its region."""
    if rule.programme_id is None:
        return rows
    regions = Partner.objects.filter(programme_id=rule.programme_id, region__isnull=False).values("region_id")
    return rows.filter(**{f"{region}__in": regions})


def _programme_of_call(rule: Rule) -> list[int]:
    return [rule.call.phase.programme_id] if rule.call else []

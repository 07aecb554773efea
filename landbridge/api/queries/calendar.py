"""What stands in a person's own calendar: where they are to be, and what is due until when, under all their hats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from landbridge.api.models import CalendarAddress
from landbridge.applications.models import Application
from landbridge.applications.states import S as ApplicationState
from landbridge.calls.models import Call
from landbridge.clocks.models import Clock
from landbridge.coaching.models import Session
from landbridge.coaching.queries.calendars import entry_of as entry_of_session
from landbridge.collaborations.models import NextStep
from landbridge.collaborations.queries import ours
from landbridge.collaborations.states import Stepped
from landbridge.events.models import Registration
from landbridge.foundation.calendar import Entry, uid
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.meetings.queries.agenda import calendar_entries
from landbridge.memberships.queries import actor_under, hats_of
from landbridge.surveys.models import Sheet
from landbridge.surveys.states import Sheeted
from landbridge.vouchers.models import Voucher
from landbridge.vouchers.queries import claimable_until
from landbridge.vouchers.states import S as VoucherState
from landbridge.webinars.models import SignUp
from landbridge.webinars.queries import entries_of as entries_of_webinar
from landbridge.webinars.states import Signed

MOST = 200  # of one kind
MOST_EVENTS = 20
LOOKS_BACK = dt.timedelta(days=60)
WARNED_BEFORE = dt.timedelta(minutes=30)


def address_of(actor: Actor) -> CalendarAddress | None:
    """The one that the person has."""
    return CalendarAddress.objects.filter(person_id=actor.person_id or 0).first()


def person_of(key: str) -> Person | None:
    """Whose address this is; None for one that has ended, or whose person has."""
    if not key.isascii() or not key.isprintable():
        return None
    found = CalendarAddress.objects.select_related("person").filter(key=key, person__is_active=True).first()
    return found.person if found else None


def entries_of(person: Person, *, at: dt.datetime) -> list[Entry]:
    """Everything of the last two months and all that lies ahead; each thing once, whatever hats see it."""
    bare = Actor(person_id=person.pk, name=person.name)
    hats = [actor_under(hat, person=person) for hat in hats_of(person.pk)]
    found = [*_events(bare, at=at), *_webinars(person, at=at), *_sessions(person, hats, at=at)]
    found += _sheets(person, at=at)
    for actor in hats:
        found += [*_clocks(actor, at=at), *_steps(actor, at=at)]
        if actor.role in (Role.SME, Role.PROVIDER):
            found += _drafts(actor, at=at)
        if actor.role is Role.SME:
            found += _vouchers(actor)
    return list({entry.uid: entry for entry in found}.values())


# ── Where one is to be ───────────────────────────────────────────────────────────────────────────────────────────────
def _events(actor: Actor, *, at: dt.datetime) -> Iterator[Entry]:
    rows = Registration.objects.of_person(actor).filter(event__ends_at__gt=at - LOOKS_BACK)
    for registration in rows.select_related("event").order_by("-event__starts_at", "pk")[:MOST_EVENTS]:
        yield from calendar_entries(registration)


def _webinars(person: Person, *, at: dt.datetime) -> Iterator[Entry]:
    rows = SignUp.objects.filter(
        person_id=person.pk, state=Signed.SIGNED_UP, webinar__ends_at__gt=at - LOOKS_BACK
    )
    for own in rows.select_related("webinar").order_by("-webinar__starts_at", "pk")[:MOST]:
        yield from entries_of_webinar(own.webinar)


def _sessions(person: Person, hats: list[Actor], *, at: dt.datetime) -> Iterator[Entry]:
    companies = [actor.organisation_id for actor in hats if actor.role is Role.SME]
    mine = Q(coach__person_id=person.pk)
    rows = Session.objects.filter(mine | Q(case__company_id__in=companies), ends_at__gt=at - LOOKS_BACK)
    for one in rows.select_related("case__company", "case__region", "coach").order_by("starts_at", "pk")[
        :MOST
    ]:
        if one.coach.person_id == person.pk:
            yield entry_of_session(one, title=one.case.company.name, zone=one.coach.time_zone)
        else:
            yield entry_of_session(one, title=one.coach.name, zone=one.case.region.time_zone)


# ── What is due ──────────────────────────────────────────────────────────────────────────────────────────────────────
def _clocks(actor: Actor, *, at: dt.datetime) -> Iterator[Entry]:
    """A desk's duties: one's own, and those that nobody at the desk holds yet."""
    if actor.role is not Role.BROKER:
        return
    rows = Clock.objects.visible_to(actor).running().filter(due_at__gt=at - LOOKS_BACK)
    rows = rows.filter(Q(membership_id=actor.membership_id) | Q(membership_id__isnull=True))
    for clock in rows.select_related("duty", "region").order_by("due_at", "pk")[:MOST]:
        title = _("Due: %(duty)s, %(about)s") % {"duty": _(clock.duty.name), "about": clock.about_name}
        where, zone = clock.get_absolute_url(), clock.region.time_zone
        yield _moment(f"clock-{clock.pk}", title, clock.due_at, zone=zone, where=where)


def _drafts(actor: Actor, *, at: dt.datetime) -> Iterator[Entry]:
    rows = Application.objects.visible_to(actor).filter(
        state=ApplicationState.DRAFT, call__in=Call.objects.open_at(at).values("pk")
    )
    for one in rows.select_related("call", "offer").order_by("call__closes_at", "pk")[:MOST]:
        title = _("Call closes: %(application)s") % {"application": one.title or one.offer.name}
        closes_at, zone = one.call.closes_at, one.call.time_zone
        if closes_at is not None:
            where = one.get_absolute_url()
            yield _moment(f"draft-{one.pk}", title, closes_at, zone=zone, where=where, text=one.call.title)


def _vouchers(actor: Actor) -> Iterator[Entry]:
    rows = Voucher.objects.visible_to(actor).filter(state__in=[VoucherState.AWARDED, VoucherState.ACTIVE])
    for voucher in rows.order_by("valid_until", "pk")[:MOST]:
        named, where = {"number": voucher.number}, voucher.get_absolute_url()
        yield _day(f"voucher-{voucher.pk}", _("Voucher %(number)s ends") % named, voucher.valid_until, where)
        if voucher.state == VoucherState.ACTIVE:
            title = _("Last day to claim under voucher %(number)s") % named
            yield _day(f"claim-{voucher.pk}", title, claimable_until(voucher), where)


def _steps(actor: Actor, *, at: dt.datetime) -> Iterator[Entry]:
    rows = NextStep.objects.visible_to(actor).filter(
        ours(actor), state=Stepped.PLANNED, due_on__gte=(at - LOOKS_BACK).date()
    )
    for step in rows.order_by("due_on", "pk")[:MOST]:
        title = _("Next step: %(step)s") % {"step": step.text}
        yield _day(f"step-{step.pk}", title, step.due_on, step.get_absolute_url())


def _sheets(person: Person, *, at: dt.datetime) -> Iterator[Entry]:
    """Questionnaires that wait for an answer. The link to answer stands in the letter alone."""
    rows = Sheet.objects.filter(
        email__iexact=person.email,
        state__in=[Sheeted.SENT, Sheeted.BEGUN],
        closes_at__gt=at,
        sent_at__isnull=False,
    )
    for sheet in rows.order_by("closes_at", "pk")[:MOST]:
        title = _("Questions about %(about)s: the last day to answer") % {"about": sheet.about_name}
        yield _moment(f"sheet-{sheet.pk}", title, sheet.closes_at, zone=settings.LANDBRIDGE_TIME_ZONE)


def _moment(
    key: str, title: str, due_at: dt.datetime, *, zone: str, where: str = "", text: str = ""
) -> Entry:
    """Something that is due at a moment: the half-hour before it."""
    return Entry(
        uid=uid("due", key),
        title=title,
        starts_at=due_at - WARNED_BEFORE,
        ends_at=due_at,
        time_zone=zone,
        text=text,
        link=f"{settings.LANDBRIDGE_ADDRESS}{where}" if where else "",
    )


def _day(key: str, title: str, day: dt.date, where: str) -> Entry:
    """Something that is due on a day."""
    zone = settings.LANDBRIDGE_TIME_ZONE
    begins = dt.datetime.combine(day, dt.time(), tzinfo=ZoneInfo(zone))
    return Entry(
        uid=uid("due", key),
        title=title,
        starts_at=begins,
        ends_at=dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=ZoneInfo(zone)),
        time_zone=zone,
        link=f"{settings.LANDBRIDGE_ADDRESS}{where}",
        is_whole_day=True,
    )

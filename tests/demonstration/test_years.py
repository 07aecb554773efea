"""The simulated years: always the same, without a contradiction, and adding up to the cent."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Q, Sum

from landbridge.access.models import Request
from landbridge.applications.models import Application, Decision
from landbridge.budgets.models import Entry, Line
from landbridge.budgets.queries import balances_of
from landbridge.budgets.states import Kind
from landbridge.calls.models import Call
from landbridge.claims.models import Claim, Payment
from landbridge.coaching.models import Case
from landbridge.collaborations.models import Collaboration, NextStep
from landbridge.command import verify
from landbridge.demonstration import years
from landbridge.demonstration.years.ground import KEY
from landbridge.enquiries.models import Enquiry
from landbridge.events.models import Event
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.roles import Role
from landbridge.introductions.models import Introduction
from landbridge.memberships.models import Membership
from landbridge.organisations.models import Organisation
from landbridge.surveys.models import Answer, Sheet
from landbridge.surveys.states import Sheeted
from landbridge.vouchers.models import Voucher
from landbridge.webinars.models import Webinar
from tests.cast import make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
SMALL = 0.02


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def test_they_contradict_nothing():
    years.simulate(scale=SMALL, at=AT)
    found = {name: list(verify._function(path)()) for name, path in verify.CHECKS.items()}
    assert {name: findings for name, findings in found.items() if findings} == {}


def test_a_seed_gives_the_same_years_and_another_seed_others():
    prints = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            years.simulate(seed=seed, scale=SMALL, at=AT)
            prints.append(_print())
            transaction.set_rollback(True)
    assert prints[0] == prints[1]
    assert prints[0] != prints[2]


def test_the_scale_says_how_many():
    found = years.simulate(scale=SMALL, at=AT)
    assert (found.enquiries, found.vouchers) == (100, 20)
    assert Enquiry.objects.count() == 100
    assert Voucher.objects.count() == Decision.objects.filter(awarded_eur__isnull=False).count() == 20
    assert 50 <= Application.objects.count() <= 66
    assert Event.objects.count() >= 6
    assert Webinar.objects.count() >= 5


def test_money_adds_up_to_the_cent():
    years.simulate(scale=SMALL, at=AT)
    held = balances_of(Line.objects.all()).values()
    paid = sum(one.paid.cents for one in held)
    assert paid == sum(payment.amount_eur.cents for payment in Payment.objects.filter(result="executed"))
    assert paid == sum(
        claim.accepted_eur.cents for claim in Claim.objects.filter(state="paid") if claim.accepted_eur
    )
    running = Voucher.objects.filter(state__in=["awarded", "active"])
    spent = Entry.objects.filter(kind=Kind.PAY, about_id__in=running.values("pk"))
    promised = sum(voucher.amount_eur.cents for voucher in running)
    assert sum(one.committed.cents for one in held) == promised - sum(one.amount_eur.cents for one in spent)
    assert all(one.free.cents > 0 for one in held)


def test_all_of_it_is_marked_and_nothing_of_it_happens_later():
    years.simulate(scale=SMALL, at=AT)
    for model in (
        Organisation,
        Enquiry,
        Introduction,
        Request,
        Event,
        Webinar,
        Case,
        Collaboration,
        NextStep,
        Sheet,
    ):
        assert not model.objects.filter(is_demonstration=False).exists(), model
    assert not Call.objects.exclude(phase__programme__key=KEY).exists()
    assert not Call.objects.filter(closes_at__gte=AT).exists()
    assert not Entry.objects.filter(at__gte=AT).exists()
    for model, moment in (
        (Enquiry, "ended_at"),
        (Introduction, "made_at"),
        (Voucher, "ended_at"),
        (Request, "ended_at"),
    ):
        assert not model.objects.filter(**{f"{moment}__gte": AT}).exists(), model


def test_moments_follow_each_other():
    years.simulate(scale=0.05, at=AT)
    backwards = {
        Enquiry: Q(acknowledged_at__lt=F("asked_at")) | Q(ended_at__lt=F("asked_at")),
        Introduction: Q(asked_at__lt=F("enquiry__asked_at")) | Q(made_at__lt=F("asked_at")),
        Request: Q(agreed_at__lt=F("submitted_at")) | Q(ended_at__lt=F("started_at")),
        Application: Q(first_submitted_at__lt=F("started_at"))
        | Q(first_submitted_at__gte=F("call__closes_at"))
        | Q(started_at__lt=F("call__opens_at")),
        Voucher: Q(accepted_at__lt=F("awarded_at")) | Q(ended_at__lt=F("awarded_at")),
        Claim: Q(verified_at__lt=F("submitted_at")) | Q(approved_at__lt=F("verified_at")),
        NextStep: Q(ended_on__lt=F("planned_at__date")),
    }  # fmt: skip
    assert [
        model.__name__ for model, wrong in backwards.items() if model.objects.filter(wrong).exists()
    ] == []


def test_fewer_than_half_answer_and_only_those_who_did_have_answers():
    years.simulate(scale=0.1, at=AT)
    states = Counter(Sheet.objects.values_list("state", flat=True))
    assert set(states) == {Sheeted.DONE, Sheeted.DECLINED, Sheeted.LAPSED}
    assert 0.35 <= states[Sheeted.DONE] / sum(states.values()) <= 0.55
    assert not Answer.objects.exclude(sheet__state=Sheeted.DONE).exists()


def test_nothing_of_it_waits_where_a_desk_has_people():
    cast = make_cast()
    busy = set(Membership.objects.filter(role=Role.BROKER).values_list("region_id", flat=True))
    assert cast.liege.pk in busy
    years.simulate(scale=0.05, at=AT)
    assert not Enquiry.objects.filter(region__in=busy, ended_at__isnull=True).exists()
    assert not Request.objects.filter(
        Q(company__region__in=busy) | Q(provider__region__in=busy), ended_at__isnull=True
    ).exists()
    sides = Q(company__region__in=busy) | Q(provider__region__in=busy)
    assert not NextStep.objects.filter(sides, state="planned").exists()
    waiting = Application.objects.filter(state="submitted")
    assert waiting.exists()
    assert not waiting.filter(Q(applicant__region__in=busy) | Q(provider__region__in=busy)).exists()


def test_the_demonstration_adds_those_who_look_at_it():
    assert not years.is_there()
    years.play(at=AT)
    assert years.is_there()
    notes = Person.objects.cast().values_list("demonstration_note", flat=True)
    assert len(notes) == 2
    hats = Membership.objects.current().order_by("role")
    assert [(hat.role, hat.programme_id) for hat in hats] == [(Role.FINANCE, None), (Role.OFFICE, None)]


def _print() -> str:
    """A mark of everything that was drawn, without ids."""
    digest = hashlib.sha256()
    rows: list[Any] = [
        Enquiry.objects.values_list("number", "title", "state", "closing", "asked_at", "ended_at"),
        Introduction.objects.values_list("number", "state", "made_at"),
        Application.objects.values_list("number", "title", "state", "requested_eur", "submitted_at"),
        Voucher.objects.values_list("number", "state", "ended_at"),
        Entry.objects.values_list("line__partner__short_name", "number", "kind", "amount_eur", "at"),
        Collaboration.objects.values_list("number", "since", "ended_on"),
        Sheet.objects.values_list("email", "months", "state", "ended_at").exclude(side="company"),
        Answer.objects.values("question__key")
        .annotate(sum=Sum("number"))
        .values_list("question__key", "sum"),
    ]
    for found in rows:
        for row in sorted(map(repr, found)):
            digest.update(row.encode())
    return digest.hexdigest()

"""The ledger of each partner's voucher money: entries only; a balance is a sum of entries."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse

from landbridge.budgets.states import NAME_OF_ACCOUNT, NAME_OF_KIND, WAYS, S
from landbridge.foundation.fields import MoneyField
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.programmes.models import Incentive, Partner, Phase

_ACCOUNTS = [(account.value, name) for account, name in NAME_OF_ACCOUNT.items()]


def _ways() -> models.Q:
    """Each kind of entry goes from and to the accounts that `WAYS` names."""
    allowed = models.Q()
    for kind, ways in WAYS.items():
        for source, target in ways:
            allowed |= models.Q(kind=kind.value, source=source.value, target=target.value)
    return allowed


class LineRows(Rows["Line"]):
    def visible_to(self, actor: Actor) -> Self:
        if actor.sees_everything:
            return self.all()
        if actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.filter(
                partner__in=Partner.objects.filter(programme_id=actor.programme_id or 0).values("pk")
            )
        if actor.role is Role.FINANCE:
            return self.filter(partner_id=actor.partner_id)
        return self.none()


class Line(Table):
    """One partner's money for one incentive in one phase. Its row is the lock of everything posted to it."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="budget_lines")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="budget_lines")
    incentive = models.ForeignKey(
        Incentive, null=True, blank=True, on_delete=models.PROTECT, related_name="budget_lines",
        help_text="Empty: for every incentive of the phase that has no line of its own.",
    )  # fmt: skip

    objects = LineRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "partner",
                "phase",
                Coalesce("incentive", 0),
                name="a_partner_has_one_line_for_an_incentive",
            ),
        ]

    def __str__(self) -> str:
        return f"Budget line {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("budgets:line", args=[self.pk])


class Entry(Table):
    """One movement of money within a line. The database refuses to change or delete it."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField(help_text="Its place in the line, from 1 without a gap.")
    kind = models.CharField(
        max_length=20, choices=[(kind.value, name) for kind, name in NAME_OF_KIND.items()]
    )
    source = models.CharField(max_length=20, choices=_ACCOUNTS)
    target = models.CharField(max_length=20, choices=_ACCOUNTS)
    amount_eur = MoneyField()
    reason = models.CharField(max_length=300)
    about_table = models.CharField(max_length=80, blank=True)
    about_id = models.BigIntegerField(null=True)
    about_name = models.CharField(max_length=200, blank=True)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = Rows["Entry"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="an_entry_has_its_own_place_in_the_line"),
            models.CheckConstraint(condition=models.Q(amount_eur__gt=0), name="an_entry_moves_something"),
            models.CheckConstraint(condition=_ways(), name="an_entry_goes_where_its_kind_says"),
        ]
        indexes = [models.Index(fields=["about_table", "about_id"], name="budget_entry_by_subject")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount_eur}"


class TransferRows(Rows["Transfer"]):
    def visible_to(self, actor: Actor) -> Self:
        lines = Line.objects.visible_to(actor).values("pk")
        return self.filter(models.Q(giver__in=lines) | models.Q(receiver__in=lines))


class Transfer(Table):
    """Money that one partner gives to another: proposed by one side, agreed by the other, then posted."""

    giver = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="given")
    receiver = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="received")
    amount_eur = MoneyField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=20, default=S.PROPOSED.value)
    proposed_by_id = models.BigIntegerField(null=True)
    proposed_by_name = models.CharField(max_length=150)
    proposed_by_giver = models.BooleanField(
        default=True, help_text="Else the receiving side asked for the money."
    )
    proposed_at = models.DateTimeField()
    giver_agreed_by_id = models.BigIntegerField(null=True)
    giver_agreed_by_name = models.CharField(max_length=150, blank=True)
    giver_agreed_as = models.CharField(max_length=20, blank=True, help_text="The role of whoever agreed.")
    giver_agreed_at = models.DateTimeField(null=True)
    receiver_agreed_by_id = models.BigIntegerField(null=True)
    receiver_agreed_by_name = models.CharField(max_length=150, blank=True)
    receiver_agreed_as = models.CharField(max_length=20, blank=True, help_text="The role of whoever agreed.")
    receiver_agreed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=150, blank=True)
    refusal = models.CharField(max_length=300, blank=True)

    objects = TransferRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in S]),
                name="a_transfer_has_a_known_state",
            ),
            models.CheckConstraint(condition=models.Q(amount_eur__gt=0), name="a_transfer_moves_something"),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")), name="a_transfer_goes_to_another_line"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=S.POSTED.value)
                | models.Q(giver_agreed_at__isnull=False, receiver_agreed_at__isnull=False),
                name="a_posted_transfer_was_agreed_by_both_sides",
            ),
            models.CheckConstraint(
                condition=models.Q(giver_agreed_by_id__isnull=True)
                | models.Q(receiver_agreed_by_id__isnull=True)
                | ~models.Q(giver_agreed_by_id=models.F("receiver_agreed_by_id")),
                name="nobody_agrees_to_a_transfer_for_both_sides",
            ),
        ]

    def __str__(self) -> str:
        return f"Transfer {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("budgets:transfer", args=[self.pk])

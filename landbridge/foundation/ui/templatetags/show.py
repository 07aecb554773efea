"""Filters that write amounts, days, moments, states and problems: `{% load show %}`."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.safestring import SafeString

from landbridge.foundation.money import Money, euro
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui import formatting, rich_text

register = template.Library()


@register.filter
def money(amount: Money | None) -> str:
    """`{{ voucher.amount_eur|money }}`: "€4,000"."""
    return formatting.money(amount)


@register.filter
def money_exact(amount: Money | None) -> str:
    """`{{ line.net_eur|money_exact }}`: always with cents, for columns of amounts."""
    return formatting.money(amount, cents=True)


@register.filter
def as_euro(value: Decimal | float | None) -> str:
    """`{{ mean|as_euro }}`: a plain number of euro as money: "€5,500", or "€1,240.50"."""
    if value is None:
        return ""
    return formatting.money(euro(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)))


@register.filter
def number(value: float | Decimal | None) -> str:
    """`{{ count|number }}`: "12,345"."""
    return formatting.number(value)


@register.filter
def percent(share: float | Decimal | None, places: int = 0) -> str:
    """`{{ used|percent }}`: a share of 0.66 is "66%"."""
    return formatting.percent(share, places=places)


@register.filter
def file_size(octets: int) -> str:
    """`{{ file.size|file_size }}`: "1.2 MB"."""
    return formatting.file_size(octets)


@register.filter
def day(value: dt.date | None) -> str:
    """`{{ voucher.valid_until_on|day }}`: "4 May 2014"."""
    return formatting.day(value)


@register.filter
def day_in_two(value: dt.date | None) -> str:
    """`{{ step.at|day_in_two }}`: "4 May 2014" for a narrow place, where it may break before its year alone."""
    return formatting.day_in_two(value)


@register.filter
def moment(value: dt.datetime | None, zone: str = "") -> str:
    """`{{ call.closes_at|moment:call.time_zone }}`: "4 May 2014, 17:00 (Europe/Brussels)"."""
    return formatting.moment(value, zone=zone)


@register.filter
def until(value: dt.datetime | dt.date | None, now: dt.datetime) -> str:
    """`{{ call.closes_at|until:request.now }}`: "in 3 days", "2 hours left", "3 days ago"."""
    return formatting.until(value, now=now)


@register.filter
def urgency(value: dt.datetime | dt.date | None, now: dt.datetime) -> str:
    """`{{ due_at|urgency:request.now }}`: "late", "soon" or "calm"."""
    return formatting.urgency(value, now=now)


@register.filter
def state_label(state: object) -> str:
    """`{{ application.state|state_label }}`: "Submitted"."""
    return formatting.state_label(state)


@register.filter
def role_label(role: Role) -> str:
    """`{{ request.actor.role|role_label }}`: "Access Broker"."""
    return formatting.role_label(role)


@register.filter
def country(code: str) -> str:
    """`{{ organisation.country|country }}`: "Belgium"."""
    return formatting.country(code)


@register.filter
def problem_text(problem: Problem) -> str:
    """`{{ problem|problem_text }}`: the message in the reader's language."""
    return formatting.problem_text(problem)


@register.filter
def problem_cure(problem: Problem) -> str:
    """`{{ problem|problem_cure }}`: what to do about it."""
    return formatting.problem_cure(problem)


@register.filter
def iso(value: dt.date | None) -> str:
    """`<time datetime="{{ at|iso }}">`: the moment or day for machines."""
    return value.isoformat() if value else ""


@register.filter
def plain(value: float | Decimal) -> str:
    """`<progress value="{{ used|plain }}">`: a number for machines, with a point in every language."""
    return str(value)


@register.filter
def rich(text: str) -> SafeString:
    """`{{ shown.body|rich }}`: paragraphs, emphasis, lists and links that people wrote, as clean HTML."""
    return rich_text.rich(text)

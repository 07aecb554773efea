"""Making, changing, testing and stopping webhooks; telling them; noting what came back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from landbridge.api.models import Delivery, Webhook
from landbridge.api.queries import webhooks as queries
from landbridge.api.rules import webhooks as rules
from landbridge.api.sending import Answer
from landbridge.api.states import Delivered
from landbridge.foundation.audit.record import record
from landbridge.foundation.outbox.recipient import Recipient
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if
from landbridge.memberships.models import Membership

CLAIMED_FOR = timedelta(minutes=5)
LOGGED = 20
KEPT_FOR = timedelta(days=30)
SWEPT_AT_ONCE = 5_000


@transaction.atomic
def make(*, name: str, url: str, events: Sequence[str], by: Actor, at: datetime) -> Webhook:
    """A webhook of the hat that is worn: it hears of what happens from now on."""
    _require(by)
    if by.membership_id is None:
        raise NotAllowed(P.WEBHOOK_EDIT)
    others = Webhook.objects.visible_to(by).for_update().count()
    refuse_if(rules.problems_with_webhook(_wished(url, events, others=others)))
    webhook = Webhook.objects.create(
        membership_id=by.membership_id,
        name=name,
        url=url,
        secret=_secret(),
        events=sorted(set(events)),
        watermark=queries.settled_until(),
        created_at=at,
    )
    record("webhook.made", webhook, by=by, at=at, url=url, events=webhook.events)
    return webhook


@transaction.atomic
def change(
    *, webhook_id: int, name: str, url: str, events: Sequence[str], by: Actor, at: datetime
) -> Webhook:
    """Another name, address or choice of events."""
    webhook = _own(webhook_id, by=by)
    refuse_if(rules.problems_with_webhook(_wished(url, events)))
    webhook.name, webhook.url, webhook.events = name, url, sorted(set(events))
    webhook.save(update_fields=["name", "url", "events"])
    record("webhook.changed", webhook, by=by, at=at, url=url, events=webhook.events)
    return webhook


@transaction.atomic
def change_secret(*, webhook_id: int, by: Actor, at: datetime) -> Webhook:
    """Another secret: from the next delivery on the old one signs nothing."""
    webhook = _own(webhook_id, by=by)
    webhook.secret = _secret()
    webhook.save(update_fields=["secret"])
    record("webhook.secret_changed", webhook, by=by, at=at)
    return webhook


@transaction.atomic
def stop(*, webhook_id: int, by: Actor, at: datetime) -> Webhook:
    """Nothing is sent any more, until it is switched on again; what happens meanwhile can be sent afterwards."""
    webhook = _own(webhook_id, by=by)
    if webhook.stopped_at is None:
        webhook.is_active, webhook.stopped_at = False, at
        webhook.save(update_fields=["is_active", "stopped_at"])
        record("webhook.stopped", webhook, by=by, at=at)
    return webhook


@transaction.atomic
def resume(*, webhook_id: int, by: Actor, at: datetime) -> Webhook:
    """Go on, with everything that happened meanwhile."""
    webhook = _own(webhook_id, by=by)
    if webhook.stopped_at is not None:
        webhook.is_active, webhook.stopped_at, webhook.failures = True, None, 0
        webhook.save(update_fields=["is_active", "stopped_at", "failures"])
        record("webhook.resumed", webhook, by=by, at=at)
    return webhook


@transaction.atomic
def delete(*, webhook_id: int, by: Actor, at: datetime) -> Membership:
    """Take it away with its log; the hat that kept it."""
    webhook = _own(webhook_id, by=by)
    record("webhook.deleted", webhook, by=by, at=at, url=webhook.url)
    hat = webhook.membership
    webhook.delete()
    return hat


@transaction.atomic
def test(*, webhook_id: int, by: Actor, at: datetime) -> Delivery:
    """Send a delivery that tells of nothing, to see whether it arrives."""
    webhook = _own(webhook_id, by=by)
    _check_active(webhook)
    body = {"event": "webhook.test", "at": at.isoformat().replace("+00:00", "Z"), "object": None}
    delivery = Delivery.objects.create(
        webhook=webhook, event="webhook.test", entry_id=None, body=body, created_at=at, next_at=at
    )
    record("webhook.tested", webhook, by=by, at=at)
    return delivery


@transaction.atomic
def replay(*, delivery_id: int, by: Actor, at: datetime) -> Delivery:
    """Send one delivery again, whatever became of it."""
    _require(by)
    told = Delivery.objects.visible_to(by).get(pk=delivery_id)
    webhook = _own(told.webhook_id, by=by)
    _check_active(webhook)
    delivery = Delivery.objects.for_update().get(pk=told.pk)
    _await(delivery, at=at)
    record("webhook.replayed", webhook, by=by, at=at, event_told=delivery.event)
    return delivery


@transaction.atomic
def replay_since(*, webhook_id: int, moment: datetime, by: Actor, at: datetime) -> Webhook:
    """Send everything again that happened since a moment, also what it did not ask for at the time."""
    webhook = _own(webhook_id, by=by)
    _check_active(webhook)
    actor = queries.actor_of(webhook)
    if actor is None:
        raise NotAllowed(P.WEBHOOK_EDIT)
    told = queries.since(webhook, actor=actor, moment=moment)
    _keep(webhook, told, at=at)
    rows = Delivery.objects.filter(webhook=webhook, entry_id__in=[one.entry_id for one in told])
    rows.update(state=Delivered.WAITING, tries=0, next_at=at)
    record("webhook.replayed", webhook, by=by, at=at, since=moment, deliveries=len(told))
    return webhook


@transaction.atomic
def gather(*, webhook_id: int, until: int, by: Actor, at: datetime) -> int:
    """Write down what it is to be told of the next part of the record; how many that is."""
    webhook = Webhook.objects.for_update().get(pk=webhook_id)
    actor = queries.actor_of(webhook)
    if actor is None:
        _end(webhook, by=by, at=at)
        return 0
    if webhook.stopped_at is not None or webhook.watermark >= until:
        return 0
    told, looked_at = queries.news_of(webhook, actor=actor, after=webhook.watermark, until=until)
    _keep(webhook, told, at=at)
    webhook.watermark = looked_at
    webhook.save(update_fields=["watermark"])
    return len(told)


@transaction.atomic
def claim(*, delivery_id: int, by: Actor, at: datetime) -> Delivery | None:  # noqa: ARG001 - as all actions
    """Take a delivery in hand for a few minutes, so that no other process sends it too; None where it need not be sent."""
    webhook = _locked(delivery_id)
    delivery = Delivery.objects.select_related("webhook").for_update().get(pk=delivery_id)
    is_due = delivery.state == Delivered.WAITING and delivery.next_at is not None and delivery.next_at <= at
    if not is_due or webhook.stopped_at is not None:
        return None
    actor = queries.actor_of(webhook)
    if actor is None or not queries.may_still_hear(delivery, actor=actor):
        delivery.state, delivery.next_at = Delivered.FAILED, None
        delivery.answer = "Not sent: its owner may no longer see what it tells of."
        delivery.save(update_fields=["state", "next_at", "answer"])
        return None
    delivery.tries, delivery.tried_at, delivery.next_at = delivery.tries + 1, at, at + CLAIMED_FOR
    delivery.save(update_fields=["tries", "tried_at", "next_at"])
    return delivery


@transaction.atomic
def note(*, delivery_id: int, answer: Answer, by: Actor, at: datetime) -> Delivery:
    """Keep what came back; after a failure it is tried again later, and after many the webhook is stopped."""
    webhook = _locked(delivery_id)
    delivery = Delivery.objects.for_update().get(pk=delivery_id)
    line = {
        "at": at.isoformat().replace("+00:00", "Z"), "status": answer.status, "answer": answer.text,
        "took_ms": answer.took_ms,
    }  # fmt: skip
    delivery.status, delivery.answer = answer.status, answer.text
    delivery.log = [*delivery.log, line][-LOGGED:]
    wait = rules.wait_after(delivery.tries)
    if answer.is_good:
        delivery.state, delivery.next_at, webhook.failures = Delivered.DELIVERED, None, 0
    else:
        webhook.failures += 1
        delivery.next_at = at + wait if wait else None
        delivery.state = Delivered.WAITING if wait else Delivered.FAILED
    delivery.save(update_fields=["status", "answer", "log", "state", "next_at"])
    webhook.save(update_fields=["failures"])
    if webhook.failures >= rules.MOST_FAILURES and webhook.stopped_at is None:
        _give_up(webhook, by=by, at=at)
    return delivery


@transaction.atomic
def sweep(*, by: Actor, at: datetime) -> int:  # noqa: ARG001 - as all actions
    """Forget deliveries of a month ago; how many."""
    old = Delivery.objects.filter(created_at__lt=at - KEPT_FOR).exclude(state=Delivered.WAITING)
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    return Delivery.objects.filter(pk__in=keys).delete()[0]


def _require(by: Actor) -> None:
    if not by.may(P.WEBHOOK_EDIT):
        raise NotAllowed(P.WEBHOOK_EDIT)


def _own(webhook_id: int, *, by: Actor) -> Webhook:
    _require(by)
    return Webhook.objects.visible_to(by).for_update().get(pk=webhook_id)


def _locked(delivery_id: int) -> Webhook:
    """The webhook of a delivery, locked before it: always in this order."""
    found = Delivery.objects.filter(pk=delivery_id).values("webhook")
    return Webhook.objects.for_update().get(pk__in=found)


def _secret() -> str:
    return secrets.token_hex(32)


def _wished(url: str, events: Sequence[str], *, others: int = 0) -> rules.Wished:
    return rules.Wished(
        url=url,
        events=events,
        known=queries.known_events(),
        others=others,
        is_open=settings.LANDBRIDGE_INNER_WEBHOOKS,
    )


def _check_active(webhook: Webhook) -> None:
    if webhook.stopped_at is not None:
        refuse(
            "webhook_stopped",
            N_("This webhook is stopped."),
            cure=N_("Switch it on first; what happened meanwhile is sent then."),
        )


def _await(delivery: Delivery, *, at: datetime) -> None:
    delivery.state, delivery.tries, delivery.next_at = Delivered.WAITING, 0, at
    delivery.save(update_fields=["state", "tries", "next_at"])


def _keep(webhook: Webhook, told: Sequence[queries.Told], *, at: datetime) -> None:
    """A delivery for each that has none yet."""
    Delivery.objects.bulk_create(
        [
            Delivery(
                webhook=webhook,
                event=one.event,
                entry_id=one.entry_id,
                body=one.body,
                created_at=at,
                next_at=at,
            )
            for one in told
        ],
        ignore_conflicts=True,
    )


def _end(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Its owner's hat has ended: it is stopped, and nobody is left to be told."""
    if webhook.stopped_at is None:
        webhook.is_active, webhook.stopped_at = False, at
        webhook.save(update_fields=["is_active", "stopped_at"])
        record("webhook.stopped", webhook, by=by, at=at, failures=webhook.failures)


def _give_up(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Its address has failed so often that it is stopped, and its owner told."""
    _end(webhook, by=by, at=at)
    person = webhook.membership.person
    tell(
        "api/webhook_stopped",
        webhook,
        to=[Recipient(person.email, person.name, person.language)],
        at=at,
        context={"name": webhook.name, "url": webhook.url, "failures": webhook.failures},
    )

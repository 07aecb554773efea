"""Each minute: webhooks hear what happened, and deliveries are sent, or tried again."""

from __future__ import annotations

from django.conf import settings

from landbridge.api import sending
from landbridge.api.actions import webhooks as actions
from landbridge.api.models import Webhook
from landbridge.api.queries import webhooks as queries
from landbridge.api.rules import webhooks as rules
from landbridge.foundation import clock
from landbridge.foundation.jobs.task import task
from landbridge.foundation.permissions.actor import SYSTEM


@task()
def tell() -> None:
    """Look at what the record holds since the last time, and ask for every delivery that is due."""
    at = clock.now()
    rows = Webhook.objects.filter(stopped_at__isnull=True).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return
    until = queries.settled_until()
    for key in keys:
        actions.gather(webhook_id=key, until=until, by=SYSTEM, at=at)
    for key in queries.due(at=at):
        deliver.using(unique_key=f"delivery-{key}").enqueue(key)


@task(most_attempts=1)
def deliver(delivery_id: int) -> None:
    """Send one; the answer decides when it is tried again."""
    at = clock.now()
    delivery = actions.claim(delivery_id=delivery_id, by=SYSTEM, at=at)
    if delivery is None:
        return
    webhook, body, moment = delivery.webhook, queries.octets_of(delivery), int(at.timestamp())
    headers = {
        "X-Landbridge-Event": delivery.event,
        "X-Landbridge-Delivery": str(delivery.pk),
        "X-Landbridge-Moment": str(moment),
        "X-Landbridge-Signature": rules.signature_of(body, secret=webhook.secret, moment=moment),
    }
    answer = sending.post(webhook.url, body, headers=headers, may_be_inner=settings.LANDBRIDGE_INNER_WEBHOOKS)
    actions.note(delivery_id=delivery_id, answer=answer, by=SYSTEM, at=clock.now())


@task()
def sweep() -> None:
    """Each day: forget deliveries of a month ago."""
    actions.sweep(by=SYSTEM, at=clock.now())

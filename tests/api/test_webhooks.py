"""What a webhook is told, what it is not, how it is tried again, and the pages on which it is kept."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from landbridge.api import sending
from landbridge.api.actions import webhooks as actions
from landbridge.api.models import Delivery, Webhook
from landbridge.api.rules import webhooks as rules
from landbridge.api.states import Delivered
from landbridge.api.tasks import webhooks as tasks
from landbridge.foundation import clock
from landbridge.foundation.audit.record import record
from landbridge.foundation.jobs.models import Job
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.cast import Cast
from tests.factories.enquiries import an_enquiry
from tests.factories.webinars import a_webinar

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
URL = "https://partner.example/landbridge"


class Listener:
    """The other side, and the clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at, self.status, self.heard = AT, 200, []
        self.heard: list[tuple[str, dict[str, Any], dict[str, str], bytes]] = []
        monkeypatch.setattr(clock, "now", lambda: self.at)
        monkeypatch.setattr(sending, "post", self._post)

    def _post(self, url: str, body: bytes, *, headers: dict[str, str], may_be_inner: bool) -> sending.Answer:
        assert not may_be_inner
        self.heard.append((url, json.loads(body), headers, body))
        return sending.Answer(self.status, "Thank you" if self.status == 200 else "No", 12)

    def run(self, *, minutes: int = 1) -> None:
        """Each minute what the schedule does, and the jobs that it asked for."""
        for _ in range(minutes):
            self.at += timedelta(minutes=1)
            tasks.tell.func()
            for job in Job.objects.filter(task__endswith="tasks.webhooks.deliver").order_by("pk"):
                tasks.deliver.func(*job.args)
            Job.objects.filter(task__endswith="tasks.webhooks.deliver").delete()

    @property
    def events(self) -> list[str]:
        return [body["event"] for _, body, _, _ in self.heard]


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    return Listener(monkeypatch)


def a_webhook(cast: Cast, who: str = "danish_sme", *events: str) -> Webhook:
    return actions.make(
        name="Our CRM", url=URL, events=events or ("enquiry.*", "webinar.*"), by=cast.actor(who), at=AT
    )


def happened(event: str, row: Any) -> None:
    with transaction.atomic():
        record(event, row, by=SYSTEM, at=AT, secret="not told")


class TestWhatIsTold:
    def test_what_happens_to_ones_own_is_told_signed_within_a_minute(self, cast, listener):
        webhook = a_webhook(cast)
        enquiry = an_enquiry(cast)
        listener.run()
        url, body, headers, octets = next(one for one in listener.heard if one[1]["event"] == "enquiry.asked")
        assert url == URL
        assert body["object"]["table"] == "enquiries.enquiry"
        assert body["object"]["id"] == enquiry.pk
        assert body["object"]["address"].endswith(enquiry.get_absolute_url())
        assert set(body) == {"event", "at", "object"}
        assert enquiry.title.encode() not in octets
        moment = int(headers["X-Landbridge-Moment"])
        assert headers["X-Landbridge-Signature"] == rules.signature_of(
            octets, secret=webhook.secret, moment=moment
        )
        told = len(listener.heard)
        listener.run()
        assert len(listener.heard) == told
        assert not Delivery.objects.exclude(state=Delivered.DELIVERED).exists()

    def test_what_happened_before_it_was_made_is_not(self, cast, listener):
        an_enquiry(cast)
        a_webhook(cast)
        listener.run()
        assert listener.heard == []

    def test_nothing_of_others_leaves(self, cast, listener):
        a_webhook(cast, "belgian_sme")
        a_webhook(cast, "german_provider")
        an_enquiry(cast)
        listener.run()
        assert listener.heard == []
        assert not Delivery.objects.exists()

    def test_nothing_that_nobody_chose_is_told(self, cast, listener):
        a_webhook(cast, "danish_sme", "voucher.*", "enquiry.closed")
        an_enquiry(cast)
        listener.run()
        assert listener.heard == []

    def test_of_what_everybody_may_read_only_its_keepers_hear_what_happens_inside(self, cast, listener):
        a_webhook(cast, "danish_sme")
        a_webhook(cast, "network_office", "webinar.*")
        webinar = a_webinar()
        listener.run()
        told = {one.event for one in Delivery.objects.filter(webhook__membership__person=cast.danish_sme)}
        assert told == {"webinar.published"}
        happened("webinar.question_asked", webinar)
        listener.run()
        assert "webinar.question_asked" in listener.events
        assert Delivery.objects.filter(event="webinar.question_asked").count() == 1

    def test_tables_that_nobody_may_see_and_rows_that_are_gone_are_passed_over(self, cast, listener):
        a_webhook(cast, "network_office", "webinar.*", "person.*")
        happened("person.registered", cast.mallory)
        webinar = a_webinar()
        happened("webinar.published", webinar)
        webinar.speakers.all().delete()
        type(webinar).objects.filter(pk=webinar.pk).delete()
        listener.run()
        assert listener.heard == []

    def test_a_hat_that_ends_ends_its_webhook(self, cast, listener):
        webhook = a_webhook(cast)
        an_enquiry(cast)
        hat = webhook.membership
        type(hat).objects.filter(pk=hat.pk).update(ended_at=AT)
        listener.run()
        webhook.refresh_from_db()
        assert listener.heard == []
        assert webhook.stopped_at is not None

    def test_what_is_out_of_sight_when_its_turn_comes_is_not_sent(self, cast, listener):
        a_webhook(cast)
        enquiry = an_enquiry(cast)
        listener.status = 503
        listener.run()
        type(enquiry).objects.filter(pk=enquiry.pk).update(
            company=cast.belgian_company, asked_by_id=cast.belgian_sme.pk
        )
        listener.heard.clear()
        listener.run(minutes=3)
        assert listener.heard == []
        assert {one.state for one in Delivery.objects.all()} == {Delivered.FAILED}


class TestTryingAgain:
    def test_it_waits_longer_each_time_and_arrives_in_the_end(self, cast, listener):
        webhook = a_webhook(cast)
        actions.test(webhook_id=webhook.pk, by=cast.actor("danish_sme"), at=AT)
        listener.status = 503
        listener.run(minutes=30)
        assert len(listener.heard) == 5  # at once, then after 1, 2, 5 and 15 minutes
        listener.status = 200
        listener.run(minutes=40)
        assert len(listener.heard) == 6
        found = Delivery.objects.get()
        assert (found.state, found.tries, found.status) == (Delivered.DELIVERED, 6, 200)
        assert [line["status"] for line in found.log] == [503] * 5 + [200]
        webhook.refresh_from_db()
        assert webhook.failures == 0

    def test_after_twelve_tries_it_is_given_up(self, cast, listener):
        webhook = a_webhook(cast)
        actions.test(webhook_id=webhook.pk, by=cast.actor("danish_sme"), at=AT)
        listener.status = 500
        for wait in (1, *rules.WAITS, 1440):
            listener.at += timedelta(minutes=wait - 1)
            listener.run()
        assert len(listener.heard) == rules.MOST_TRIES
        found = Delivery.objects.get()
        assert (found.state, found.next_at) == (Delivered.FAILED, None)

    def test_after_many_failures_it_is_stopped_and_its_owner_told_once(self, cast, listener):
        webhook = a_webhook(cast)
        for _ in range(9):
            actions.test(webhook_id=webhook.pk, by=cast.actor("danish_sme"), at=AT)
        listener.status = 410
        listener.run(minutes=60)
        webhook.refresh_from_db()
        assert webhook.failures == rules.MOST_FAILURES
        assert webhook.stopped_at is not None
        letter = Letter.objects.get(template="api/webhook_stopped")
        assert letter.recipient_email == cast.danish_sme.email
        told = len(listener.heard)
        an_enquiry(cast)
        listener.run(minutes=60)
        assert len(listener.heard) == told
        listener.status = 200
        actions.resume(webhook_id=webhook.pk, by=cast.actor("danish_sme"), at=listener.at)
        listener.run(minutes=2)
        assert "enquiry.asked" in listener.events

    def test_no_process_sends_what_another_has_in_hand(self, cast, listener):
        webhook = a_webhook(cast)
        sent = actions.test(webhook_id=webhook.pk, by=cast.actor("danish_sme"), at=AT)
        assert actions.claim(delivery_id=sent.pk, by=SYSTEM, at=AT) is not None
        assert actions.claim(delivery_id=sent.pk, by=SYSTEM, at=AT) is None

    def test_one_or_all_since_a_moment_are_sent_again(self, cast, listener):
        webhook, by = a_webhook(cast), cast.actor("danish_sme")
        an_enquiry(cast, at=AT)
        listener.run()
        first = [body for _, body, _, _ in listener.heard]
        numbers = {headers["X-Landbridge-Delivery"] for _, _, headers, _ in listener.heard}
        listener.heard.clear()
        actions.replay(delivery_id=Delivery.objects.earliest("pk").pk, by=by, at=listener.at)
        listener.run()
        assert len(listener.heard) == 1
        listener.heard.clear()
        actions.replay_since(webhook_id=webhook.pk, moment=AT - timedelta(hours=1), by=by, at=listener.at)
        listener.run()
        assert [body for _, body, _, _ in listener.heard] == first
        assert {headers["X-Landbridge-Delivery"] for _, _, headers, _ in listener.heard} == numbers
        listener.heard.clear()
        actions.replay_since(webhook_id=webhook.pk, moment=AT + timedelta(days=1), by=by, at=listener.at)
        listener.run()
        assert listener.heard == []

    def test_deliveries_are_forgotten_after_a_month(self, cast, listener):
        webhook = a_webhook(cast)
        actions.test(webhook_id=webhook.pk, by=cast.actor("danish_sme"), at=AT)
        listener.run()
        listener.at += timedelta(days=31)
        tasks.sweep.func()
        assert not Delivery.objects.exists()


class TestWhoMay:
    def test_nobody_else_touches_it(self, cast):
        webhook = a_webhook(cast)
        for who in ("belgian_sme", "danish_colleague", "office"):
            with pytest.raises(Webhook.DoesNotExist):
                actions.stop(webhook_id=webhook.pk, by=cast.actor(who), at=AT)
        with pytest.raises(NotAllowed):
            a_webhook(cast, "finance")
        with pytest.raises(NotAllowed):
            a_webhook(cast, "mallory")

    @pytest.mark.parametrize(
        ("events", "code"),
        [
            ((), "no_events"),
            (("moon.landed",), "unknown_event"),
            (("*",), "unknown_event"),
            (("moon.*",), "unknown_event"),
        ],
    )
    def test_events_must_exist(self, cast, events, code):
        with pytest.raises(Refused, match=code):
            actions.make(name="x", url=URL, events=events, by=cast.actor("danish_sme"), at=AT)

    def test_ten_are_enough(self, cast):
        for _ in range(rules.MOST_WEBHOOKS):
            a_webhook(cast)
        with pytest.raises(Refused, match="too_many_webhooks"):
            a_webhook(cast)


class TestPages:
    @pytest.fixture(autouse=True)
    def _settings(self, settings: Any, tmp_path: Any) -> None:
        settings.LANDBRIDGE_SECOND_FACTOR = "off"
        settings.LANDBRIDGE_FILES = tmp_path

    def post(self, client: Client, path: str, **fields: Any) -> Any:
        return client.post(path, {"operation_key": str(uuid.uuid4()), **fields})

    def test_from_making_to_deleting(self, client, cast, listener):
        client.force_login(cast.danish_sme)
        assert "You have no webhooks" in client.get("/api/webhooks/").text
        refused = self.post(
            client, "/api/webhooks/new/", name="CRM", url="http://10.0.0.1/", groups=["enquiry.*"]
        )
        assert refused.status_code == 409
        assert "does not begin with https" in refused.text
        made = self.post(
            client,
            "/api/webhooks/new/",
            name="CRM",
            url=URL,
            groups=["enquiry.*"],
            single="voucher.awarded\n",
        )
        webhook = Webhook.objects.get()
        assert made.url == f"/api/webhooks/{webhook.pk}/"
        assert webhook.events == ["enquiry.*", "voucher.awarded"]
        page = client.get(made.url).text
        assert webhook.secret in page
        assert "Nothing was sent yet" in page
        assert "CRM" in client.get("/api/webhooks/").text
        assert self.post(client, f"{made.url}test/").status_code == 302
        listener.run()
        delivery = Delivery.objects.get()
        assert "Thank you" in client.get(f"/api/deliveries/{delivery.pk}/").text
        assert self.post(client, f"/api/deliveries/{delivery.pk}/replay/").status_code == 302
        edit = client.get(f"{made.url}edit/").text
        assert "voucher.awarded" in edit
        assert self.post(client, f"{made.url}pause/").status_code == 302
        assert self.post(client, f"{made.url}test/").status_code == 409
        assert self.post(client, f"{made.url}resumption/").status_code == 302
        since = {"moment": "2026-05-04 09:00", "time_zone": "Europe/Copenhagen"}
        assert self.post(client, f"{made.url}replay/", **since).status_code == 302
        old = webhook.secret
        assert self.post(client, f"{made.url}secret/").status_code == 302
        webhook.refresh_from_db()
        assert webhook.secret != old
        client.force_login(cast.belgian_sme)
        for path in (made.url, f"{made.url}edit/", f"/api/deliveries/{delivery.pk}/"):
            assert client.get(path).status_code == 404
        client.force_login(cast.danish_sme)
        assert self.post(client, f"{made.url}removal/").url == "/api/webhooks/"
        assert not Webhook.objects.exists()
        assert not Delivery.objects.exists()

    def test_finance_has_none(self, client, cast):
        client.force_login(cast.finance)
        assert client.get("/api/webhooks/").status_code == 403

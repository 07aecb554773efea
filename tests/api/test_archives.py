"""The office's page from which the network can leave."""

from __future__ import annotations

import hashlib
import uuid
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from landbridge.api.actions import archives as actions
from landbridge.api.models import Archive
from landbridge.api.queries import archives as queries
from landbridge.api.states import Ordered
from landbridge.api.tasks import archives as tasks
from landbridge.foundation import clock
from landbridge.foundation.archive import writing
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.jobs.models import Job
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _settings(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path
    monkeypatch.setattr(clock, "now", lambda: AT)


def post(client: Any, path: str) -> Any:
    return client.post(path, {"operation_key": str(uuid.uuid4())})


def test_from_the_order_to_the_download_to_its_end(client, monkeypatch):
    cast = make_cast()
    client.force_login(cast.network_office)
    assert "No archive yet" in client.get("/api/archives/").text
    assert post(client, "/api/archives/").status_code == 302
    assert post(client, "/api/archives/").status_code == 409
    found = Archive.objects.get()
    assert "One is being written" in client.get("/api/archives/").text
    job = Job.objects.get(task__endswith="archives.write")
    tasks.write.func(*job.args)
    found.refresh_from_db()
    assert (found.state, found.ends_at) == (Ordered.READY, AT + timedelta(days=1))
    letter = Letter.objects.get(template="api/archive_ready")
    assert letter.recipient_email == cast.network_office.email
    response = post(client, f"/api/archives/{found.pk}/file/")
    octets = b"".join(response.streaming_content)
    response.close()
    assert hashlib.sha256(octets).hexdigest() == found.sha256
    assert len(octets) == found.size
    assert "manifest.json" in zipfile.ZipFile(BytesIO(octets)).namelist()
    taken = Entry.objects.get(event="archive.taken")
    assert (taken.person_id, taken.subject_id) == (cast.network_office.pk, found.pk)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=1, minutes=1))
    tasks.end.func()
    found.refresh_from_db()
    assert found.state == Ordered.GONE
    assert not queries.place_of(found).exists()
    assert post(client, f"/api/archives/{found.pk}/file/").status_code == 409
    assert "Deleted" in client.get("/api/archives/").text


def test_nobody_but_the_office_of_the_whole_network(client):
    cast = make_cast()
    found = actions.order(by=cast.actor("network_office"), at=AT)
    tasks.write.func(found.pk)
    found.refresh_from_db()
    for who in ("office", "auditor", "danish_sme", "zealand_broker", "finance"):
        with pytest.raises(NotAllowed):
            actions.order(by=cast.actor(who), at=AT)
        client.force_login(getattr(cast, who))
        assert post(client, f"/api/archives/{found.pk}/file/").status_code in (403, 404)
    client.force_login(cast.office)
    page = client.get("/api/archives/")
    assert page.status_code == 200
    assert "only its office may order one" in page.text
    assert found.sha256 not in page.text


def test_what_cannot_be_written_is_said_and_may_be_ordered_again(monkeypatch):
    cast = make_cast()
    found = actions.order(by=cast.actor("network_office"), at=AT)

    def full(*_args: Any, **_named: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "write", full)
    tasks.write.func(found.pk)
    found.refresh_from_db()
    assert (found.state, found.problem) == (Ordered.SPOILT, "No space left on device")
    assert Letter.objects.filter(template="api/archive_spoilt").count() == 1
    assert actions.order(by=cast.actor("network_office"), at=AT).pk != found.pk


def test_one_that_nobody_writes_any_more_is_given_up(monkeypatch):
    cast = make_cast()
    found = actions.order(by=cast.actor("network_office"), at=AT)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(hours=7))
    tasks.end.func()
    found.refresh_from_db()
    assert found.state == Ordered.SPOILT


def test_no_archive_holds_another(monkeypatch):
    cast = make_cast()
    first = actions.order(by=cast.actor("network_office"), at=AT)
    tasks.write.func(first.pk)
    second = actions.order(by=cast.actor("network_office"), at=AT)
    tasks.write.func(second.pk)
    with zipfile.ZipFile(queries.place_of(second)) as archive:
        assert not [name for name in archive.namelist() if name.startswith("files/")]


def test_it_is_deleted_before_its_day_is_over(client):
    cast = make_cast()
    found = actions.order(by=cast.actor("network_office"), at=AT)
    tasks.write.func(found.pk)
    client.force_login(cast.network_office)
    assert post(client, f"/api/archives/{found.pk}/removal/").status_code == 302
    assert not queries.place_of(found).exists()
    with pytest.raises(Refused, match="archive_gone"):
        actions.take(archive_id=found.pk, by=cast.actor("network_office"), at=AT)
    assert actions.delete(archive_id=found.pk, by=SYSTEM, at=AT).state == Ordered.GONE

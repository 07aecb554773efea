"""What monitors and crawlers ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import DatabaseError

from landbridge.foundation import clock
from landbridge.foundation.jobs.models import Job, State
from landbridge.public.views import machines

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def a_job(**changes):
    return Job.objects.create(**{"task": "anything", "run_after": NOW, "enqueued_at": NOW, **changes})


def test_all_is_well(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["jobs"]["state"] == "ok"
    assert answer["Cache-Control"] == "no-store"


def test_late_and_dead_jobs_are_counted(client):
    a_job(run_after=NOW - timedelta(hours=1))
    a_job(state=State.DEAD)
    jobs = client.get("/healthz").json()["jobs"]
    assert jobs == {"state": "late", "waiting": 1, "late": 1, "dead": 1}


def test_without_a_database_it_is_down(client, monkeypatch):
    def broken():
        raise DatabaseError("secret host")

    monkeypatch.setattr(machines, "_pending_migrations", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "secret" not in answer.content.decode()


def test_with_migrations_missing_it_is_down(client, monkeypatch):
    monkeypatch.setattr(machines, "_pending_migrations", lambda: 2)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] == "2 pending"


def test_the_demonstration_is_not_crawled(client, settings):
    settings.LANDBRIDGE_DEMONSTRATION = True
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    settings.LANDBRIDGE_DEMONSTRATION = False
    assert "Disallow: /desk/" in client.get("/robots.txt").content.decode()


def test_the_sitemap_is_well_formed(client, cast):
    tree = ET.fromstring(client.get("/sitemap.xml").content)
    assert any(node.text.endswith("/regions/zealand/") for node in tree.iter() if node.text)


def test_security_txt_expires_later(client):
    assert "Expires: 2026-09-28" in client.get("/.well-known/security.txt").content.decode()


@pytest.mark.parametrize("address", ["/healthz", "/robots.txt", "/sitemap.xml"])
def test_machines_only_read(client, address):
    assert client.post(address).status_code == 405

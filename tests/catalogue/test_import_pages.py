"""The pages of imports: who sees which, a whole import by its buttons, and what is wrong beside its field."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.catalogue.actions import lock_fields
from landbridge.catalogue.models import Change, Import, Record, Source
from landbridge.catalogue.states import Read, What
from landbridge.catalogue.tasks import importing as tasks
from landbridge.foundation import clock
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.jobs.models import Job
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.cast import Cast
from tests.factories.catalogue import a_record
from tests.factories.importing import (
    STARTED,
    a_facility_row,
    a_read_import,
    a_source,
    an_import,
    an_institute,
    as_json,
)

pytestmark = pytest.mark.django_db
DOUBTFUL = a_facility_row(1, owner="German Institute for Imaging")


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: STARTED)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"catalogue:{name}", args=args)


def a_file(content: bytes, name: str = "list.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_each_role_sees_its_own_sources(cast: Cast):
    found = a_read_import(a_source(region=cast.stuttgart), as_json([an_institute(1)]))
    seen = {
        "office": 200, "network_office": 200, "stuttgart_broker": 200, "liege_broker": 404, "auditor": 403,
        "german_provider": 403, "danish_sme": 403, "finance": 403, "assessor": 403, "mallory": 403,
    }  # fmt: skip
    for name, status in seen.items():
        client = signed_in(getattr(cast, name))
        for path in (
            page("source", found.source.pk),
            page("source_edit", found.source.pk),
            found.get_absolute_url(),
        ):
            assert client.get(path).status_code == status, (name, path)
        listed = client.get(page("imports"))
        assert (found.source.name in listed.content.decode()) == (status == 200), name
        assert client.get(page("import_new")).status_code == (403 if status == 403 else 200), name


def test_no_other_region_decides_anything(cast: Cast):
    found = a_read_import(a_source(region=cast.stuttgart), as_json([DOUBTFUL]))
    client = signed_in(cast.liege_broker)
    assert client.post(page("import_taking_over", found.pk)).status_code == 404
    assert client.post(page("import_dropping", found.pk)).status_code == 404
    assert client.post(page("doubt", Change.objects.get().pk), {"choice": "new"}).status_code == 404
    answer = client.post(page("import_new"), {"source": found.source.pk, "file": a_file(b"[]")})
    assert answer.status_code == 422


class TestWholeImport:
    def test_from_a_new_source_to_published_records(self, cast: Cast):
        client = signed_in(cast.stuttgart_broker)
        typed = {
            "name": "List of Stuttgart",
            "key": "stuttgart",
            "format": "json",
            "country": "DE",
            "publishes": "on",
        }
        source_page = client.post(page("source_new"), typed)["Location"]
        source = Source.objects.get()
        assert (source_page, source.region) == (source.get_absolute_url(), cast.stuttgart)

        rows = as_json([an_institute(1), DOUBTFUL, {"key": "x", "name": ""}])
        answer = client.post(page("import_new"), {"source": source.pk, "file": a_file(rows)})
        found = Import.objects.get()
        assert answer["Location"] == found.get_absolute_url()
        assert Job.objects.filter(unique_key=f"import-{found.pk}").count() == 1
        text = client.get(found.get_absolute_url()).content.decode()
        assert "Look again" in text
        assert 'hx-trigger="every 2s"' in text

        tasks.read.call(found.pk)
        text = client.get(found.get_absolute_url()).content.decode()
        assert "Take over" in text
        assert "German Institute for Imaging" in text
        assert (
            "The name is missing."
            in client.get(f"{found.get_absolute_url()}?what=unreadable").content.decode()
        )

        change = Change.objects.get(what=What.DOUBTFUL)
        text = client.get(page("doubt", change.pk)).content.decode()
        assert cast.german_institute.name in text
        answer = client.post(page("doubt", change.pk), {"choice": str(cast.german_institute.pk)})
        assert answer["Location"] == found.get_absolute_url()

        client.post(page("import_taking_over", found.pk))
        found.refresh_from_db()
        assert found.state == Read.RUNNING
        assert "Taking over" in client.get(found.get_absolute_url()).content.decode()
        tasks.carry_out.call(found.pk)
        assert Record.objects.filter(organisation=cast.german_institute).exists()
        assert "Taken over" in client.get(found.get_absolute_url()).content.decode()

    def test_before_and_after_stand_beside_each_other(self, cast: Cast):
        source = a_source()
        an_import(source, as_json([an_institute(1), an_institute(2), an_institute(3)]))
        Record.objects.filter(name="Invented Institute 1").update(locked_fields=["summary"])
        rows = [an_institute(1, town="Stuttgart", summary="Another."), an_institute(2), an_institute(4)]
        found = a_read_import(source, as_json(rows))
        client = signed_in(cast.office)
        text = client.get(f"{found.get_absolute_url()}?what=changed").content.decode()
        assert "<del>Tübingen</del> → <ins>Stuttgart</ins>" in text
        assert "is locked and stays; the file says: Another." in text
        assert "Invented Institute 4" in client.get(f"{found.get_absolute_url()}?what=new").content.decode()
        assert "Invented Institute 3" in client.get(f"{found.get_absolute_url()}?what=gone").content.decode()

    def test_an_alarm_asks_for_a_reason(self, cast: Cast):
        source = a_source()
        an_import(source, as_json([an_institute(number) for number in range(5)]))
        found = a_read_import(source, as_json([an_institute(1)]))
        client = signed_in(cast.office)
        assert "Far fewer rows than last time" in client.get(found.get_absolute_url()).content.decode()
        assert client.get(page("import_taking_over", found.pk)).status_code == 200
        answer = client.post(page("import_taking_over", found.pk))
        assert answer.status_code == 409
        assert "fewer than half the rows" in answer.content.decode()
        client.post(page("import_taking_over", found.pk), {"reason": "They split their list."})
        found.refresh_from_db()
        assert found.state == Read.RUNNING

    def test_dropped_nothing_changes_and_it_cannot_be_taken_over(self, cast: Cast):
        found = a_read_import(a_source(), as_json([an_institute(1)]))
        client = signed_in(cast.office)
        assert client.post(page("import_dropping", found.pk))["Location"] == found.get_absolute_url()
        assert not Record.objects.exists()
        assert client.post(page("import_taking_over", found.pk)).status_code == 409
        assert client.post(page("import_dropping", found.pk)).status_code == 409
        assert "Nothing of this file was taken over." in client.get(found.get_absolute_url()).content.decode()

    def test_the_next_doubtful_row_follows(self, cast: Cast):
        second = a_facility_row(2, owner="The Institute German of Imaging")
        found = a_read_import(a_source(), as_json([DOUBTFUL, second]))
        one, *others = Change.objects.filter(what=What.DOUBTFUL).order_by("row")
        answer = signed_in(cast.office).post(page("doubt", one.pk), {"choice": "new"})
        following = [other for other in others if other.owner_key != one.owner_key]
        there = page("doubt", following[0].pk) if following else found.get_absolute_url()
        assert answer["Location"] == there

    def test_decided_late_a_row_is_taken_over_by_a_job(self, cast: Cast):
        found = an_import(a_source(), as_json([DOUBTFUL]))
        Job.objects.all().delete()
        client = signed_in(cast.office)
        assert "Decide 1 doubtful row" in client.get(found.get_absolute_url()).content.decode()
        client.post(page("doubt", Change.objects.get().pk), {"choice": "new"})
        assert Job.objects.filter(unique_key=f"import-{found.pk}").exists()
        tasks.carry_out.call(found.pk)
        assert Record.objects.count() == 1
        assert client.post(page("doubt", Change.objects.get().pk), {"choice": "leave"}).status_code == 409


class TestProgress:
    def test_a_script_gets_the_one_part(self, cast: Cast):
        source = a_source()
        client = signed_in(cast.office)
        client.post(page("import_new"), {"source": source.pk, "file": a_file(as_json([an_institute(1)]))})
        found = Import.objects.get()
        answer = client.get(found.get_absolute_url(), HTTP_HX_REQUEST="true")
        assert answer.content.decode().lstrip().startswith("<section")
        tasks.read.call(found.pk)
        assert client.get(found.get_absolute_url(), HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"


class TestWhatIsTyped:
    def test_the_same_post_twice_begins_one_import(self, cast: Cast):
        source, client = a_source(), signed_in(cast.office)
        key = str(uuid.uuid4())
        answers = [
            client.post(
                page("import_new"),
                {"source": source.pk, "file": a_file(as_json([an_institute(1)])), "operation_key": key},
            )
            for _ in range(2)
        ]
        assert Import.objects.count() == 1
        assert answers[0]["Location"] == answers[1]["Location"]

    def test_a_second_file_while_one_waits_is_refused_beside_the_field(self, cast: Cast):
        source = a_source()
        a_read_import(source, as_json([an_institute(1)]))
        answer = signed_in(cast.office).post(page("import_new"), {"source": source.pk, "file": a_file(b"[]")})
        assert answer.status_code == 409
        assert "waits for its decision" in answer.content.decode()

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("list.exe", b"MZ\x90\x00"),
            ("list.xlsx", b"PK\x03\x04 no sheet"),
            ("list.json", b""),
            ("list.csv", b"%PDF-1.7 no table"),
        ],
    )
    def test_a_hostile_file_is_named_beside_its_field(self, cast: Cast, name: str, content: bytes):
        source = a_source()
        answer = signed_in(cast.office).post(
            page("import_new"), {"source": source.pk, "file": a_file(content, name)}
        )
        assert answer.status_code == 422
        assert 'id="id_file_error"' in answer.content.decode()
        assert not Import.objects.exists()

    def test_a_file_that_cannot_be_read_says_why(self, cast: Cast):
        found = a_read_import(a_source(), b'[{"key": "i1", "na')
        text = signed_in(cast.office).get(found.get_absolute_url()).content.decode()
        assert "The file could not be read" in text

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"key": "Two words"}, "id_key_error"),
            ({"organisation": "Nobody has this name"}, "No organisation has this name."),
            ({"columns": "colour = Farbe"}, "names no field of ours"),
            ({"format": "pdf"}, "id_format_error"),
        ],
    )
    def test_what_is_wrong_with_a_source_is_said_and_kept(self, cast: Cast, typed: dict[str, str], said: str):
        full = {"name": "A list", "key": "a-list", "format": "table", **typed}
        answer = signed_in(cast.office).post(page("source_new"), full)
        assert answer.status_code == 422
        text = answer.content.decode()
        assert said in text
        assert "A list" in text

    def test_a_key_is_taken_once(self, cast: Cast):
        a_source("a-list")
        typed = {"name": "A list", "key": "a-list", "format": "table"}
        answer = signed_in(cast.office).post(page("source_new"), typed)
        assert answer.status_code == 409
        assert "Another source has this key." in answer.content.decode()

    def test_a_source_is_edited_and_keeps_its_key_and_region(self, cast: Cast):
        source = a_source("a-list", region=cast.liege)
        typed = {
            "name": "Better", "format": "table", "key": "other", "columns": "name = Gerätename",
            "organisation": cast.german_institute.name,
        }  # fmt: skip
        client = signed_in(cast.office)
        client.post(page("source_edit", source.pk), typed)
        source.refresh_from_db()
        assert (source.key, source.region, source.columns, source.publishes) == (
            "a-list", cast.liege, {"name": "Gerätename"}, False,
        )  # fmt: skip
        assert source.organisation == cast.german_institute
        text = client.get(page("source_edit", source.pk)).content.decode()
        assert "name = Gerätename" in text


class TestLocks:
    def test_a_locked_field_is_shown_recorded_and_kept(self, cast: Cast):
        source = a_source(region=cast.stuttgart)
        an_import(source, as_json([an_institute(1)]))
        record = Record.objects.get()
        client = signed_in(cast.stuttgart_broker)
        assert "Name of the contact" in client.get(page("locking", record.pk)).content.decode()
        answer = client.post(page("locking", record.pk), {"locked": ["town", "summary"]})
        assert answer["Location"] == page("kept", record.pk)
        record.refresh_from_db()
        assert record.locked_fields == ["summary", "town"]
        assert "No import changes: Summary, Town" in " ".join(
            client.get(page("kept", record.pk)).content.decode().replace("</span>", "").split()
        )
        an_import(source, as_json([an_institute(1, town="Ulm", website="https://one.example.org")]))
        record.refresh_from_db()
        assert (record.town, record.website) == ("Tübingen", "https://one.example.org")
        client.post(page("locking", record.pk), {"locked": ["town", "summary"]})
        client.post(page("locking", record.pk), {})
        record.refresh_from_db()
        assert record.locked_fields == []
        assert Entry.objects.filter(event="record.fields_locked").count() == 2

    def test_only_brokers_and_offices_lock(self, cast: Cast):
        record = a_record(cast)
        seen = {"german_provider": 403, "auditor": 403, "danish_sme": 403, "liege_broker": 404, "office": 200}
        for name, status in seen.items():
            client = signed_in(getattr(cast, name))
            assert client.get(page("locking", record.pk)).status_code == status, name
            shown = client.get(page("kept", record.pk)).content.decode()
            assert (page("locking", record.pk) in shown) == (status == 200), name
        with pytest.raises(NotAllowed):
            lock_fields(record_id=record.pk, fields=["town"], by=cast.actor("german_provider"), at=STARTED)

    def test_only_fields_that_imports_write_are_locked(self, cast: Cast):
        record = a_record(cast)
        answer = signed_in(cast.office).post(page("locking", record.pk), {"locked": ["state"]})
        assert answer.status_code == 422
        with pytest.raises(Refused, match="cannot_be_locked"):
            lock_fields(record_id=record.pk, fields=["state"], by=SYSTEM, at=STARTED)


@pytest.mark.parametrize("what", ["new", "changed", "gone", "doubtful", "unreadable"])
def test_more_rows_ask_no_more_questions(cast: Cast, what: str):
    source = a_source()
    an_import(source, as_json([an_institute(number) for number in range(20)]))

    def asked(count: int) -> int:
        rows = [an_institute(number) for number in range(8, 20)]
        rows += [an_institute(number, town="Stuttgart") for number in range(count)]
        rows += [an_institute(number) for number in range(2 * count, 8)]  # the others are gone
        rows += [an_institute(100 + number) for number in range(count)]
        rows += [{**DOUBTFUL, "key": f"d{number}"} for number in range(count)]
        rows += [{"key": f"x{number}", "name": ""} for number in range(count)]
        found = a_read_import(source, as_json(rows))
        assert Change.objects.filter(of_import=found, what=what).count() == count
        client = signed_in(cast.office)
        address = f"{found.get_absolute_url()}?what={what}"
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        client.post(page("import_dropping", found.pk))
        return len(queries)

    assert asked(1) == asked(3) <= 20

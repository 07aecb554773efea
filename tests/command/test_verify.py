"""`landbridge verify` finds nothing in a whole world, and each kind of tampering by its name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import connection, transaction

from landbridge.applications.models import Application, Decision, Submission
from landbridge.budgets.models import Entry as LedgerEntry
from landbridge.calls.models import Call
from landbridge.claims.models import Claim
from landbridge.command import line, verify
from landbridge.foundation import clock
from landbridge.foundation.audit import chain
from landbridge.foundation.audit.models import Entry as AuditEntry
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.money import euro
from landbridge.vouchers.models import Voucher
from tests.architecture.source import PACKAGE
from tests.architecture.world import World, make_world
from tests.emptying import triggers_out_of_the_way

pytestmark = pytest.mark.django_db


def _audit(world: World) -> None:
    with triggers_out_of_the_way("audit_entry"):
        AuditEntry.objects.filter(event="application.submitted").update(person_name="Nobody")


def _ledger(world: World) -> None:
    entry = LedgerEntry.objects.filter(line=world.own.things["line"], target="committed").order_by("pk")[0]
    with triggers_out_of_the_way("budgets_entry"):
        LedgerEntry.objects.filter(pk=entry.pk).update(amount_eur=euro(190_000))


def _voucher(world: World) -> None:
    Voucher.objects.filter(pk=world.own.things["awarded"].pk).update(amount_eur=euro(1))


def _frozen_copy(world: World) -> None:
    submission = world.own.things["submission"]
    Submission.objects.filter(pk=submission.pk).update(
        content={**submission.content, "title": "Another title"}
    )


def _number(world: World) -> None:
    Application.objects.filter(pk=world.own.things["submitted"].pk).update(number="T-2-0999")


def _copy_gone(world: World) -> None:
    world.own.things["submission"].delete()


def _decision_gone(world: World) -> None:
    Decision.objects.filter(application=world.own.things["awarded"].application_id).delete()


def _terms(world: World) -> None:
    call = world.own.things["open_call"]
    Call.objects.filter(pk=call.pk).update(terms={**call.terms, "title": "Other terms"})


def _claim(world: World) -> None:
    Claim.objects.filter(pk=world.own.things["claim_approved"].pk).update(accepted_eur=euro(4999))


def _file(world: World) -> None:
    path = Path(StoredFile.objects.order_by("pk")[0].path)
    path.chmod(0o600)
    path.write_bytes(b"altered")


def _trigger(world: World) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE budgets_entry DISABLE TRIGGER budgets_entry_refuses_change")
        else:
            cursor.execute("DROP TRIGGER budgets_entry_refuses_delete")


TAMPERING: dict[str, tuple[Callable[[World], None], str, str]] = {
    "an entry of the record": (_audit, "audit", "were changed after they were sealed"),
    "an amount in the ledger": (_ledger, "ledger", "Budget line"),
    "a voucher's amount": (_voucher, "vouchers", "Voucher"),
    "a frozen copy": (_frozen_copy, "applications", "was changed after it was handed in"),
    "an application's number": (_number, "applications", "have gaps"),
    "a frozen copy that is gone": (_copy_gone, "applications", "has no frozen copy"),
    "a decision that is gone": (_decision_gone, "applications", "has no decision"),
    "a call's terms": (_terms, "calls", ""),
    "a claim's accepted amount": (_claim, "claims", ""),
    "a stored file": (_file, "files", "was altered on the disk"),
    "a guard against change": (
        _trigger,
        "database",
        "no longer refuses to change or delete rows of budgets_entry",
    ),
}


@pytest.fixture
def world(tmp_path, settings) -> World:
    settings.LANDBRIDGE_FILES = str(tmp_path)
    world = make_world(at=clock.now())
    chain.seal(at=clock.now())
    return world


def found(capsys) -> tuple[int, dict[str, list[str]]]:
    code = line.main(["verify", "--json"])
    return code, json.loads(capsys.readouterr().out)["findings"]


def test_a_whole_world_has_nothing_to_find(world, capsys):
    code, findings = found(capsys)
    assert {name: some for name, some in findings.items() if some} == {}
    assert code == 0
    assert line.main(["verify"]) == 0
    assert "ledger: nothing to find" in capsys.readouterr().out


def test_tampering_is_found_and_named(world, capsys):
    """One world for all of it: each kind is undone before the next."""
    for what, (tamper, check, sentence) in TAMPERING.items():
        with transaction.atomic(), unharmed_files():
            tamper(deepcopy(world))
            code, findings = found(capsys)
            assert code == 1, what
            assert any(sentence in finding for finding in findings[check]), (what, findings)
            assert line.main(["verify"]) == 1, what
            assert f"{check}: " in capsys.readouterr().out, what
            transaction.set_rollback(True)
    assert found(capsys)[0] == 0


@contextmanager
def unharmed_files() -> Iterator[None]:
    """What was done to a stored file meanwhile is undone."""
    path = Path(StoredFile.objects.order_by("pk")[0].path)
    content, mode = path.read_bytes(), path.stat().st_mode
    yield
    path.chmod(0o600)
    path.write_bytes(content)
    path.chmod(mode)


@pytest.mark.once
def test_every_table_that_only_grows_is_watched():
    steps = {
        name.partition('"')[0]
        for path in PACKAGE.rglob("migrations/*.py")
        for name in path.read_text("utf-8").split('append_only("')[1:]
    }
    assert steps == set(verify.APPEND_ONLY)

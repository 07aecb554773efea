"""The generated documents say what the code says."""

from __future__ import annotations

import pytest

from landbridge.command import reference

pytestmark = pytest.mark.once


def test_generated_documents_are_fresh():
    assert reference.stale() == [], "run `python3 run.py docs`"


def test_a_stale_document_is_found(monkeypatch, tmp_path):
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    reference.write()
    assert reference.stale() == []
    (tmp_path / "states.md").write_text("yesterday's truth")
    assert reference.stale() == ["states.md"]


def test_every_workflow_and_permission_is_documented():
    documents = reference.documents()
    assert {name for name, _, _ in reference.workflows()} >= {
        "applications",
        "vouchers",
        "claims",
        "budgets",
        "calls",
    }
    assert "application:submit" in documents["permissions.md"]
    assert "a company asks once for the same thing" in documents["tables.md"]

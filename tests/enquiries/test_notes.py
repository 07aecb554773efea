"""No private note in anything that a client can see: whatever happens, in whatever order, by page, letter, record or mail."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import Client, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from landbridge.enquiries import actions, queries
from landbridge.enquiries.models import Enquiry, Message, Note
from landbridge.enquiries.states import WORKFLOW, Closing, M, S
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.permissions.checks import doors
from landbridge.foundation.problems import Refused
from tests.architecture.examples import PLACE
from tests.cast import Cast, make_cast
from tests.factories.enquiries import ASKED, a_summary, an_enquiry, the_broker

MARK = "ZZNOTEMARKZZ"
CLIENTS = ("danish_sme", "german_provider", "belgian_sme", "mallory")


def visible_to_clients(cast: Cast, enquiry: Enquiry) -> list[str]:
    """Every page, letter and export on which a company or provider reads the mark."""
    found = []
    for name in CLIENTS:
        client = Client()
        client.force_login(getattr(cast, name))
        for place in places(enquiry):
            answer = client.get(place)
            content = b"".join(answer) if answer.streaming else answer.content
            if MARK.encode() in content:
                found.append(f"{name} reads it at {place}")
        letters = Letter.objects.visible_to(cast.actor(name))
        if letters.filter(body__contains=MARK).exists() or letters.filter(subject__contains=MARK).exists():
            found.append(f"{name} gets it by letter")
        if Note.objects.visible_to(cast.actor(name)).exists():
            found.append(f"{name} sees notes")
    if Entry.objects.filter(details__icontains=MARK).exists():
        found.append("it stands in the record")
    return found


def places(enquiry: Enquiry) -> list[str]:
    """Every address of the product that can be opened with the ids of this enquiry, its summaries, messages and files."""
    ids = {"pk": enquiry.pk, "enquiry_pk": enquiry.pk}
    found = []
    for door in doors():
        if "GET" not in door.methods or not door.name.startswith(OPENED):
            continue
        found.append(PLACE.sub(lambda match: str(ids.get(match["name"], 1)), door.pattern))
    return found


OPENED = (
    "enquiries:",
    "introductions:",
    "inbox:",
    "outbox:",
    "desk:home",
    "desk:search",
    "catalogue:directory",
    "api:",
    "public:home",
)


class Random(RuleBasedStateMachine):
    """Notes are written at any moment of any way that an enquiry can take."""

    def __init__(self) -> None:
        super().__init__()
        self.change = transaction.atomic()  # each run begins with an empty database
        self.change.__enter__()
        self.notes = 0

    @initialize()
    def begin(self) -> None:
        self.cast = make_cast()
        self.enquiry = an_enquiry(self.cast)
        self.at = ASKED

    def later(self) -> Any:
        self.at += timedelta(hours=1)
        return self.at

    @rule()
    def note(self) -> None:
        self.notes += 1
        text = f"{MARK} {self.notes}"
        actions.write_note(
            enquiry_id=self.enquiry.pk, text=text, by=the_broker(self.enquiry), at=self.later()
        )

    @rule(side=st.sampled_from(["danish_sme", "danish_colleague", "zealand_broker"]))
    def message(self, side: str) -> None:
        actions.write_message(
            enquiry_id=self.enquiry.pk, text="Text.", by=self.cast.actor(side), at=self.later()
        )

    @rule(approved=st.booleans())
    def summary(self, approved: bool) -> None:
        self.enquiry.refresh_from_db()
        if self.enquiry.state not in (S.CLOSED, S.DECLINED):
            a_summary(self.enquiry, approved=approved, at=self.later())

    @rule(move=st.sampled_from(["acknowledge", "analyse", "make_ready", "search", "introduce", "resume"]))
    def move(self, move: str) -> None:
        self.tried(getattr(actions, move))

    @rule()
    def hold(self) -> None:
        self.tried(actions.hold, until=(self.at + timedelta(days=20)).date(), reason="Samples.")

    @rule(move=st.sampled_from(["decline", "reopen"]))
    def with_reason(self, move: str) -> None:
        self.tried(getattr(actions, move), reason="A reason.")

    @rule()
    def close(self) -> None:
        self.tried(actions.close, closing=Closing.INFORMATION, reason="A paper.")

    def tried(self, action: Any, **facts: Any) -> None:
        """A move either leads where the table says, and back where it stood, or changes nothing."""
        before = Enquiry.objects.get(pk=self.enquiry.pk)
        name = M(action.__name__)
        try:
            after = action(enquiry_id=self.enquiry.pk, by=SYSTEM, at=self.later(), **facts)
        except Refused:
            assert Enquiry.objects.get(pk=self.enquiry.pk).state == before.state
            return
        move = next(one for one in WORKFLOW if one.name == name)
        assert before.state in move.sources
        assert after.state == (before.stood_at if name in (M.RESUME, M.REOPEN) else move.target)
        if after.state == S.READY:
            assert queries.approved_summary(after) is not None

    def teardown(self) -> None:
        try:
            assert Note.objects.count() == self.notes
            if self.notes:
                with tempfile.TemporaryDirectory() as folder, override_settings(LANDBRIDGE_FILES=folder):
                    assert visible_to_clients(self.cast, self.enquiry) == []
        finally:
            transaction.set_rollback(True)
            self.change.__exit__(None, None, None)


class TestNotes(Random.TestCase, TestCase):
    settings = examples(
        max_examples=5, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
    )


class TestTheTest(TestCase):
    def test_a_note_that_leaks_is_found(self) -> None:
        cast = make_cast()
        enquiry = an_enquiry(cast)
        Message.objects.create(enquiry=enquiry, text=MARK, person_name="x", from_desk=True, written_at=ASKED)
        assert any("danish_sme reads it" in line for line in visible_to_clients(cast, enquiry))

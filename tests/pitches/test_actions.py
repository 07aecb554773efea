"""Calls and pitches: what is allowed, what is refused, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from landbridge.events.states import S as EventState
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.store import receive
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.pitches import actions, queries, rules
from landbridge.pitches.actions import Stale
from landbridge.pitches.models import Pitch, PitchCall
from landbridge.pitches.states import Pitched
from tests.cast import Cast
from tests.factories.events import an_event
from tests.factories.organisations import a_company
from tests.factories.pitches import (
    AT,
    CLOSES,
    FACTS,
    OPENED,
    STAGE,
    WRITTEN,
    a_deck,
    a_draft_call,
    a_pitch,
    a_pitch_call,
)

pytestmark = pytest.mark.django_db


def told(name: str) -> set[str]:
    return set(Letter.objects.filter(template=f"pitches/{name}").values_list("recipient_email", flat=True))


# ── The call ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_organiser_keeps_the_calls_of_their_programme_alone(cast: Cast):
    organiser = cast.actor("organiser")
    call = actions.create(facts=FACTS, by=organiser, at=OPENED)
    assert call.programme == cast.programme
    for stranger in ("other_office", "danish_sme", "zealand_broker", "investor", "auditor", "mallory"):
        actor = cast.actor(stranger)
        with pytest.raises((NotAllowed, PitchCall.DoesNotExist)):
            actions.edit(call_id=call.pk, version=1, facts=FACTS, by=actor, at=OPENED)
        assert stranger in ("zealand_broker", "auditor") or not PitchCall.objects.visible_to(actor).exists()


def test_what_companies_have_read_no_longer_changes(cast: Cast):
    call = a_draft_call(cast)
    changed = actions.edit(call_id=call.pk, version=1, facts=replace(FACTS, places=5), by=SYSTEM, at=OPENED)
    assert (changed.places, changed.version) == (5, 2)
    with pytest.raises(Refused, match="stale"):
        actions.edit(call_id=call.pk, version=1, facts=FACTS, by=SYSTEM, at=OPENED)
    actions.publish(call_id=call.pk, by=SYSTEM, at=OPENED)
    with pytest.raises(Refused, match="call_is_open"):
        actions.edit(call_id=call.pk, version=2, facts=FACTS, by=SYSTEM, at=OPENED)


def test_the_seed_is_fixed_at_the_opening(cast: Cast):
    call = actions.publish(call_id=a_draft_call(cast, draw_value="Lotto 6-12-31").pk, by=SYSTEM, at=OPENED)
    assert call.draw_seed == rules.seed_of(call.pk, "Lotto 6-12-31")
    with (
        pytest.raises(IntegrityError, match="the_draw_is_fixed_before_the_first_pitch"),
        transaction.atomic(),
    ):
        PitchCall.objects.filter(pk=call.pk).update(draw_seed="")


def test_a_call_opens_complete(cast: Cast):
    with pytest.raises(Refused, match="criteria"):
        actions.publish(call_id=a_draft_call(cast, criteria=()).pk, by=SYSTEM, at=OPENED)


def test_only_the_end_moves_and_only_ahead(cast: Cast):
    call = a_pitch_call(cast)
    more = {"stage_starts_at": STAGE, "event_id": None, "session_id": None, "by": SYSTEM}
    later = actions.extend(call_id=call.pk, closes_at=CLOSES + timedelta(days=2), at=AT, **more)
    assert later.closes_at == CLOSES + timedelta(days=2)
    with pytest.raises(Refused, match="closed"):
        actions.extend(call_id=call.pk, closes_at=CLOSES + timedelta(days=5), at=later.closes_at, **more)
    with pytest.raises(Refused, match="session_id"):
        actions.extend(call_id=call.pk, closes_at=later.closes_at, at=AT, **{**more, "session_id": 4})
    with pytest.raises(Refused, match="event_unknown"):
        actions.extend(call_id=call.pk, closes_at=later.closes_at, at=AT, **{**more, "event_id": 404})


def test_a_call_belongs_to_a_session_of_its_event(cast: Cast):
    event, other = an_event(cast, at=AT), an_event(cast, at=AT, title="Another")
    session = other.sessions.order_by("pk")[0]
    with pytest.raises(Refused, match="session_unknown"):
        a_draft_call(cast, event=event, session_id=session.pk)
    call = a_draft_call(cast, event=other, session_id=session.pk, stage_starts_at=None)
    assert queries.stage_begins(call) == session.starts_at
    assert event.state == EventState.PUBLISHED


# ── A pitch ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_company_pitches_once_in_a_call(cast: Cast):
    call, company = a_pitch_call(cast), cast.actor("danish_sme")
    first = actions.begin(call_id=call.pk, by=company, at=AT)
    assert actions.begin(call_id=call.pk, by=cast.actor("danish_colleague"), at=AT) == first
    with pytest.raises(NotAllowed):
        actions.begin(call_id=call.pk, organisation_id=cast.belgian_company.pk, by=company, at=AT)
    with (
        pytest.raises(IntegrityError, match=r"a_company_pitches_once_in_a_call|UNIQUE"),
        transaction.atomic(),
    ):
        Pitch.objects.create(call=call, organisation=cast.danish_company, begun_at=AT)


def test_a_draft_keeps_what_was_typed_and_shows_a_clash(cast: Cast):
    pitch = actions.begin(call_id=a_pitch_call(cast).pk, by=cast.actor("danish_sme"), at=AT)
    saved = actions.save(
        pitch_id=pitch.pk,
        version=1,
        written=replace(WRITTEN, asks_eur=None),
        by=cast.actor("danish_sme"),
        at=AT,
    )
    assert saved.version == 2
    with pytest.raises(Stale) as clash:
        actions.save(pitch_id=pitch.pk, version=1, written=WRITTEN, by=cast.actor("danish_colleague"), at=AT)
    assert [problem.field for problem in clash.value.problems] == ["asks_eur"]
    assert clash.value.version == 2


def test_the_deadline_holds_to_the_second(cast: Cast):
    call = a_pitch_call(cast)
    early, late = (
        a_pitch(call, cast.danish_company, hand_in=False),
        a_pitch(call, cast.belgian_company, hand_in=False),
    )
    submitted = actions.submit(
        pitch_id=early.pk, by=cast.actor("danish_sme"), at=CLOSES - timedelta(seconds=1)
    )
    assert submitted.state == Pitched.SUBMITTED
    assert told("submitted") == {cast.danish_sme.email, cast.danish_colleague.email, "presenter@example.org"}
    with pytest.raises(Refused, match="deadline_passed"):
        actions.submit(pitch_id=late.pk, by=cast.actor("belgian_sme"), at=CLOSES)
    with pytest.raises(Refused, match="deadline_passed"):
        actions.begin(call_id=call.pk, organisation_id=a_company(region=cast.liege).pk, by=SYSTEM, at=CLOSES)


def test_an_incomplete_pitch_is_refused_with_everything_that_is_missing(cast: Cast):
    pitch = actions.begin(call_id=a_pitch_call(cast).pk, by=cast.actor("danish_sme"), at=AT)
    with pytest.raises(Refused, match=r"no_title.*no_deck"):
        actions.submit(pitch_id=pitch.pk, by=cast.actor("danish_sme"), at=AT)


def test_what_was_handed_in_is_changed_only_after_its_return(cast: Cast):
    call = a_pitch_call(cast)
    pitch, company = a_pitch(call, cast.danish_company), cast.actor("danish_sme")
    with pytest.raises(Refused, match="not_a_draft"):
        actions.save(pitch_id=pitch.pk, version=pitch.version, written=WRITTEN, by=company, at=AT)
    with pytest.raises(Refused, match="not_a_draft"):
        actions.add_deck(pitch_id=pitch.pk, deck=a_deck("b.pdf"), by=company, at=AT)
    with pytest.raises(Refused, match="no_reason"):
        actions.return_(pitch_id=pitch.pk, reason=" ", by=cast.actor("organiser"), at=AT)
    returned = actions.return_(pitch_id=pitch.pk, reason="Say who pays.", by=cast.actor("organiser"), at=AT)
    assert (returned.state, returned.reason) == (Pitched.DRAFT, "Say who pays.")
    assert cast.danish_sme.email in told("returned")
    assert not Pitch.objects.visible_to(cast.actor("organiser")).filter(pk=pitch.pk).exists()


def test_withdrawn_it_is_gone_and_another_may_begin(cast: Cast):
    call = a_pitch_call(cast)
    pitch, company = a_pitch(call, cast.danish_company), cast.actor("danish_sme")
    actions.withdraw(pitch_id=pitch.pk, reason="No time.", by=company, at=AT)
    assert cast.organiser.email in told("withdrawn")
    assert actions.begin(call_id=call.pk, by=company, at=AT).pk != pitch.pk


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"%PDF-1.7\n/JavaScript (app.alert(1))\n%%EOF\n", "file_active"),
        (b"%PDF-1.7\n/Launch /EmbeddedFile\n%%EOF\n", "file_active"),
        (b"PK\x03\x04 not a deck", "file_broken|file_damaged|file"),
        (b"", "file_empty"),
    ],
)
def test_a_hostile_deck_is_refused_before_it_is_kept(octets: bytes, code: str):
    with pytest.raises(Refused, match=code):
        receive(ContentFile(octets, name="deck.pdf"), kinds=frozenset({Kind.PDF}))


def test_a_deck_is_ten_megabytes_at_most(cast: Cast):
    pitch = actions.begin(call_id=a_pitch_call(cast).pk, by=cast.actor("danish_sme"), at=AT)
    large = replace(a_deck(), size=rules.MOST_DECK_BYTES + 1)
    with pytest.raises(Refused, match="deck_too_large"):
        actions.add_deck(pitch_id=pitch.pk, deck=large, by=cast.actor("danish_sme"), at=AT)

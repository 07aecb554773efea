"""Investors: profile and consent, the deal room, reactions and the meetings they ask for, what comes of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from landbridge.events.models import Registration
from landbridge.foundation import clock
from landbridge.foundation.money import euro
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.meetings.models import Request
from landbridge.meetings.states import Asked
from landbridge.pitches import actions, queries, tasks
from landbridge.pitches.models import Download, Investor, MoneyRaised, Pitch, PitchCall, Reaction
from landbridge.pitches.states import Became, NoMeeting, OrderBy
from landbridge.pitches.states import Reaction as Said
from tests.cast import Cast
from tests.factories.meetings import a_forum, a_guest
from tests.factories.memberships import a_hat
from tests.factories.organisations import a_company
from tests.factories.pitches import (
    AT,
    PROFILE,
    SELECTED,
    STAGE,
    a_closed_call,
    a_judged_call,
    a_pitch,
    a_pitch_call,
    a_selected_call,
    an_investor,
    pitch_of,
)

pytestmark = pytest.mark.django_db
CLOSED = STAGE + timedelta(hours=1)


def react(cast: Cast, pitch: Pitch, said: Said = Said.MEET, **changes: Any) -> Reaction:
    given = {"why": "", "why_is_for_company": False, "by": cast.actor("investor"), "at": SELECTED, **changes}
    return actions.react(pitch_id=pitch.pk, said=said, **given)


# ── The profile ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_profile_stands_on_a_consent_of_its_own(cast: Cast):
    investor = cast.actor("investor")
    with pytest.raises(Refused, match="no_consent"):
        actions.save_profile(profile=PROFILE, call_ids=[], consents=False, by=investor, at=AT)
    found = actions.save_profile(profile=PROFILE, call_ids=[], consents=True, by=investor, at=AT)
    assert (found.person, found.organisation) == (cast.investor, cast.belgian_company)
    with pytest.raises(IntegrityError, match="a_visible_investor_has_consented"), transaction.atomic():
        Investor.objects.update(consented_at=None)


def test_withdrawn_the_profile_is_empty_and_nobody_sees_it(cast: Cast):
    an_investor(cast)
    call = a_selected_call(cast)
    react(cast, pitch_of(call, cast.danish_company))
    assert queries.interest_in(pitch_of(call, cast.danish_company), cast.actor("danish_sme")).meet
    left = actions.withdraw_consent(by=cast.actor("investor"), at=SELECTED)
    assert (left.markets, left.about, left.is_visible, left.consented_at) == ([], "", False, None)
    assert not queries.interest_in(pitch_of(call, cast.danish_company), cast.actor("danish_sme")).meet
    assert not Investor.objects.visible_to(cast.actor("danish_sme")).exists()
    with pytest.raises(Refused, match="no_profile"):
        react(cast, pitch_of(call, cast.danish_company))


def test_companies_see_those_who_want_to_be_seen(cast: Cast):
    an_investor(cast, is_visible=False)
    assert not Investor.objects.visible_to(cast.actor("danish_sme")).exists()
    assert Investor.objects.visible_to(cast.actor("organiser")).exists()
    an_investor(cast, is_visible=True)
    assert Investor.objects.visible_to(cast.actor("danish_sme")).exists()


# ── The deal room ────────────────────────────────────────────────────────────────────────────────────────────────────
def seen(cast: Cast, **filters: Any) -> list[str]:
    investor = Investor.objects.get(person=cast.investor)
    deals = queries.deals_for(investor, cast.actor("investor"), at=SELECTED, **filters)
    return [deal.pitch.organisation.name for deal in deals]


def test_investors_read_what_is_selected_and_shown_and_nothing_else(cast: Cast):
    investor = an_investor(cast)
    call = a_judged_call(cast)
    assert not Pitch.objects.visible_to(cast.actor("investor")).exists()
    assert queries.deals_for(investor, cast.actor("investor"), at=SELECTED) == []
    other = a_selected_call(cast)
    assert seen(cast) == [
        cast.danish_company.name
    ]  # the Belgian one is the investor's own, the German one reserve
    actions.consent(
        pitch_id=pitch_of(other, cast.danish_company).pk,
        consents=False,
        by=cast.actor("danish_sme"),
        at=SELECTED,
    )
    assert seen(cast) == []
    assert not Pitch.objects.visible_to(cast.actor("investor")).exists()
    assert call.pk != other.pk


def test_the_deal_room_is_sorted_by_fit_and_filtered(cast: Cast):
    an_investor(cast, countries=(), markets=("digital_health",), stages=("seed",))
    call = a_pitch_call(cast, places=9)
    for market, stage in (("diagnostics", "later"), ("digital_health", "seed"), ("services", "seed")):
        a_pitch(call, a_company(region=cast.stuttgart), markets=(market,), stage=stage)
    a_juror_and_all_selected(cast, call)
    investor = Investor.objects.get()
    deals = queries.deals_for(investor, cast.actor("investor"), at=SELECTED)
    assert [deal.pitch.markets for deal in deals] == [["digital_health"], ["services"], ["diagnostics"]]
    assert deals[0].fit.is_good
    assert "Your stage: Seed" in [text for text, good in deals[0].reasons if good]
    assert len(seen(cast, market="services")) == 1
    assert len(seen(cast, stage="seed")) == 2
    assert len(seen(cast, country="DE")) == 3
    assert seen(cast, country="BE") == []
    assert len(seen(cast, ticket="mine")) == 3
    assert len(seen(cast, call=call.pk)) == 3
    react(cast, deals[0].pitch, Said.INTERESTED)
    assert len(seen(cast, said="none")) == 2
    assert len(seen(cast, said="interested")) == 1


def a_juror_and_all_selected(cast: Cast, call: PitchCall) -> None:
    from landbridge.pitches.actions import Decision
    from landbridge.pitches.states import Pitched
    from tests.factories.pitches import JUDGED, a_juror

    a_juror(call, cast.assessor)
    actions.judge(call_id=call.pk, by=SYSTEM, at=JUDGED)
    decisions = {one.pk: Decision(Pitched.SELECTED) for one in Pitch.objects.filter(call=call)}
    actions.select(call_id=call.pk, decisions=decisions, by=SYSTEM, at=SELECTED)


def test_a_session_of_last_year_leaves_the_deal_room(cast: Cast):
    investor = an_investor(cast)
    a_closed_call(cast)
    actor = cast.actor("investor")
    assert queries.deals_for(investor, actor, at=CLOSED + timedelta(days=364))
    assert not queries.deals_for(investor, actor, at=CLOSED + timedelta(days=366))


def test_who_downloads_a_deck_is_on_record(cast: Cast):
    an_investor(cast)
    pitch = pitch_of(a_selected_call(cast), cast.danish_company)
    actions.take_deck(pitch_id=pitch.pk, by=cast.actor("investor"), at=SELECTED)
    actions.take_deck(pitch_id=pitch.pk, by=cast.actor("investor"), at=SELECTED)
    assert Download.objects.count() == 2
    assert queries.interest_in(pitch, cast.actor("danish_sme")).downloads == 1
    with pytest.raises(Pitch.DoesNotExist):
        actions.take_deck(pitch_id=pitch.pk, by=cast.actor("belgian_sme"), at=SELECTED)


# ── Reactions ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_one_says_one_thing_and_may_change_ones_mind(cast: Cast):
    an_investor(cast)
    pitch = pitch_of(a_selected_call(cast), cast.danish_company)
    react(cast, pitch, Said.INTERESTED)
    react(cast, pitch, Said.PASS, why="Too early.", why_is_for_company=True)
    assert Reaction.objects.get().said == Said.PASS
    company = queries.interest_in(pitch, cast.actor("danish_sme"))
    assert (company.meet, company.interested, company.told) == ([], 0, ["Too early."])
    react(cast, pitch, Said.PASS, why="They are dull.", why_is_for_company=False)
    assert queries.interest_in(pitch, cast.actor("danish_sme")).told == []
    assert queries.interest_in(pitch, cast.actor("belgian_sme")).meet == []


def test_the_company_is_told_once_that_somebody_wants_to_meet(cast: Cast):
    an_investor(cast)
    pitch = pitch_of(a_selected_call(cast), cast.danish_company)
    react(cast, pitch, why="Secret.")
    react(cast, pitch, why="Secret.", at=SELECTED + timedelta(hours=1))
    letters = Letter.objects.filter(template="pitches/wants_to_meet", recipient_email=cast.danish_sme.email)
    assert letters.count() == 1
    assert "Secret." not in letters.get().body
    assert "Ines Investor" in letters.get().subject


def test_nobody_reacts_to_what_they_may_not_read(cast: Cast):
    an_investor(cast)
    call = a_selected_call(cast)
    reserve = Pitch.objects.exclude(organisation__in=[cast.danish_company, cast.belgian_company]).get()
    for pitch in (reserve, pitch_of(call, cast.belgian_company)):
        with pytest.raises(Pitch.DoesNotExist):
            react(cast, pitch)
    with pytest.raises(NotAllowed):
        react(cast, pitch_of(call, cast.danish_company), by=cast.actor("assessor"))
    nobody = Person.objects.create(name="Ida", email="ida@example.org")
    a_hat(Role.INVESTOR, of=nobody, organisation=a_company(region=cast.liege))
    with pytest.raises(Refused, match="no_profile"):
        react(cast, pitch_of(call, cast.danish_company), by=Actor(nobody.pk, "Ida", role=Role.INVESTOR))


def test_without_an_event_the_reaction_alone_is_kept(cast: Cast):
    an_investor(cast)
    said = react(cast, pitch_of(a_selected_call(cast), cast.danish_company))
    assert (said.request, said.no_meeting) == (None, NoMeeting.NO_EVENT)


def forum_and_call(cast: Cast, *names: str) -> tuple[Any, PitchCall]:
    forum = a_forum(cast, at=SELECTED - timedelta(days=1), names=names)
    if "investor" in names:
        a_guest(forum.event, cast.investor, slots=[slot.pk for slot in forum.slots])
    return forum, a_selected_call(
        cast, event=forum.event, stage_starts_at=forum.event.starts_at + timedelta(hours=2)
    )


def test_meet_asks_for_a_meeting_where_both_take_part(cast: Cast):
    an_investor(cast)
    forum, call = forum_and_call(cast, "danish_sme", "belgian_sme", "investor")
    said = react(cast, pitch_of(call, cast.danish_company), why="We fund this.", why_is_for_company=True)
    request = Request.objects.get()
    assert said.request == request
    assert (request.sender.person, request.receiver.person) == (cast.investor, cast.danish_sme)
    assert (request.sentence, request.origin) == ("We fund this.", "interest in a pitch")
    react(cast, pitch_of(call, cast.danish_company), Said.PASS)
    assert Request.objects.get().state == Asked.WITHDRAWN
    assert Reaction.objects.get().request is None
    assert forum.event == call.event


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("danish_sme", "belgian_sme"), NoMeeting.INVESTOR_ABSENT),
        (("investor", "belgian_sme"), NoMeeting.COMPANY_ABSENT),
    ],
)
def test_who_is_not_registered_is_said_plainly(cast: Cast, names: tuple[str, ...], why: NoMeeting):
    an_investor(cast)
    _forum, call = forum_and_call(cast, *names)
    said = react(cast, pitch_of(call, cast.danish_company))
    assert (said.request, said.no_meeting) == (None, why)


def test_an_event_that_takes_no_request_leaves_the_reaction(cast: Cast):
    an_investor(cast)
    forum, call = forum_and_call(cast, "danish_sme", "investor")
    Registration.objects.filter(pk=forum.of("danish_sme").pk).update(wants_meetings=False)
    said = react(cast, pitch_of(call, cast.danish_company))
    assert said.said == Said.MEET
    assert (said.request, said.no_meeting) == (None, NoMeeting.NOT_NOW)


def test_the_order_follows_the_investors_who_chose_the_session(cast: Cast):
    forum = a_forum(cast, at=SELECTED - timedelta(days=1), names=())
    a_guest(forum.event, cast.investor)
    first = forum.slots[0]
    call = a_selected_call(
        cast, event=forum.event, stage_starts_at=first.starts_at, minutes_to_pitch=20, minutes_between=5
    )
    investor = an_investor(cast)
    investor.calls.set([call])
    danish, belgian = pitch_of(call, cast.danish_company), pitch_of(call, cast.belgian_company)
    Investor.objects.update(countries=["DK"], markets=["diagnostics"])
    react(cast, danish, Said.MEET)
    for present, wanted in ((forum.slots[:1], danish), (forum.slots[1:], belgian)):
        Registration.objects.filter(person=cast.investor).update(slots=[slot.pk for slot in present])
        actions.order(call_id=call.pk, how=OrderBy.AVAILABILITY, by=cast.actor("organiser"), at=SELECTED)
        assert queries.order_of(call)[0].pitch == wanted


# ── Afterwards ───────────────────────────────────────────────────────────────────────────────────────────────────────
def closed_with_interest(cast: Cast) -> tuple[PitchCall, Reaction]:
    an_investor(cast)
    call = a_closed_call(cast)
    return call, react(cast, pitch_of(call, cast.danish_company), at=CLOSED)


def test_the_close_asks_investors_with_whom_they_go_on(cast: Cast):
    an_investor(cast)
    call = a_selected_call(cast)
    react(cast, pitch_of(call, cast.danish_company), Said.INTERESTED)
    with pytest.raises(Refused, match="not_over"):
        actions.follow(call_id=call.pk, pitch_ids=[], by=cast.actor("investor"), at=SELECTED)
    actions.start(call_id=call.pk, by=SYSTEM, at=STAGE)
    actions.close(call_id=call.pk, by=SYSTEM, at=CLOSED)
    assert Letter.objects.get(template="pitches/follow_up").recipient_email == cast.investor.email


def test_with_whom_and_what_became_of_it(cast: Cast):
    call, reaction = closed_with_interest(cast)
    actions.follow(call_id=call.pk, pitch_ids=[reaction.pitch_id], by=cast.actor("investor"), at=CLOSED)
    assert Reaction.objects.get().follows_up is True
    actions.say_what_became(
        reaction_id=reaction.pk, became=Became.TERM_SHEET, text="Soon.", by=cast.actor("investor"), at=CLOSED
    )
    assert Reaction.objects.get().became == Became.TERM_SHEET
    other = Actor(cast.mallory.pk, "M", role=Role.INVESTOR)
    with pytest.raises(Reaction.DoesNotExist):
        actions.say_what_became(reaction_id=reaction.pk, became=Became.ENDED, text="", by=other, at=CLOSED)
    react(cast, reaction.pitch, Said.PASS, at=CLOSED)
    assert Reaction.objects.get().follows_up is False
    with pytest.raises(Refused, match="passed"):
        actions.say_what_became(
            reaction_id=reaction.pk, became=Became.ENDED, text="", by=cast.actor("investor"), at=CLOSED
        )


def test_both_are_asked_again_after_three_six_and_twelve_months(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    call, reaction = closed_with_interest(cast)
    actions.follow(call_id=call.pk, pitch_ids=[reaction.pitch_id], by=cast.actor("investor"), at=CLOSED)
    asked = []
    for day in (datetime(2026, 9, 17, 8, tzinfo=UTC), datetime(2026, 9, 18, 8, tzinfo=UTC), datetime(2026, 9, 19, 8, tzinfo=UTC),
                datetime(2026, 12, 18, 8, tzinfo=UTC), datetime(2027, 6, 18, 8, tzinfo=UTC), datetime(2028, 6, 18, 8, tzinfo=UTC)):  # fmt: skip
        monkeypatch.setattr(clock, "now", lambda day=day: day)
        tasks.ask_again.func()
        asked.append(Letter.objects.filter(template="pitches/what_became").count())
    assert asked == [0, 1, 1, 2, 3, 3]
    assert (
        Letter.objects.filter(template="pitches/money_asked", recipient_email=cast.danish_sme.email).count()
        == 3
    )


def test_what_has_ended_is_not_asked_again(cast: Cast):
    call, reaction = closed_with_interest(cast)
    actions.follow(call_id=call.pk, pitch_ids=[reaction.pitch_id], by=cast.actor("investor"), at=CLOSED)
    actions.say_what_became(
        reaction_id=reaction.pk, became=Became.ENDED, text="", by=cast.actor("investor"), at=CLOSED
    )
    assert queries.to_ask_again(today=datetime(2027, 6, 18, tzinfo=UTC).date()) == []


def test_the_company_enters_what_it_raised(cast: Cast):
    call, reaction = closed_with_interest(cast)
    given: dict[str, Any] = {
        "amount_eur": euro(500_000), "raised_on": CLOSED.date(), "source": "Seed round", "evidence": "Register 4",
        "by": cast.actor("danish_sme"), "at": CLOSED,
    }  # fmt: skip
    actions.note_money(pitch_id=reaction.pitch_id, **given)
    rows = queries.rows_of(call)
    assert queries.figures_of(call, rows).raised_eur == euro(500_000)
    assert (rows[0].meet, rows[0].raised) == (1, euro(500_000))
    with pytest.raises(Pitch.DoesNotExist):
        actions.note_money(pitch_id=reaction.pitch_id, **{**given, "by": cast.actor("belgian_sme")})
    actions.take_back_money(money_id=MoneyRaised.objects.get().pk, by=cast.actor("danish_sme"), at=CLOSED)
    assert not MoneyRaised.objects.exists()


def test_money_is_counted_after_the_pitch(cast: Cast):
    pitch = pitch_of(a_selected_call(cast), cast.danish_company)
    with pytest.raises(Refused, match="not_pitched"):
        actions.note_money(
            pitch_id=pitch.pk,
            amount_eur=euro(1),
            raised_on=AT.date(),
            source="x",
            evidence="",
            by=SYSTEM,
            at=SELECTED,
        )

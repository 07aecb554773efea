from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from landbridge.foundation.files.store import receive
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.webinars import actions, queries, rules, tasks
from landbridge.webinars.models import Attendance, SignUp, Webinar
from landbridge.webinars.states import S, Signed
from tests.cast import Cast
from tests.factories.webinars import AFTER, AT, DETAILS, ENDS, STARTS, a_sign_up, a_speaker, a_webinar

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def letters(name: str) -> list[str]:
    return sorted(
        Letter.objects.filter(template=f"webinars/{name}").values_list("recipient_email", flat=True)
    )


def told(cast: Cast, person: str, begin: int = 0, end: int = 55) -> rules.Told:
    email = getattr(cast, person).email
    return rules.Told(email, STARTS + timedelta(minutes=begin), STARTS + timedelta(minutes=end))


def test_the_organiser_announces_what_is_complete(cast: Cast):
    organiser = cast.actor("organiser")
    found = actions.draft(**DETAILS, by=organiser, at=AT)
    with pytest.raises(Refused, match="no_speakers"):
        actions.publish(webinar_id=found.pk, by=organiser, at=AT)
    a_speaker(found, by=organiser)
    assert actions.publish(webinar_id=found.pk, by=organiser, at=AT).state == S.PUBLISHED
    assert letters("consent") == ["sofie@market.example"]


def test_other_programmes_and_other_roles_keep_their_hands_off(cast: Cast):
    found = a_webinar(by=cast.actor("organiser"))
    with pytest.raises(Webinar.DoesNotExist):
        actions.cancel(webinar_id=found.pk, reason="No.", by=cast.actor("other_office"), at=AT)
    for role in ("danish_sme", "zealand_broker", "auditor", "mallory"):
        with pytest.raises(NotAllowed):
            actions.cancel(webinar_id=found.pk, reason="No.", by=cast.actor(role), at=AT)


def test_whoever_waits_moves_up_in_the_order_of_signing_up(cast: Cast):
    found = a_webinar(capacity=1)
    first = a_sign_up(found, cast.actor("danish_sme"))
    second = a_sign_up(found, cast.actor("belgian_sme"), at=AT + timedelta(seconds=1))
    third = a_sign_up(found, cast.actor("mallory"), at=AT + timedelta(seconds=2))
    assert [one.state for one in (first, second, third)] == [Signed.SIGNED_UP, Signed.WAITING, Signed.WAITING]
    actions.cancel_sign_up(sign_up_id=first.pk, by=cast.actor("danish_sme"), at=AT + timedelta(hours=1))
    states = {one.pk: one.state for one in SignUp.objects.all()}
    assert states == {first.pk: Signed.CANCELLED, second.pk: Signed.SIGNED_UP, third.pk: Signed.WAITING}
    assert letters("waiting") == sorted([cast.belgian_sme.email, cast.mallory.email])
    again = a_sign_up(found, cast.actor("danish_sme"), at=AT + timedelta(hours=2))
    assert (again.pk, again.state) == (first.pk, Signed.WAITING)


def test_signing_up_twice_is_one_sign_up_and_nobody_signs_up_for_others(cast: Cast):
    found = a_webinar()
    one = a_sign_up(found, cast.actor("danish_sme"))
    same = actions.sign_up(webinar_id=found.pk, person_id=cast.mallory.pk, by=cast.actor("danish_sme"), at=AT)
    assert same.pk == one.pk
    assert one.organisation_id == cast.danish_company.pk
    assert one.region_id == cast.danish_company.region_id
    with pytest.raises(SignUp.DoesNotExist):
        actions.cancel_sign_up(sign_up_id=one.pk, by=cast.actor("mallory"), at=AT)


def test_a_webinar_that_is_over_takes_nobody(cast: Cast):
    found = a_webinar()
    with pytest.raises(Refused, match="over"):
        a_sign_up(found, cast.actor("danish_sme"), at=ENDS)
    with pytest.raises(Webinar.DoesNotExist):
        a_sign_up(a_webinar(S.DRAFT), cast.actor("danish_sme"))


def test_another_time_is_told_and_reaches_calendars(cast: Cast):
    found = a_webinar()
    a_sign_up(found, cast.actor("danish_sme"))
    later = {**DETAILS, "starts_at": STARTS + timedelta(days=1), "ends_at": ENDS + timedelta(days=1)}
    moved = actions.edit(webinar_id=found.pk, version=1, **later, by=SYSTEM, at=AT)
    assert (moved.sequence, letters("moved")) == (1, [cast.danish_sme.email])
    with pytest.raises(Refused, match="stale"):
        actions.edit(webinar_id=found.pk, version=1, **later, by=SYSTEM, at=AT)


def test_places_are_never_taken_away_by_an_edit(cast: Cast):
    found = a_webinar()
    for person in ("danish_sme", "belgian_sme"):
        a_sign_up(found, cast.actor(person))
    with pytest.raises(Refused, match="too_few_places"):
        actions.edit(webinar_id=found.pk, version=1, **{**DETAILS, "capacity": 1}, by=SYSTEM, at=AT)


def test_calling_off_tells_why(cast: Cast):
    found = a_webinar()
    a_sign_up(found, cast.actor("danish_sme"))
    with pytest.raises(Refused, match="no_reason"):
        actions.cancel(webinar_id=found.pk, reason=" ", by=SYSTEM, at=AT)
    actions.cancel(webinar_id=found.pk, reason="The speaker is ill.", by=SYSTEM, at=AT)
    letter = Letter.objects.get(template="webinars/cancelled")
    assert "The speaker is ill." in letter.body
    assert queries.entries_of(Webinar.objects.get())[0].is_cancelled


def test_a_table_handed_over_twice_counts_once_and_who_is_not_in_it_was_not_there(cast: Cast):
    found = a_webinar(S.PUBLISHED)
    there, absent = a_sign_up(found, cast.actor("danish_sme")), a_sign_up(found, cast.actor("belgian_sme"))
    lines = [told(cast, "danish_sme", 0, 30), told(cast, "danish_sme", 20, 45), told(cast, "mallory")]
    for _ in range(2):
        actions.take_over(webinar_id=found.pk, told=lines, by=SYSTEM, at=AFTER)
    there.refresh_from_db()
    absent.refresh_from_db()
    assert (there.minutes, absent.minutes) == (45, 0)
    assert Attendance.objects.count() == 2
    figures = queries.figures_of(found)
    assert (figures.signed_up, figures.came, figures.certified) == (2, 1, 1)


def test_minutes_entered_by_hand_are_kept_and_bounded(cast: Cast):
    found = a_webinar()
    own = a_sign_up(found, cast.actor("danish_sme"))
    with pytest.raises(Refused, match="not_begun"):
        actions.enter_minutes(sign_up_id=own.pk, minutes=10, by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="minutes"):
        actions.enter_minutes(sign_up_id=own.pk, minutes=481, by=SYSTEM, at=AFTER)
    assert actions.enter_minutes(sign_up_id=own.pk, minutes=10, by=SYSTEM, at=AFTER).minutes == 10
    rows = list(queries.presence(since=AT, until=AFTER))
    assert rows == [(cast.danish_company.pk, found.pk, 10)]


def test_a_recording_needs_every_speakers_yes_and_a_yes_taken_back_hides_it(cast: Cast):
    found = a_webinar(S.HELD)
    speaker = found.speakers.get()
    link = "https://video.example/1"
    with pytest.raises(Refused, match="no_consent"):
        actions.show_recording(webinar_id=found.pk, link=link, is_public=True, by=SYSTEM, at=AFTER)
    actions.consent(speaker_id=speaker.pk, to_recording=True, to_slides=True, by=SYSTEM, at=AFTER)
    shown = actions.show_recording(webinar_id=found.pk, link=link, is_public=True, by=SYSTEM, at=AFTER)
    assert (shown.recording_link, shown.recording_is_public) == (link, True)
    slides = receive(ContentFile(PDF, name="slides.pdf"))
    assert actions.show_slides(webinar_id=found.pk, slides=slides, by=SYSTEM, at=AFTER).slides is not None
    actions.consent(speaker_id=speaker.pk, to_recording=False, to_slides=False, by=SYSTEM, at=AFTER)
    found.refresh_from_db()
    assert (found.recording_link, found.recording_is_public, found.slides_id) == ("", False, None)
    assert letters("hidden") == ["events@lead.example"]


def test_a_new_address_of_a_speaker_ends_the_old_link_and_the_old_yes():
    found = a_webinar()
    speaker = found.speakers.get()
    token = queries.token_for(speaker)
    actions.consent(speaker_id=speaker.pk, to_recording=True, to_slides=True, by=SYSTEM, at=AT)
    other = {
        "name": "Sofie",
        "email": "new@market.example",
        "job_title": "",
        "organisation_name": "",
        "about": "",
    }
    changed = actions.edit_speaker(speaker_id=speaker.pk, **other, by=SYSTEM, at=AT)
    assert changed.consents_to_recording_at is None
    assert queries.speaker_of(token) is None
    assert queries.speaker_of(queries.token_for(changed)) == changed


def test_questions_are_answered_to_the_asker_and_to_all_without_a_name(cast: Cast):
    found = a_webinar()
    asker, other = a_sign_up(found, cast.actor("danish_sme")), cast.actor("belgian_sme")
    a_sign_up(found, other)
    asked = actions.ask(sign_up_id=asker.pk, text="Who pays?", by=cast.actor("danish_sme"), at=AT)
    assert queries.parts_of(found, actor=other, at=AT).questions == ()
    with pytest.raises(Refused, match="no_answer"):
        actions.answer(question_id=asked.pk, text=" ", is_shared=True, by=SYSTEM, at=AT)
    actions.answer(question_id=asked.pk, text="The regions.", is_shared=True, by=SYSTEM, at=AT)
    assert [one.answer for one in queries.parts_of(found, actor=other, at=AT).questions] == ["The regions."]
    assert letters("answered") == [cast.danish_sme.email]
    for number in range(9):
        actions.ask(sign_up_id=asker.pk, text=f"And {number}?", by=cast.actor("danish_sme"), at=AT)
    with pytest.raises(Refused, match="enough_questions"):
        actions.ask(sign_up_id=asker.pk, text="And?", by=cast.actor("danish_sme"), at=AT)


def test_the_jobs_remind_end_and_thank_once(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    found = a_webinar()
    own = a_sign_up(found, cast.actor("danish_sme"))
    a_sign_up(found, cast.actor("belgian_sme"))

    def run_at(moment: Any) -> None:
        monkeypatch.setattr("landbridge.foundation.clock.now", lambda: moment)
        for _ in range(2):
            tasks.remind.func()
            tasks.end.func()

    run_at(AT)
    assert letters("day_before") == []
    run_at(STARTS - timedelta(hours=23))
    assert letters("day_before") == sorted([cast.danish_sme.email, cast.belgian_sme.email])
    run_at(STARTS - timedelta(minutes=50))
    assert len(letters("hour_before")) == 2
    run_at(ENDS)
    found.refresh_from_db()
    assert found.state == S.HELD
    actions.take_over(webinar_id=found.pk, told=[told(cast, "danish_sme")], by=SYSTEM, at=AFTER)
    run_at(ENDS + timedelta(days=1))
    assert (letters("thanks"), letters("missed")) == ([cast.danish_sme.email], [cast.belgian_sme.email])
    given = actions.give_opinion(
        sign_up_id=own.pk, useful=5, clear=4, next_topic="", text="", by=cast.actor("danish_sme"), at=AFTER
    )
    again = actions.give_opinion(
        sign_up_id=own.pk, useful=2, clear=4, next_topic="", text="", by=cast.actor("danish_sme"), at=AFTER
    )
    assert (given.pk, again.useful) == (again.pk, 2)


def test_the_database_keeps_one_sign_up_for_an_address(cast: Cast):
    own = a_sign_up(a_webinar(), cast.actor("danish_sme"))
    own.pk, own.calendar_key = None, "other"
    with pytest.raises(IntegrityError, match=r"an_address_signs_up_once|UNIQUE"), transaction.atomic():
        own.save()


def test_verify_finds_what_actions_never_do(cast: Cast):
    found = a_webinar(capacity=1)
    own = a_sign_up(found, cast.actor("danish_sme"))
    assert list(queries.findings()) == []
    Webinar.objects.update(capacity=0, recording_link="https://video.example/1", state=S.CANCELLED)
    SignUp.objects.filter(pk=own.pk).update(minutes=3)
    assert list(queries.findings()) == [
        f"Webinar {found.pk} has more listeners than places.",
        f"Webinar {found.pk} shows a recording that a speaker has not agreed to.",
        f"Sign-up {own.pk} has minutes that nobody told.",
        f"Sign-up {own.pk} was at a webinar that was never held.",
    ]

"""The pages of webinars: everybody's, a listener's whole way, the organiser's, the speaker's, the webhook."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.webinars import actions, queries, rules
from landbridge.webinars.models import Question, Series, SignUp, Webinar
from landbridge.webinars.states import S, Signed
from tests.cast import Cast
from tests.factories.webinars import AFTER, AT, ENDS, STARTS, a_sign_up, a_speaker, a_webinar

pytestmark = pytest.mark.django_db
WRITTEN = {
    "title": "Money for a first product", "summary": "Who pays.", "description": "", "series": "", "language": "en",
    "starts": "2026-05-25 11:00", "ends": "2026-05-25 12:00", "time_zone": "Europe/Brussels",
    "join_link": "https://webinar.example/money", "capacity": "", "certificate_minutes": "30",
    "contact_email": "events@lead.example",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    _at(monkeypatch, AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def _at(monkeypatch: pytest.MonkeyPatch, moment: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"webinars:{name}", args=args)


def post(client: Client, name: str, /, *args: object, **fields: object) -> Any:
    return client.post(page(name, *args), {"operation_key": str(uuid.uuid4()), **fields})


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_everybody_reads_what_is_announced_and_nobody_a_draft(cast: Cast):
    shown, draft = a_webinar(), a_webinar(S.DRAFT, by=cast.actor("organiser"), title="Hidden yet")
    visitor = Client()
    listing = text_of(visitor.get(page("webinars")))
    assert shown.title in listing
    assert draft.title not in listing
    assert visitor.get(page("webinar", draft.slug)).status_code == 404
    for person, status in {"organiser": 200, "office": 200, "other_office": 404, "danish_sme": 404}.items():
        assert signed_in(getattr(cast, person)).get(page("webinar", draft.slug)).status_code == status, person


def test_the_address_to_join_is_for_those_who_signed_up(cast: Cast):
    found = a_webinar()
    listener, other = signed_in(cast.danish_sme), signed_in(cast.belgian_sme)
    assert "webinar.example" not in text_of(Client().get(page("webinar", found.slug)))
    assert listener.get(page("join", found.slug)).status_code == 404
    assert post(listener, "sign_up", found.slug, name="Mette", organisation_name="").status_code == 302
    assert found.join_link in text_of(listener.get(page("join", found.slug)))
    assert other.get(page("join", found.slug)).status_code == 404
    assert found.join_link not in text_of(other.get(page("webinar", found.slug)))
    assert "webinar.example" not in text_of(Client().get(page("calendar", found.slug)))


def test_a_visitor_is_led_to_sign_in_and_a_form_keeps_what_was_typed(cast: Cast):
    found = a_webinar()
    assert Client().get(page("sign_up", found.slug)).status_code == 302
    client = signed_in(cast.mallory)
    bad = post(client, "sign_up", found.slug, name="", organisation_name="Freelance")
    assert bad.status_code == 422
    assert "Freelance" in text_of(bad)
    assert not SignUp.objects.exists()


def test_the_whole_way_of_a_listener(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    found = a_webinar()
    client = signed_in(cast.danish_sme)
    post(client, "sign_up", found.slug, name="Mette", organisation_name="")
    assert post(client, "question", found.slug, text="Who pays?").status_code == 302
    assert found.title in text_of(client.get(page("mine")))
    own = SignUp.objects.get()
    feed = icalendar.Calendar.from_ical(Client().get(page("calendar_feed", own.calendar_key)).content)
    assert [str(event["SUMMARY"]) for event in feed.walk("VEVENT")] == [found.title]
    _at(monkeypatch, AFTER)
    actions.hold(webinar_id=found.pk, by=SYSTEM, at=AFTER)
    assert client.get(page("certificate", found.slug)).status_code == 404
    actions.enter_minutes(sign_up_id=own.pk, minutes=45, by=SYSTEM, at=AFTER)
    assert "Was it worth it?" in text_of(client.get(page("webinar", found.slug)))
    assert (
        post(client, "opinion", found.slug, useful="5", clear="4", next_topic="", text="").status_code == 302
    )
    certificate = client.get(page("certificate", found.slug))
    assert b"".join(certificate.streaming_content).startswith(b"%PDF")
    own.refresh_from_db()
    assert own.certificate is not None


def test_cancelling_gives_the_place_away(cast: Cast):
    found = a_webinar(capacity=1)
    a_sign_up(found, cast.actor("danish_sme"))
    waiting = a_sign_up(found, cast.actor("belgian_sme"))
    assert post(signed_in(cast.danish_sme), "sign_up_cancellation", found.slug).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == Signed.SIGNED_UP
    assert post(signed_in(cast.danish_sme), "sign_up_cancellation", found.slug).status_code == 409


def test_the_organiser_brings_one_from_nothing_to_its_announcement(cast: Cast):
    client = signed_in(cast.organiser)
    assert post(client, "series_new", title="Markets", text="").status_code == 302
    response = post(client, "new", **{**WRITTEN, "series": Series.objects.get().pk})
    found = Webinar.objects.get()
    assert response.headers["Location"] == found.get_absolute_url()
    assert found.starts_at == STARTS
    assert post(client, "publication", found.slug).status_code == 409
    assert post(client, "speaker_new", found.slug, name="Sofie", email="s@m.example").status_code == 302
    assert post(client, "publication", found.slug).status_code == 302
    changed = {**WRITTEN, "title": "Money", "version": "1"}
    assert post(client, "edit", found.slug, **changed).status_code == 302
    stale = post(client, "edit", found.slug, **{**changed, "title": "Other"})
    assert stale.status_code == 409
    assert "Other" in text_of(stale)
    assert post(client, "cancellation", found.slug, reason="").status_code == 422
    assert post(client, "cancellation", found.slug, reason="Ill.").status_code == 302


def test_times_that_cannot_be_stand_beside_their_fields(cast: Cast):
    client = signed_in(cast.organiser)
    backwards = post(client, "new", **{**WRITTEN, "ends": "2026-05-25 10:00"})
    assert backwards.status_code == 409
    assert "ends before it begins" in text_of(backwards)
    hostile = post(
        client, "new", **{**WRITTEN, "capacity": str(2**70), "series": "x", "join_link": "javascript:1"}
    )
    assert hostile.status_code == 422
    assert not Webinar.objects.exists()


def test_a_table_of_those_present_is_handed_over_and_bad_lines_are_named(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    found = a_webinar(by=cast.actor("organiser"))
    own = a_sign_up(found, cast.actor("danish_sme"))
    _at(monkeypatch, AFTER)
    client = signed_in(cast.organiser)
    table = f"email,minutes\n{cast.danish_sme.email},40\nnobody,3\nsomebody@elsewhere.example,9\n".encode()
    response = post(client, "presence", found.slug, table=SimpleUploadedFile("zoom.csv", table, "text/csv"))
    assert response.status_code == 302
    own.refresh_from_db()
    assert own.minutes == 40
    listing = text_of(client.get(response.headers["Location"]))
    assert "1 line could not be read" in listing
    assert (
        "1 person in the table had not signed up, and is not counted: somebody@elsewhere.example" in listing
    )
    exported = b"".join(client.get(page("listeners_table", found.slug)).streaming_content).decode()
    assert cast.danish_sme.email in exported
    assert post(client, "minutes", own.pk, minutes="x").status_code == 422
    assert post(client, "minutes", own.pk, minutes="12").status_code == 302


def test_brokers_see_listeners_of_their_region_alone(cast: Cast):
    found = a_webinar()
    for person in ("danish_sme", "belgian_sme"):
        a_sign_up(found, cast.actor(person))
    seen = text_of(signed_in(cast.zealand_broker).get(page("listeners", found.slug)))
    assert cast.danish_sme.name in seen
    assert cast.belgian_sme.name not in seen


def test_a_speaker_says_yes_and_takes_it_back_without_an_account(cast: Cast):
    found = a_webinar(S.HELD)
    speaker = found.speakers.get()
    token, visitor = queries.token_for(speaker), Client()
    assert visitor.get(page("consent", token)).status_code == 200
    speaker.refresh_from_db()
    assert speaker.consents_to_recording_at is None
    assert post(visitor, "consent", token, to_recording="on").status_code == 302
    speaker.refresh_from_db()
    assert (speaker.consents_to_recording_at is None, speaker.consents_to_slides_at is None) == (False, True)
    assert visitor.get(page("consent", token + "x")).status_code == 404
    organiser = signed_in(cast.organiser)
    assert post(organiser, "recording", found.slug, link="https://video.example/1").status_code == 302
    slides = SimpleUploadedFile(
        "slides.pdf", b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
    )
    assert post(organiser, "slides_new", found.slug, slides=slides).status_code == 409


def test_answers_are_shown_to_those_who_signed_up(cast: Cast):
    found = a_webinar(by=cast.actor("organiser"))
    own = a_sign_up(found, cast.actor("danish_sme"))
    a_sign_up(found, cast.actor("belgian_sme"))
    asked = actions.ask(sign_up_id=own.pk, text="Who pays?", by=cast.actor("danish_sme"), at=AT)
    assert (
        post(signed_in(cast.organiser), "answer", asked.pk, answer="All.", is_shared="on").status_code == 302
    )
    assert Question.objects.get().answer == "All."
    assert "Who pays?" in text_of(signed_in(cast.belgian_sme).get(page("webinar", found.slug)))
    assert "Who pays?" not in text_of(Client().get(page("webinar", found.slug)))


def test_the_webhook_believes_only_what_is_signed(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    found = a_webinar()
    own = a_sign_up(found, cast.actor("danish_sme"))
    key = actions.change_key(webinar_id=found.pk, is_wanted=True, by=SYSTEM, at=AT).attendance_key
    _at(monkeypatch, AFTER)
    moment = str(int(AFTER.timestamp()))

    def tell(said: object, *, signed: str | None = None) -> Any:
        body = json.dumps(said).encode()
        return Client().post(
            page("told", found.slug),
            body,
            content_type="application/json",
            headers={
                "X-Landbridge-Moment": moment,
                "X-Landbridge-Signature": signed
                or f"sha256={rules.signature_of(body, moment=moment, key=key)}",
            },
        )

    line = {
        "email": cast.danish_sme.email.upper(), "joined_at": STARTS.isoformat(),
        "left_at": (STARTS + timedelta(minutes=31)).isoformat(),
    }  # fmt: skip
    assert tell([line], signed="sha256=00").status_code == 403
    for nonsense in (
        {},
        [1],
        [{**line, "left_at": "never"}],
        [{**line, "joined_at": "1999-01-01T00:00:00+00:00"}],
        "x",
    ):
        assert tell(nonsense).status_code == 422, nonsense
    for _ in range(2):
        assert tell([line]).json() == {"told": 1}
    own.refresh_from_db()
    assert (own.minutes, own.attendance_source) == (31, "webhook")


def test_lists_ask_as_much_for_one_row_as_for_many(cast: Cast):
    client = signed_in(cast.organiser)

    def cost(name: str, *args: object) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page(name, *args)).status_code == 200
        return len(asked)

    series = actions.begin_series(title="Markets", text="", by=cast.actor("organiser"), at=AT)
    first = a_webinar(by=cast.actor("organiser"), series_id=series.pk)
    a_sign_up(first, cast.actor("danish_sme"))
    pages = [
        ("webinars",),
        ("kept",),
        ("series", series.slug),
        ("listeners", first.slug),
        ("webinar", first.slug),
    ]
    client.get(page("webinars"))
    before = [cost(*one) for one in pages]
    for number in range(3):
        more = a_webinar(by=cast.actor("organiser"), series_id=series.pk, title=f"Another {number}")
        a_speaker(more)
        a_speaker(first, name=f"Speaker {number}", email="")
    for person in ("belgian_sme", "mallory", "investor"):
        a_sign_up(first, cast.actor(person))
    assert [cost(*one) for one in pages] == before
    assert max(before) <= 20
    assert ENDS > STARTS

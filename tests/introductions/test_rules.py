"""The rules of introductions: what gives a side away in whatever writing, caps, days, answers, agreements."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.introductions import rules
from landbridge.introductions.rules import Identity, Preparation
from landbridge.introductions.states import Nda

pytestmark = pytest.mark.once
KATTEGAT = Identity(
    names=("Kattegat Devices ApS", "Øresund Imaging"),
    people=("Freja Holm", "Li", "Anna German"),
    numbers=("CVR 12 34 56 78", "DK99887766", "12"),
    hosts=("www.kattegat-devices.dk", "kd.example", "mail.hospital.org"),
    street="Lange Vej 2",
    postcode="2100",
    town="København",
    region="Zealand",
)
PLAIN = "A small company seeks a laboratory that follows 24 enzyme reactions below 60 °C, at 0.5 to 1.0 ml, from 2026 on."
AT = datetime(2026, 5, 11, 10, 0, tzinfo=UTC)


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def found(text: str, of: Identity = KATTEGAT) -> list[str]:
    return codes(rules.problems_with_text(text, field="text", of=of))


# ── What gives a side away ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "text",
    [
        "", PLAIN, "Solutions at pH 7.4 and 1,000,000 cells; see point 2.1 and the table.", "Call it what you like.",
        "ISO 13485 and ISO/IEC 17025, GLP, TRL 4 to 6, EUR 20,000 in 2026/2027.", "The devices are worn for 14 days.",
        "We do it e.g. in Danish or German, between 08:00 and 16:30, on 2026-01-14.", "Li-ion cells, 0.001 to 1 mm.",
    ],
)  # fmt: skip
def test_plain_words_pass(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We are Kattegat Devices.", "names_the_organisation"),
        ("KATTEGAT", "names_the_organisation"),
        ("the kattegatdevices sensor", "names_the_organisation"),
        ("from Oresund", "names_the_organisation"),
        ("ask freja  HOLM", "names_a_person"),
        ("Ms Holm answers", "names_a_person"),
        ("number 12345678", "number"),
        ("CVR: 12.34.56.78", "number"),
        ("look for kattegat-devices", "host"),
        ("at Lange Vej 2", "address"),
        ("2100 KØBENHAVN", "address"),
        ("København, 2100", "address"),
        ("info@somewhere.example", "e_mail"),
        ("info (at) somewhere (dot) org", "e_mail"),
        ("www.somewhere", "website"),
        ("HTTPS://x.y", "website"),
        ("see acme.eu for more", "website"),
        ("+45 33 12 34 56", "telephone"),
        ("(0711) 123 45-67", "telephone"),
        ("0045 33123456", "telephone"),
        ("EP 1 234 567 B1", "patent_number"),
        ("WO 2020/123456", "patent_number"),
        ("DE123456789", "vat_number"),
        ("NL123456789B01", "vat_number"),
        ("SuperGel®", "trade_mark"),
    ],
)
def test_what_names_somebody_is_found(text: str, code: str):
    assert code in found(text)
    assert code in found(f"{PLAIN} {text}, {PLAIN}")


def test_a_postcode_with_letters_is_enough():
    assert found("near SW1A 1AA", Identity(postcode="SW1A 1AA")) == ["address"]
    assert found("near 2100", Identity(postcode="2100")) == []
    assert found("Vej", Identity(street="Vej")) == []


def test_the_region_may_be_told_even_where_somebody_is_named_after_it():
    neckar = Identity(names=("Neckar Imaging Laboratory",), region="Stuttgart and Neckar-Alb")
    assert found("In the region Stuttgart and Neckar-Alb.", neckar) == []
    assert found("At Neckar in the region Stuttgart and Neckar-Alb.", neckar) == ["names_the_organisation"]


def test_the_text_of_a_problem_repeats_nothing_that_it_knows():
    for problem in rules.problems_with_text(
        "Freja Holm of Kattegat, 2100 København", field="text", of=KATTEGAT
    ):
        said = f"{problem.message} {problem.cure} {problem.params}"
        assert not any(word in said for word in ("Kattegat", "Freja", "Holm", "2100"))


def test_what_might_be_innocent_is_a_hint():
    text = "In København we make imaging devices; the Oresund is near."
    assert codes(rules.hints_about(text, field="text", of=KATTEGAT)) == ["names_the_town"]
    identity = Identity(names=("Vesdre Antikörper Rheologie",), town="Liège", region="Liège")
    assert codes(rules.hints_about("Rheologie in Liège", field="text", of=identity)) == ["word_of_the_name"]


WORDS = st.text(alphabet=string.ascii_letters, min_size=2, max_size=9)


@given(before=st.lists(WORDS, max_size=8), after=st.lists(WORDS, max_size=8), data=st.data())
def test_a_name_is_found_in_whatever_writing(before: list[str], after: list[str], data: st.DataObject):
    letters = data.draw(st.text(alphabet="bcdfghjklmnpqrstvwxz", min_size=5, max_size=10))
    name = f"{letters} GmbH"
    written = data.draw(
        st.sampled_from(
            [letters, letters.upper(), letters.title(), f"«{letters}»", "-".join(letters), " ".join(letters)]
        )
    )
    text = f"{' '.join(before)} {written} {' '.join(after)}"
    assert "names_the_organisation" in found(text, Identity(names=(name,)))


@given(st.text(max_size=400))
def test_no_text_breaks_the_check(text: str):
    for problem in rules.problems_with_text(text, field="text", of=KATTEGAT):
        assert problem.field == "text"
    list(rules.hints_about(text, field="text", of=KATTEGAT))


# ── Preparing and asking ─────────────────────────────────────────────────────────────────────────────────────────────
GOOD = Preparation(
    can_be_introduced=True, has_approved_summary=True, offer_is_public=True, company_id=1, provider_id=2
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"can_be_introduced": False}, ["enquiry_not_searching"]),
        ({"has_approved_summary": False}, ["no_approved_summary"]),
        ({"offer_is_public": False}, ["offer_not_public"]),
        ({"provider_id": 1}, ["same_organisation"]),
        ({"is_unwanted": True}, ["offer_unwanted"]),
        ({"is_open_already": True}, ["open_already"]),
    ],
)
def test_who_can_be_brought_together(changes: dict[str, object], expected: list[str]):
    assert codes(rules.problems_with_preparation(replace(GOOD, **changes))) == expected


def test_a_number_says_nothing_about_either_side():
    assert rules.number_for(17, at=AT) == "I-2026-00017"


def test_texts_are_there_fit_and_name_nobody():
    nobody = Identity()
    assert codes(
        rules.problems_with_texts(
            title="www.x.de",
            shown_to_provider="",
            shown_to_company="x" * 5001,
            company=nobody,
            provider=nobody,
        )
    ) == ["text_missing", "text_too_long", "website"]


@pytest.mark.parametrize(
    ("open_now", "most", "free", "expected"),
    [(2, 3, None, []), (3, 3, AT, ["provider_is_full"]), (0, 0, None, ["provider_takes_none"])],
)
def test_a_cap_says_when_a_place_is_free(
    open_now: int, most: int, free: datetime | None, expected: list[str]
):
    assert codes(rules.problems_with_cap(open_now=open_now, most=most, free_again=free)) == expected


@pytest.mark.parametrize(
    ("most", "expected"), [(0, []), (50, []), (51, ["limit_out_of_range"]), (-1, ["limit_out_of_range"])]
)
def test_a_limit_is_possible(most: int, expected: list[str]):
    assert codes(rules.problems_with_limit(most)) == expected


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds it
    st.sampled_from(["Europe/Berlin", "Europe/Dublin", "Europe/Madrid", "Atlantic/Azores", "UTC"]),
)
def test_it_lapses_at_midnight_after_the_fourteenth_day_where_the_provider_lives(asked: datetime, zone: str):
    clock = ZoneInfo(zone)
    lapses = rules.lapse_of(asked, zone=zone)
    last = (lapses - timedelta(seconds=1)).astimezone(clock)
    assert (last.date() - asked.astimezone(clock).date()).days == rules.DAYS_TO_ANSWER
    assert lapses.astimezone(clock).time().isoformat() == "00:00:00"
    assert rules.reminds_at(lapses) == lapses - timedelta(days=7)


# ── Answering ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"has_answered": True}, ["answered_already"]),
        ({"at": AT + timedelta(days=1)}, ["too_late_to_answer"]),
        ({"said_yes": False}, ["no_reason"]),
        ({"said_yes": False, "reason": "No room."}, []),
        ({"said_yes": False, "reason": "x" * 1001}, ["reason_too_long"]),
    ],
)
def test_an_answer_comes_once_and_in_time(changes: dict[str, object], expected: list[str]):
    facts = {
        "said_yes": True,
        "reason": "",
        "has_answered": False,
        "lapses_at": AT + timedelta(days=1),
        "at": AT,
    }
    assert codes(rules.problems_with_answer(**facts | changes)) == expected  # type: ignore[arg-type]


def test_it_lapses_no_earlier():
    assert codes(rules.problems_with_lapse(lapses_at=AT, at=AT)) == []
    assert codes(rules.problems_with_lapse(lapses_at=AT, at=AT - timedelta(seconds=1))) == ["still_open"]


def test_an_outcome_is_known_and_fits():
    assert codes(rules.problems_with_outcome("meeting", "")) == []
    assert codes(rules.problems_with_outcome("", "x" * 2001)) == ["unknown_outcome", "text_too_long"]


@pytest.mark.parametrize("nda", list(Nda))
@pytest.mark.parametrize("is_made", [True, False])
@pytest.mark.parametrize("is_released", [True, False])
def test_the_confidential_text_opens_behind_all_three(nda: Nda, is_made: bool, is_released: bool):
    opened = rules.may_read_confidential(is_made=is_made, nda=nda, is_released=is_released)
    assert opened == (is_made and is_released and nda in ("not_needed", "signed"))


# ── Agreements ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("nda", "is_released", "expected"),
    [
        ("needed", False, []),
        ("sent", False, ["agreement_was_sent"]),
        ("not_needed", True, ["released_already"]),
    ],
)
def test_its_need_is_decided_before(nda: str, is_released: bool, expected: list[str]):
    assert codes(rules.problems_with_need(nda=nda, is_released=is_released)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"is_made": False}, ["agreement_too_early"]),
        ({"nda": "not_needed"}, ["agreement_not_needed"]),
        ({"has_template": False}, ["no_template"]),
    ],
)
def test_it_is_sent_after_both_yeses(changes: dict[str, object], expected: list[str]):
    facts = {"nda": "needed", "is_made": True, "has_template": True}
    assert codes(rules.problems_with_sending(**facts | changes)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("nda", "signed", "sent", "expected"),
    [
        ("sent", 5, 4, []),
        ("needed", 5, None, ["agreement_not_sent"]),
        ("sent", 3, 4, ["signed_on_out_of_range"]),
        ("sent", 7, 4, ["signed_on_out_of_range"]),
    ],
)
def test_it_comes_back_signed(nda: str, signed: int, sent: int | None, expected: list[str]):
    sent_on = date(2026, 5, sent) if sent else None
    problems = rules.problems_with_signature(
        nda=nda, signed_on=date(2026, 5, signed), sent_on=sent_on, today=date(2026, 5, 6)
    )
    assert codes(problems) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"has_text": False}, ["nothing_to_release"]),
        ({"is_made": False}, ["release_too_early"]),
        ({"nda": "sent"}, ["agreement_not_signed"]),
        ({"is_released": True}, ["released_already"]),
    ],
)
def test_it_is_released_behind_its_agreement(changes: dict[str, object], expected: list[str]):
    facts = {"is_made": True, "nda": "signed", "is_released": False, "has_text": True}
    assert codes(rules.problems_with_release(**facts | changes)) == expected  # type: ignore[arg-type]


def test_a_text_of_the_agreement_names_both_places():
    assert codes(rules.problems_with_template(version="1", text="[company] [provider]", is_taken=False)) == []
    assert codes(rules.problems_with_template(version="1", text="x" * 20_001, is_taken=True)) == [
        "version_taken", "text_too_long", "place_missing_company", "place_missing_provider",
    ]  # fmt: skip

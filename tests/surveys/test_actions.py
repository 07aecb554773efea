"""A questionnaire from its first question to the last reminder, and what is never done."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from landbridge.applications import actions as applications
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.surveys import actions, queries
from landbridge.surveys.models import Answer, Baseline, Questionnaire, Refusal, Rule, Sheet
from landbridge.surveys.states import Asks, Measure, S, Sheeted, Side, Trigger
from tests.cast import Cast
from tests.factories.surveys import AT, a_sheet, a_version, said_on
from tests.factories.vouchers import AWARDED, a_voucher

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
CHOICES = [("yes", "Yes"), ("no", "No")]


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


@pytest.fixture
def begun(cast: Cast) -> Questionnaire:
    office = cast.actor("office")
    return actions.begin(name="Follow-up", title="What came of it?", language="en-gb", by=office, at=AT)


def ask(found: Questionnaire, cast: Cast, text: str = "Does it go on?", **details: Any) -> Any:
    version = found.versions.order_by("-number")[0]
    given = {"asks": Asks.CHOICE, "choices": CHOICES, **details}
    return actions.add_question(version_id=version.pk, text=text, **given, by=cast.actor("office"), at=AT)


def in_use(found: Questionnaire, cast: Cast) -> Questionnaire:
    version = found.versions.order_by("-number")[0]
    return actions.publish(version_id=version.pk, by=cast.actor("office"), at=AT)


def a_rule(found: Questionnaire, cast: Cast, **changes: Any) -> Rule:
    ruled = {
        "trigger": Trigger.VOUCHER_GRANTED, "side": Side.COMPANY, "after_months": 6, "open_days": 60,
        "since": (AWARDED - DAY).date(), **changes,
    }  # fmt: skip
    return actions.add_rule(questionnaire_id=found.pk, **ruled, by=cast.actor("office"), at=AWARDED)


class TestBuilding:
    def test_it_is_written_taken_into_use_and_never_changes_again(self, cast: Cast, begun: Questionnaire):
        asked = ask(begun, cast)
        in_use(begun, cast)
        version = begun.versions.get()
        assert (version.state, asked.key) == (S.PUBLISHED, "does-it-go-on")
        with pytest.raises(Refused, match="version_frozen"):
            actions.edit_question(question_id=asked.pk, text="Other?", by=cast.actor("office"), at=AT)

    def test_a_new_version_copies_the_last_and_retires_it_once_in_use(self, cast: Cast, begun: Questionnaire):
        ask(begun, cast)
        in_use(begun, cast)
        actions.begin_version(questionnaire_id=begun.pk, by=cast.actor("office"), at=AT)
        with pytest.raises(Refused, match="draft_there"):
            actions.begin_version(questionnaire_id=begun.pk, by=cast.actor("office"), at=AT)
        ask(begun, cast, "What was missing?", asks=Asks.TEXT, choices=[])
        in_use(begun, cast)
        assert list(begun.versions.order_by("number").values_list("state", flat=True)) == [
            S.RETIRED,
            S.PUBLISHED,
        ]
        assert [row.questions.count() for row in begun.versions.order_by("number")] == [1, 2]

    def test_an_empty_one_is_not_taken_into_use(self, cast: Cast, begun: Questionnaire):
        with pytest.raises(Refused, match="no_questions"):
            in_use(begun, cast)

    def test_questions_move_and_what_depended_on_a_removed_one_is_asked_always(
        self, cast: Cast, begun: Questionnaire
    ):
        first = ask(begun, cast)
        condition = {"question": first.key, "is": ["no"]}
        second = ask(begun, cast, "Why?", asks=Asks.TEXT, choices=[], condition=condition)
        actions.move_question(question_id=second.pk, up=True, by=cast.actor("office"), at=AT)
        second.refresh_from_db()
        assert second.position == 1
        with pytest.raises(Refused, match="condition_unknown"):
            in_use(begun, cast)
        actions.remove_question(question_id=first.pk, by=cast.actor("office"), at=AT)
        second.refresh_from_db()
        assert (second.position, second.condition) == (1, {})

    def test_two_who_edit_at_once_do_not_overwrite_each_other(self, cast: Cast, begun: Questionnaire):
        version = begun.versions.get()
        actions.edit(version_id=version.pk, version=1, title="One", by=cast.actor("office"), at=AT)
        with pytest.raises(Refused, match="stale"):
            actions.edit(version_id=version.pk, version=1, title="Two", by=cast.actor("office"), at=AT)

    def test_a_language_falls_back_text_by_text(self, cast: Cast, begun: Questionnaire):
        asked = ask(begun, cast)
        version = begun.versions.get()
        german = {asked.pk: {"text": "Geht es weiter?", "choices": {"yes": "Ja"}}}
        actions.translate(
            version_id=version.pk, language="de", texts={}, questions=german, by=cast.actor("office"), at=AT
        )
        version.refresh_from_db()
        asked.refresh_from_db()
        words = queries.worded_question(asked, "de", own="en-gb")
        assert (str(words.text), words.text.language) == ("Geht es weiter?", "de")
        assert [(one.text, one.language) for one in words.choices] == [("Ja", "de"), ("No", "en-gb")]
        assert queries.missing_in(version, [asked], "de") == 2
        assert queries.languages_of(version) == ["en-gb", "de"]
        actions.translate(
            version_id=version.pk, language="de", texts={}, questions={}, by=cast.actor("office"), at=AT
        )
        version.refresh_from_db()
        assert queries.languages_of(version) == ["en-gb"]

    def test_only_its_office_writes_it(self, cast: Cast, begun: Questionnaire):
        with pytest.raises(NotAllowed):
            actions.begin(name="x", title="x", language="en-gb", by=cast.actor("zealand_broker"), at=AT)
        version = begun.versions.get()
        with pytest.raises(Questionnaire.DoesNotExist):
            actions.publish(version_id=version.pk, by=cast.actor("other_office"), at=AT)


class TestSending:
    def test_a_rule_asks_each_side_once_when_it_is_time(self, cast: Cast, begun: Questionnaire):
        ask(begun, cast)
        in_use(begun, cast)
        rule = a_rule(begun, cast)
        voucher = a_voucher(cast)
        actions.ask(rule_id=rule.pk, by=SYSTEM, at=AWARDED + 30 * DAY)
        assert not Sheet.objects.exists()
        assert queries.ahead_of(rule, at=AWARDED + 30 * DAY) == (0, 1)
        for _again in range(2):
            actions.ask(rule_id=rule.pk, by=SYSTEM, at=AWARDED + 190 * DAY)
        sheet = Sheet.objects.get()
        assert (sheet.about_table, sheet.about_id, sheet.months) == ("vouchers.voucher", voucher.pk, 6)
        assert (sheet.organisation, sheet.email) == (cast.danish_company, cast.danish_sme.email)
        assert sheet.state == Sheeted.WAITING

    def test_the_other_side_is_asked_by_a_rule_of_its_own(self, cast: Cast, begun: Questionnaire):
        ask(begun, cast)
        in_use(begun, cast)
        rule = a_rule(begun, cast, side=Side.PROVIDER, after_months=0)
        a_voucher(cast)
        actions.ask(rule_id=rule.pk, by=SYSTEM, at=AWARDED + DAY)
        assert Sheet.objects.get().email == cast.german_provider.email

    def test_a_comparison_group_are_those_who_got_nothing(self, cast: Cast, begun: Questionnaire):
        from tests.factories.applications import a_submitted_application

        ask(begun, cast)
        in_use(begun, cast)
        application = a_submitted_application(cast)
        applications.reject(application_id=application.pk, reason="No money left.", by=SYSTEM, at=AWARDED)
        rule = a_rule(
            begun, cast, trigger=Trigger.APPLICATION_REJECTED, after_months=12, call_id=application.call_id
        )
        actions.ask(rule_id=rule.pk, by=SYSTEM, at=AWARDED + 370 * DAY)
        sheet = Sheet.objects.get()
        assert sheet.is_comparison
        actions.send(sheet_id=sheet.pk, by=SYSTEM, at=AWARDED + 370 * DAY)
        assert "Comparison" not in Letter.objects.get(template="surveys/comparison").subject

    def test_an_address_gets_one_letter_a_week(self):
        version = a_version()
        first = a_sheet(version, state=Sheeted.WAITING, sent_at=None)
        second = a_sheet(version, state=Sheeted.WAITING, sent_at=None)
        for sheet in queries.to_send(at=AT):
            actions.send(sheet_id=sheet.pk, by=SYSTEM, at=AT)
        actions.send(sheet_id=second.pk, by=SYSTEM, at=AT + DAY)
        assert list(Sheet.objects.filter(sent_at__isnull=False)) == [first]
        assert queries.to_send(at=AT + 6 * DAY) == []
        assert queries.to_send(at=AT + 8 * DAY) == [second]

    def test_it_is_brought_to_mind_twice_then_lapses(self):
        sheet = a_sheet(a_version())
        for days in (3, 7, 8, 21, 30):
            for one in queries.to_remind(at=AT + days * DAY):
                actions.remind(sheet_id=one.pk, by=SYSTEM, at=AT + days * DAY)
        sheet.refresh_from_db()
        assert (sheet.reminders, Letter.objects.filter(template="surveys/reminded").count()) == (2, 2)
        for one in queries.to_lapse(at=AT + 60 * DAY):
            actions.lapse(sheet_id=one.pk, by=SYSTEM, at=AT + 60 * DAY)
        sheet.refresh_from_db()
        assert (sheet.state, sheet.ended_at) == (Sheeted.LAPSED, AT + 60 * DAY)

    def test_the_letter_opens_without_an_account_and_can_be_ended_by_one_post(self):
        sheet = a_sheet(a_version(), state=Sheeted.WAITING, sent_at=None)
        actions.send(sheet_id=sheet.pk, by=SYSTEM, at=AT)
        letter = Letter.objects.get(template="surveys/asked")
        assert queries.address_of("answer", sheet) in letter.body
        assert queries.address_of("unsubscription", sheet) == letter.unsubscribe_link
        assert letter.subject == "What came of it?"


class TestAnswering:
    def test_each_answer_is_kept_at_once_and_can_be_changed_and_taken_back(self):
        sheet = a_sheet(a_version())
        actions.answer(sheet_id=sheet.pk, key="jobs", number=Decimal("9.5"), by=SYSTEM, at=AT)
        sheet.refresh_from_db()
        assert (sheet.state, sheet.begun_at) == (Sheeted.BEGUN, AT)
        actions.answer(sheet_id=sheet.pk, key="jobs", number=Decimal(10), by=SYSTEM, at=AT + DAY)
        said = Answer.objects.get()
        assert (said.number, said.answered_at, said.changed_at) == (10, AT, AT + DAY)
        actions.answer(sheet_id=sheet.pk, key="jobs", by=SYSTEM, at=AT + DAY)
        assert not Answer.objects.exists()

    def test_what_does_not_fit_is_refused(self):
        sheet = a_sheet(a_version())
        with pytest.raises(Refused, match="wrong_answer"):
            actions.answer(sheet_id=sheet.pk, key="helpful", number=Decimal(9), by=SYSTEM, at=AT)
        with pytest.raises(Refused, match="sheet_closed"):
            actions.answer(sheet_id=sheet.pk, key="helpful", number=Decimal(4), by=SYSTEM, at=AT + 60 * DAY)

    def test_finished_it_may_still_be_changed_until_it_closes(self):
        sheet = a_sheet(a_version())
        with pytest.raises(Refused, match="nothing_said"):
            actions.finish(sheet_id=sheet.pk, by=SYSTEM, at=AT)
        actions.answer(sheet_id=sheet.pk, key="helpful", number=Decimal(4), by=SYSTEM, at=AT)
        actions.finish(sheet_id=sheet.pk, by=SYSTEM, at=AT)
        actions.answer(sheet_id=sheet.pk, key="helpful", number=Decimal(5), by=SYSTEM, at=AT + DAY)
        sheet.refresh_from_db()
        assert (sheet.state, Answer.objects.get().number) == (Sheeted.DONE, 5)

    def test_answers_to_questions_that_no_longer_come_go(self):
        version = a_version()
        version.questions.filter(key="comment").update(condition={"question": "continues", "is": ["no"]})
        sheet = a_sheet(version)
        actions.answer(sheet_id=sheet.pk, key="continues", chosen=["no"], by=SYSTEM, at=AT)
        actions.answer(sheet_id=sheet.pk, key="comment", text="Too far.", by=SYSTEM, at=AT)
        actions.answer(sheet_id=sheet.pk, key="continues", chosen=["yes"], by=SYSTEM, at=AT)
        actions.finish(sheet_id=sheet.pk, by=SYSTEM, at=AT)
        assert [one.question.key for one in Answer.objects.all()] == ["continues"]

    def test_a_no_deletes_what_was_said_and_is_never_followed_by_a_reminder(self):
        sheet = a_sheet(a_version())
        said_on(sheet, helpful=4)
        actions.decline(sheet_id=sheet.pk, by=SYSTEM, at=AT)
        sheet.refresh_from_db()
        assert (sheet.state, Answer.objects.count()) == (Sheeted.DECLINED, 0)
        assert queries.to_remind(at=AT + 8 * DAY) == []
        assert not Refusal.objects.exists()

    def test_never_again_keeps_a_hash_and_stops_everything(self, cast: Cast, begun: Questionnaire):
        ask(begun, cast)
        in_use(begun, cast)
        rule = a_rule(begun, cast, after_months=0)
        a_voucher(cast)
        email = cast.danish_sme.email
        sheet = a_sheet(a_version(), email=email)
        waiting = a_sheet(a_version(slug="other"), email=email, state=Sheeted.WAITING, sent_at=None)
        actions.decline(sheet_id=sheet.pk, never_again=True, by=SYSTEM, at=AT)
        assert not Sheet.objects.filter(pk=waiting.pk).exists()
        assert email not in Refusal.objects.get().address_hash
        actions.ask(rule_id=rule.pk, by=SYSTEM, at=AWARDED + DAY)
        assert Sheet.objects.count() == 1

    def test_finishing_the_sheet_of_an_application_records_the_baseline(self, cast: Cast):
        sheet = a_sheet(a_version(), cast.danish_company, trigger=Trigger.APPLICATION_SUBMITTED)
        actions.answer(sheet_id=sheet.pk, key="jobs", number=Decimal(12), by=SYSTEM, at=AT)
        for _again in range(2):
            actions.finish(sheet_id=sheet.pk, by=SYSTEM, at=AT)
        baseline = Baseline.objects.get()
        assert (baseline.organisation, baseline.jobs, baseline.turnover_eur) == (
            cast.danish_company,
            12,
            None,
        )

    def test_the_record_says_that_something_was_answered_and_never_what(self):
        sheet = a_sheet(a_version())
        actions.answer(sheet_id=sheet.pk, key="comment", text="A secret.", by=SYSTEM, at=AT)
        entries = Entry.objects.filter(subject_table="surveys.sheet")
        assert set(entries.values_list("event", flat=True)) == {"sheet.begun", "sheet.answered"}
        assert "secret" not in str([entry.details for entry in entries])


class TestBaselines:
    def test_the_company_its_desk_and_the_office_record_it(self, cast: Cast):
        for number, who in enumerate(("danish_sme", "zealand_broker", "office")):
            actions.record_baseline(
                organisation_id=cast.danish_company.pk,
                on=AT.date(),
                jobs=Decimal(number),
                by=cast.actor(who),
                at=AT,
            )
        assert Baseline.objects.count() == 3
        with pytest.raises(NotAllowed):
            actions.record_baseline(
                organisation_id=cast.danish_company.pk, on=AT.date(), by=cast.actor("german_provider"), at=AT
            )

    def test_it_says_something_of_a_day_that_is_over(self, cast: Cast):
        with pytest.raises(Refused, match="says_nothing, not_yet"):
            actions.record_baseline(
                organisation_id=cast.danish_company.pk, on=(AT + DAY).date(), by=cast.actor("office"), at=AT
            )


class TestResults:
    def test_desks_see_how_many_but_not_what_until_there_are_five(self, cast: Cast):
        version = a_version()
        for number in range(4):
            said_on(a_sheet(version, cast.danish_company, email=f"{number}@example.org"), helpful=4)
        found, broker, office = version.questionnaire, cast.actor("zealand_broker"), cast.actor("office")

        def helpful(actor: Any) -> Any:
            rows = queries.asked_sheets(found, actor=actor)
            return queries.results_of(version, rows, actor=actor, today=AT.date()).questions[0]

        assert (helpful(broker).is_hidden, helpful(broker).said, helpful(broker).mean) == (True, 4, None)
        assert (helpful(office).is_hidden, helpful(office).mean) == (False, 4)
        said_on(a_sheet(version, cast.danish_company, email="five@example.org"), helpful=4)
        assert (helpful(broker).is_hidden, helpful(broker).mean) == (False, 4)
        assert helpful(cast.actor("liege_broker")).said == 0

    def test_months_and_the_comparison_group_stand_side_by_side(self, cast: Cast):
        version = a_version()
        said_on(a_sheet(version, months=6), continues=["yes"])
        said_on(a_sheet(version, months=6), continues=["no"])
        a_sheet(version, months=12)
        said_on(a_sheet(version, months=12, is_comparison=True), continues=["no"])
        question = version.questions.get(measure=Measure.CONTINUES)
        office = cast.actor("office")
        rows = queries.asked_sheets(version.questionnaire, actor=office)
        groups = queries.compared(question, rows, actor=office, today=AT.date())
        assert [(one.months, one.is_comparison, one.rate.asked, one.said, one.value) for one in groups] == [
            (6, False, 2, 2, Decimal("0.5")),
            (12, False, 1, 0, None),
            (12, True, 1, 1, 0),
        ]

    def test_the_table_names_nobody(self):
        version = a_version()
        said_on(a_sheet(version), helpful=4, comment="Fine.")
        header, rows = queries.table_of(version, Sheet.objects.all())
        row = dict(zip(header, next(iter(rows)), strict=True))
        assert (row["helpful"], row["comment"], row["jobs"]) == (4, "Fine.", "")
        assert "Freja" not in str(row)
        assert "freja@example.org" not in str(row)


class TestFindings:
    def test_answers_that_cannot_be_are_found(self):
        version, other = a_version(), a_version(slug="other")
        sheet = a_sheet(version)
        Answer.objects.create(sheet=sheet, question=other.questions.get(key="jobs"), number=3, answered_at=AT)
        found = list(queries.findings())
        assert len(found) == 2
        assert "does not ask" in found[0]
        assert list(queries.findings())

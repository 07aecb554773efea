"""Saved searches: every new hit is told once, whatever happens between; and the letters end with one click."""

from __future__ import annotations

import email
import email.policy
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.catalogue import actions
from landbridge.catalogue.actions import finding
from landbridge.catalogue.alerts import tell_of_news
from landbridge.catalogue.models import Alert, IndexChange, Record, SavedSearch
from landbridge.catalogue.search import index, search
from landbridge.catalogue.search.finding import found_numbers
from landbridge.catalogue.states import Kind
from landbridge.catalogue.tasks.finding import update_index
from landbridge.foundation import clock
from landbridge.foundation.outbox.actions import message_of
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.programmes.models import Phase
from landbridge.programmes.states import S as PhaseState
from tests.cast import Cast
from tests.factories.catalogue import PUBLISHED, a_competence, a_published_record, a_record, a_waiting_record
from tests.factories.finding import a_saved_search, found_as
from tests.factories.programmes import a_planned_phase, an_incentive

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: PUBLISHED)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"


def told(search: SavedSearch | None = None) -> list[str]:
    """The bodies of the letters about saved searches, oldest first."""
    letters = Letter.objects.filter(template="catalogue/found")
    if search is not None:
        letters = letters.filter(about_id=search.pk)
    return list(letters.order_by("pk").values_list("body", flat=True))


def times(record: Record, search: SavedSearch | None = None) -> int:
    """How often a record stood in a letter."""
    address = reverse("catalogue:record", args=[record.pk])
    return sum(body.count(f"{address}\n") for body in told(search))


def after(weeks: int) -> datetime:
    return PUBLISHED + weeks * WEEK


def again(record: Record, *, at: datetime) -> None:
    """A hidden record, confirmed: it is shown again."""
    actions.confirm(record_id=record.pk, by=SYSTEM, at=at)


class TestNews:
    def test_a_new_hit_is_told_once_to_whoever_saved_the_search(self, cast: Cast):
        search = a_saved_search(cast.actor("danish_sme"))
        hit, other = found_as(cast, "Raman of tissue"), found_as(cast, "Toxicology")
        assert tell_of_news(at=after(1)) == 1
        (letter,) = Letter.objects.filter(template="catalogue/found")
        assert letter.recipient_email == cast.danish_sme.email.lower()
        assert (times(hit), times(other)) == (1, 0)
        assert hit.name in letter.body
        assert search.name in letter.subject
        assert reverse("catalogue:unsubscribe", args=[search.unsubscribe_key]) in letter.body
        tell_of_news(at=after(2))
        assert len(told()) == 1

    def test_what_was_there_when_it_was_saved_is_no_news_even_when_edited(self, cast: Cast):
        known = found_as(cast, "Raman of tissue")
        a_saved_search(cast.actor("danish_sme"), known=found_numbers("raman"))
        actions.edit(record_id=known.pk, values={"summary": "Raman for all."}, by=SYSTEM, at=PUBLISHED)
        tell_of_news(at=after(1))
        assert told() == []

    def test_twice_in_a_row_tells_nothing_twice(self, cast: Cast):
        search = a_saved_search(cast.actor("danish_sme"))
        hit = found_as(cast, "Raman of tissue")
        tell_of_news(at=after(1))
        tell_of_news(at=after(1))
        finding.announce(search_id=search.pk, found=[hit.pk], upto=index.read_upto(), at=after(1))
        assert times(hit) == 1

    def test_a_search_is_looked_at_when_it_is_due_and_not_before(self, cast: Cast):
        a_saved_search(cast.actor("danish_sme"), every_days=7)
        daily = a_saved_search(cast.actor("german_provider"), every_days=1)
        never = a_saved_search(cast.actor("liege_broker"), every_days=0)
        found_as(cast, "Raman of tissue")
        assert tell_of_news(at=PUBLISHED + timedelta(days=1)) == 1
        assert (len(told()), len(told(daily)), len(told(never))) == (1, 1, 0)

    def test_each_search_and_each_person_has_its_own_letter(self, cast: Cast):
        mine = a_saved_search(cast.actor("danish_sme"))
        theirs = a_saved_search(cast.actor("german_provider"))
        hit = found_as(cast, "Raman of tissue")
        tell_of_news(at=after(1))
        assert (times(hit, mine), times(hit, theirs)) == (1, 1)

    def test_many_hits_are_counted_and_the_first_are_named(self, cast: Cast, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(finding, "MOST_IN_A_LETTER", 2)
        a_saved_search(cast.actor("danish_sme"))
        every = [found_as(cast, f"Raman {number}") for number in range(3)]
        tell_of_news(at=after(1))
        (body,) = told()
        assert [times(one) for one in every] == [1, 1, 0]
        assert "1 more" in body
        tell_of_news(at=after(2))
        assert len(told()) == 1

    def test_filters_hold(self, cast: Cast):
        a_saved_search(cast.actor("danish_sme"), text="", filters={"kind": ["facility"]})
        service, facility = found_as(cast, "Raman"), found_as(cast, "Hall", Kind.FACILITY)
        tell_of_news(at=after(1))
        assert (times(service), times(facility)) == (0, 1)

    def test_a_facility_is_news_when_a_new_part_makes_it_a_hit(self, cast: Cast):
        facility = found_as(cast, "Imaging hall", Kind.FACILITY)
        a_saved_search(cast.actor("danish_sme"), known=found_numbers("raman"))
        part = found_as(cast, "Raman of tissue", parent=facility.pk)
        tell_of_news(at=after(1))
        assert (times(part), times(facility)) == (1, 1)

    def test_a_part_is_news_when_its_competence_is(self, cast: Cast):
        a_competence("raman", "Raman spectroscopy")
        record = found_as(cast, "Tissue maps")
        a_saved_search(cast.actor("danish_sme"), text="spectroscopy", known=found_numbers("spectroscopy"))
        actions.edit(record_id=record.pk, values={"competences": ["raman"]}, by=SYSTEM, at=after(1))
        tell_of_news(at=after(1))
        assert times(record) == 1


class TestVouchers:
    def test_a_phase_that_begins_is_news_for_whoever_looks_for_vouchers(self, cast: Cast):
        incentive = an_incentive(phase=a_planned_phase())
        facility = found_as(cast, "Imaging hall", Kind.FACILITY)
        service = found_as(cast, "Raman of tissue", incentives=[incentive.pk], parent=facility.pk)
        found_as(cast, "Toxicology")
        a_saved_search(cast.actor("danish_sme"), text="", filters={"voucher": ["yes"]})
        tell_of_news(at=after(1))
        assert (told(), search("").facets["voucher"]) == ([], {})
        Phase.objects.filter(pk=incentive.phase_id).update(state=PhaseState.RUNNING)
        tell_of_news(at=after(2))
        assert (times(service), times(facility)) == (1, 1)
        assert search("").facets["voucher"] == {"yes": 2}
        newest = index.newest_change()
        update_index.func()
        assert index.newest_change() == newest  # nothing is noted twice
        Phase.objects.filter(pk=incentive.phase_id).update(state=PhaseState.CLOSED)
        update_index.func()
        assert search("").facets["voucher"] == {}


class TestNothingIsLostAndNothingToldTwice:
    def test_a_crash_in_the_letter_leaves_all_to_the_next_run(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ):
        broken = a_saved_search(cast.actor("danish_sme"))
        other = a_saved_search(cast.actor("german_provider"))
        hit, whole = found_as(cast, "Raman of tissue"), finding.tell

        def failing(name: str, about: Any, **more: Any) -> list[Letter]:
            letters = whole(name, about, **more)
            if about.pk == broken.pk:
                raise RuntimeError("the power is gone")
            return letters

        monkeypatch.setattr(finding, "tell", failing)
        with pytest.raises(RuntimeError, match="the power is gone"):
            tell_of_news(at=after(1))
        assert (times(hit, broken), times(hit, other)) == (0, 1)
        assert not Alert.objects.filter(search=broken).exists()
        monkeypatch.setattr(finding, "tell", whole)
        assert tell_of_news(at=after(1)) == 1
        assert (times(hit, broken), times(hit, other)) == (1, 1)

    def test_changes_between_looking_and_telling_come_with_the_next_letter(self, cast: Cast):
        search = a_saved_search(cast.actor("danish_sme"))
        first = found_as(cast, "Raman one")
        index.update()
        upto = index.read_upto()
        between = found_as(cast, "Raman two")  # published while the job runs
        found = found_numbers("raman")
        finding.announce(search_id=search.pk, found=found, upto=upto, at=after(1))
        assert (times(first), times(between)) == (1, 0)
        tell_of_news(at=after(2))
        assert (times(first), times(between)) == (1, 1)

    def test_a_number_that_was_committed_late_is_told_late(self, cast: Cast):
        search = a_saved_search(cast.actor("danish_sme"))
        slow = found_as(cast, "Raman slow", published_at=after(1) - timedelta(seconds=30))
        rows = list(IndexChange.objects.filter(record_id=slow.pk).order_by("pk"))
        IndexChange.objects.filter(record_id=slow.pk).delete()  # as if its transaction were still open
        quick = found_as(cast, "Raman quick")
        finding.announce(search_id=search.pk, found=[quick.pk], upto=index.newest_change(), at=after(1))
        assert (times(quick), times(slow)) == (1, 0)
        for row in rows:
            IndexChange.objects.create(pk=row.pk, record_id=slow.pk, at=after(1) - timedelta(seconds=30))
        tell_of_news(at=after(2))
        assert (times(quick), times(slow)) == (1, 1)

    def test_hidden_and_published_again_is_no_second_news(self, cast: Cast):
        a_saved_search(cast.actor("danish_sme"))
        hit = found_as(cast, "Raman of tissue")
        tell_of_news(at=after(1))
        actions.hide(record_id=hit.pk, reason="Not reachable.", by=SYSTEM, at=after(1))
        tell_of_news(at=after(2))
        again(hit, at=after(2))
        tell_of_news(at=after(3))
        assert times(hit) == 1

    def test_hidden_before_it_was_told_and_published_again_is_news(self, cast: Cast):
        a_saved_search(cast.actor("danish_sme"))
        hit = found_as(cast, "Raman of tissue")
        actions.hide(record_id=hit.pk, reason="Not reachable.", by=SYSTEM, at=PUBLISHED)
        tell_of_news(at=after(1))
        assert times(hit) == 0
        again(hit, at=after(1))
        tell_of_news(at=after(2))
        tell_of_news(at=after(3))
        assert times(hit) == 1

    def test_an_index_that_was_lost_and_built_anew_tells_nothing_again(self, cast: Cast):
        a_saved_search(cast.actor("danish_sme"))
        hit = found_as(cast, "Raman of tissue")
        tell_of_news(at=after(1))
        index.rebuild()
        tell_of_news(at=after(2))
        assert times(hit) == 1

    def test_every_hit_of_many_rounds_is_told_exactly_once(self, cast: Cast):
        a_saved_search(cast.actor("danish_sme"), every_days=1)
        every = []
        for day in range(1, 6):
            every.append(found_as(cast, f"Raman {day}"))
            actions.edit(
                record_id=every[0].pk,
                values={"summary": f"Day {day}."},
                by=SYSTEM,
                at=PUBLISHED + timedelta(day),
            )
            if day != 3:
                tell_of_news(at=PUBLISHED + timedelta(days=day))
        tell_of_news(at=PUBLISHED + timedelta(days=9))
        assert [times(one) for one in every] == [1] * 5


class TestWhatIsNotPublic:
    def test_drafts_hidden_withdrawn_and_people_who_did_not_agree_are_never_told(self, cast: Cast):
        search = a_saved_search(cast.actor("danish_sme"))
        rows = [a_record(cast, name="Raman draft"), a_waiting_record(cast, name="Raman waiting")]
        hidden = a_published_record(cast, name="Raman hidden")
        rows.append(actions.hide(record_id=hidden.pk, reason="Not reachable.", by=SYSTEM, at=PUBLISHED))
        expert = a_record(cast, Kind.EXPERT, name="Raman expert")
        rows.append(actions.publish(record_id=expert.pk, by=SYSTEM, at=PUBLISHED))
        tell_of_news(at=after(1))
        numbers = [row.pk for row in rows]  # and where an index still held them
        finding.announce(search_id=search.pk, found=numbers, upto=index.newest_change(), at=after(2))
        assert told() == []
        assert not Alert.objects.exists()

    def test_an_expert_is_news_once_they_agreed(self, cast: Cast):
        a_saved_search(cast.actor("danish_sme"))
        expert = a_record(cast, Kind.EXPERT, name="Raman expert")
        actions.publish(record_id=expert.pk, by=SYSTEM, at=PUBLISHED)
        tell_of_news(at=after(1))
        actions.agree(record_id=expert.pk, at=after(1))
        tell_of_news(at=after(2))
        assert times(expert) == 1


class TestEnding:
    def test_a_reader_is_asked_and_a_post_ends_the_letters(self, cast: Cast):
        search = a_saved_search(cast.actor("danish_sme"))
        address = reverse("catalogue:unsubscribe", args=[search.unsubscribe_key])
        strict = Client(enforce_csrf_checks=True)
        asked = strict.get(address)
        assert asked.status_code == 200
        assert '<form method="post">' in asked.content.decode()
        search.refresh_from_db()
        assert search.unsubscribed_at is None  # a mail programme that opens links ends nothing
        for _ in range(2):
            done = strict.post(address, {"List-Unsubscribe": "One-Click"})
            assert (done.status_code, "Done" in done.content.decode()) == (200, True)
            search.refresh_from_db()
            assert search.unsubscribed_at == PUBLISHED
        assert (
            "<form method" not in strict.get(address).content.decode().split("<main", 1)[1].split("</main")[0]
        )
        found_as(cast, "Raman of tissue")
        assert tell_of_news(at=after(1)) == 0
        assert told() == []

    def test_a_mail_programme_ends_them_with_one_click(self, cast: Cast):
        search = a_saved_search(cast.actor("danish_sme"))
        found_as(cast, "Raman of tissue")
        tell_of_news(at=after(1))
        (letter,) = Letter.objects.filter(template="catalogue/found")
        sent = email.message_from_bytes(message_of(letter).message().as_bytes(), policy=email.policy.default)
        assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = sent["List-Unsubscribe"].strip().removeprefix("<").removesuffix(">")
        assert address in sent.get_content()
        strict = Client(enforce_csrf_checks=True)
        posted = strict.post(urlsplit(address).path, "List-Unsubscribe=One-Click", "text/plain")
        search.refresh_from_db()
        assert (posted.status_code, search.unsubscribed_at) == (200, PUBLISHED)

    def test_a_search_that_ended_meanwhile_tells_nothing(self, cast: Cast):
        search = a_saved_search(cast.actor("danish_sme"))
        hit = found_as(cast, "Raman of tissue")
        finding.unsubscribe(key=search.unsubscribe_key, at=PUBLISHED)
        finding.announce(search_id=search.pk, found=[hit.pk], upto=index.newest_change(), at=after(1))
        assert told() == []

    def test_only_the_one_search_ends(self, cast: Cast):
        ended, other = a_saved_search(cast.actor("danish_sme")), a_saved_search(cast.actor("danish_sme"))
        Client().post(reverse("catalogue:unsubscribe", args=[ended.unsubscribe_key]))
        hit = found_as(cast, "Raman of tissue")
        tell_of_news(at=after(1))
        assert (times(hit, ended), times(hit, other)) == (0, 1)

    @pytest.mark.parametrize("key", ["x", "0", "a" * 500, "é", "%00"])
    def test_an_unknown_key_is_not_found(self, key: str):
        address = f"/catalogue/searches/stop/{key}/"
        assert Client().get(address).status_code == 404
        assert Client().post(address).status_code == 404

    def test_whoever_turns_them_on_again_hears_of_what_is_new_from_then(self, cast: Cast):
        actor = cast.actor("danish_sme")
        search = a_saved_search(actor)
        finding.unsubscribe(key=search.unsubscribe_key, at=PUBLISHED)
        missed = found_as(cast, "Raman missed")
        finding.change_alerts(search_id=search.pk, every_days=1, by=actor, at=after(1))
        new = found_as(cast, "Raman new", published_at=after(1))
        tell_of_news(at=after(2))
        assert (times(missed), times(new)) == (0, 1)


class TestPages:
    def test_a_search_is_saved_changed_and_deleted_by_its_owner_alone(self, cast: Cast):
        found_as(cast, "Raman of tissue")
        mine, other = Client(), Client()
        mine.force_login(cast.danish_sme)
        other.force_login(cast.german_provider)
        saving = reverse("catalogue:search_saving") + "?q=raman&kind=service&kind=facility&exactly=raman"
        assert mine.get(saving).status_code == 200
        assert mine.post(saving, {"name": "", "every_days": "7"}).status_code == 422
        assert mine.post(saving, {"name": "Mine", "every_days": "7"}).status_code == 302
        (search,) = SavedSearch.objects.all()
        assert (search.person, search.text, search.every_days) == (cast.danish_sme, "raman", 7)
        assert search.filters == {"kind": ["service", "facility"], "exactly": ["raman"]}
        assert Alert.objects.filter(search=search).count() == 1
        listed = mine.get(reverse("catalogue:saved_searches")).content.decode()
        assert "q=raman&amp;kind=service&amp;kind=facility&amp;exactly=raman" in listed
        assert "Mine" not in other.get(reverse("catalogue:saved_searches")).content.decode()
        letters, deletion = (
            reverse(f"catalogue:{name}", args=[search.pk]) for name in ("search_alerts", "search_deletion")
        )
        assert other.get(letters).status_code == other.post(deletion).status_code == 404
        assert Client().get(saving).status_code == 302
        assert mine.post(letters, {"every_days": "0"}).status_code == 302
        search.refresh_from_db()
        assert search.every_days == 0
        assert mine.post(deletion).status_code == 302
        assert not SavedSearch.objects.exists()

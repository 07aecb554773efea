"""The later life of a collaboration: finished, stopped, renewed, and what followed, told by either side or a desk."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from landbridge.collaborations import actions, queries, rules
from landbridge.collaborations.models import Collaboration, FollowOn, Turn
from landbridge.collaborations.states import Followed, Origin, Owner, S
from landbridge.foundation import clock
from landbridge.foundation.money import euro
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from tests.cast import Cast
from tests.factories.access import AT
from tests.factories.collaborations import a_collaboration

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"collaborations:{name}", args=args)


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems]


class TestRules:
    def test_a_turn_lies_between_the_last_one_and_today(self):
        def found(on: date) -> list[str]:
            return codes(rules.problems_with_turning(on=on, last=date(2026, 5, 11), today=TODAY))

        assert found(date(2026, 5, 10)) == ["before_the_last"]
        assert found(date(2026, 5, 19)) == ["ahead"]
        assert found(TODAY) == found(date(2026, 5, 11)) == []

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"kind": Followed.MONEY}, ["amount_missing"]),
            ({"kind": Followed.MONEY, "amount_eur": euro(0)}, ["no_amount"]),
            ({"kind": Followed.MONEY, "amount_eur": euro(5)}, []),
            ({"kind": Followed.PRODUCT, "amount_eur": euro(5)}, ["amount_of_nothing"]),
            ({"kind": Followed.JOBS}, ["jobs_missing"]),
            ({"kind": Followed.JOBS, "jobs": Decimal("0.5")}, []),
            ({"kind": Followed.SPIN_OFF, "jobs": Decimal(2)}, ["jobs_of_nothing"]),
            ({"kind": Followed.PROJECT, "title": " "}, ["no_title"]),
            ({"kind": Followed.PROJECT, "on": date(2026, 5, 19)}, ["ahead"]),
            ({"kind": Followed.PROJECT, "on": date(2026, 5, 1)}, ["before_it_began"]),
        ],
    )
    def test_what_follows_has_its_figures(self, changes: dict[str, Any], expected: list[str]):
        told = rules.Following(**{"title": "T", "on": TODAY, **changes})
        assert codes(rules.problems_with_following(told, since=date(2026, 5, 11), today=TODAY)) == expected


class TestLife:
    def test_it_finishes_is_renewed_and_stops_with_its_days(self, cast: Cast):
        found = a_collaboration(cast)
        by = cast.actor("danish_sme")
        actions.finish(collaboration_id=found.pk, on=date(2026, 5, 12), reason="Done.", by=by, at=AT)
        found.refresh_from_db()
        assert (found.state, found.ended_on, found.end) == (S.FINISHED, date(2026, 5, 12), "Done.")
        actions.renew(
            collaboration_id=found.pk,
            on=date(2026, 5, 14),
            reason="",
            by=cast.actor("german_provider"),
            at=AT,
        )
        found.refresh_from_db()
        assert (found.state, found.ended_on, found.end, found.renewals) == (S.RUNNING, None, "", 1)
        with pytest.raises(Refused, match="before_the_last"):
            actions.stop(collaboration_id=found.pk, on=date(2026, 5, 13), reason="No.", by=by, at=AT)
        with pytest.raises(Refused, match="no_reason"):
            actions.stop(collaboration_id=found.pk, on=TODAY, reason=" ", by=by, at=AT)
        actions.stop(
            collaboration_id=found.pk, on=TODAY, reason="No money.", by=cast.actor("zealand_broker"), at=AT
        )
        assert [turn.state for turn in queries.turns_of(found)] == [S.FINISHED, S.RUNNING, S.STOPPED]
        assert list(queries.findings()) == []

    def test_what_has_ended_does_not_end_again_and_what_runs_is_not_renewed(self, cast: Cast):
        found, given = a_collaboration(cast), {"on": TODAY, "reason": "", "by": SYSTEM, "at": AT}
        with pytest.raises(Refused, match="wrong_state"):
            actions.renew(collaboration_id=found.pk, **given)
        actions.finish(collaboration_id=found.pk, **given)
        with pytest.raises(Refused, match="wrong_state"):
            actions.finish(collaboration_id=found.pk, **given)

    def test_strangers_find_nothing_and_auditors_change_nothing(self, cast: Cast):
        found, given = a_collaboration(cast), {"on": TODAY, "reason": "", "at": AT}
        with pytest.raises(Collaboration.DoesNotExist):
            actions.finish(collaboration_id=found.pk, **given, by=cast.actor("belgian_sme"))
        with pytest.raises(NotAllowed):
            actions.finish(collaboration_id=found.pk, **given, by=cast.actor("auditor"))

    def test_a_turn_is_never_changed(self, cast: Cast):
        found = a_collaboration(cast)
        actions.finish(collaboration_id=found.pk, on=TODAY, reason="", by=SYSTEM, at=AT)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Turn.objects.update(reason="Otherwise.")

    def test_a_life_that_does_not_fit_its_turns_is_found(self, cast: Cast):
        a_collaboration(cast)
        Collaboration.objects.update(renewals=2)
        assert any("other renewals" in one for one in queries.findings())
        Collaboration.objects.update(renewals=0, state=S.STOPPED, ended_on=TODAY)
        assert any("stands elsewhere" in one for one in queries.findings())


class TestFollowing:
    def test_each_side_tells_and_takes_back_its_own(self, cast: Cast):
        found = a_collaboration(cast)
        told = rules.Following(Followed.MONEY, "A grant", TODAY, amount_eur=euro(40_000), funder="A fund")
        actions.tell_follow_on(collaboration_id=found.pk, told=told, by=cast.actor("danish_sme"), at=AT)
        row = FollowOn.objects.get()
        assert (row.told_by, row.amount_eur) == (Owner.COMPANY, euro(40_000))
        with pytest.raises(Refused, match="told_by_others"):
            actions.withdraw_follow_on(follow_on_id=row.pk, by=cast.actor("german_provider"), at=AT)
        with pytest.raises(Collaboration.DoesNotExist):
            actions.withdraw_follow_on(follow_on_id=row.pk, by=cast.actor("belgian_sme"), at=AT)
        for _ in range(2):
            actions.withdraw_follow_on(follow_on_id=row.pk, by=cast.actor("zealand_broker"), at=AT)
        assert queries.follow_ons_of(found, actor=SYSTEM) == []

    def test_on_the_page_it_is_told_read_and_taken_back(self, cast: Cast):
        found = a_collaboration(cast)
        client = signed_in(cast.german_provider)
        said = {"kind": "jobs", "title": "Two people", "on": "2026-05-12", "jobs": "1.5"}
        answer = client.post(page("follow_on_new", found.pk), {**said, "jobs": ""})
        assert (answer.status_code, "The number of jobs is missing" in answer.content.decode()) == (409, True)
        answer = client.post(page("follow_on_new", found.pk), {**said, "operation_key": str(uuid.uuid4())})
        assert answer.status_code == 302
        text = client.get(found.get_absolute_url()).content.decode()
        assert "Two people" in text
        assert "1.5 jobs" in text
        own = page("follow_on_withdrawal", FollowOn.objects.get().pk)
        assert own in text
        assert own not in signed_in(cast.danish_sme).get(found.get_absolute_url()).content.decode()
        assert signed_in(cast.danish_sme).post(own, {"operation_key": str(uuid.uuid4())}).status_code == 409
        assert client.post(own, {"operation_key": str(uuid.uuid4())}).status_code == 302
        assert "Two people" not in client.get(found.get_absolute_url()).content.decode()

    def test_it_ends_and_goes_on_by_its_pages(self, cast: Cast):
        found, client = a_collaboration(cast), signed_in(cast.danish_sme)
        assert client.post(page("stopping", found.pk), {"on": "2026-05-12"}).status_code == 422
        said = {"on": "2026-05-12", "reason": "The market was gone."}
        assert client.post(page("stopping", found.pk), said).status_code == 302
        text = client.get(found.get_absolute_url()).content.decode()
        assert "The market was gone." in text
        assert page("renewal", found.pk) in text
        assert page("finishing", found.pk) not in text
        assert client.post(page("renewal", found.pk), {"on": "2026-05-13"}).status_code == 302
        listed = client.get(page("collaborations"), {"state": "stopped"}).content.decode()
        assert "Nothing matches" in listed
        table = b"".join(signed_in(cast.office).get(page("export"), {"state": "running"})).decode()
        assert "Running" in table


def test_origins_of_coaching_and_events_are_known_to_the_database(cast: Cast):
    found = a_collaboration(cast, origin=Origin.COACHING)
    assert found.shown_origin == "A coaching"

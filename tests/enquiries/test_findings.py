"""`landbridge verify` finds what the database alone cannot refuse."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from landbridge.enquiries.models import Enquiry, Lead, Message, Summary, Want
from landbridge.enquiries.queries import findings
from landbridge.enquiries.states import Closing, S
from landbridge.foundation.inbox import queries as inbox
from landbridge.foundation.inbox.models import Incoming
from landbridge.foundation.inbox.verdicts import Verdict
from tests.cast import Cast
from tests.factories.enquiries import ASKED, a_summary, an_enquiry, an_enquiry_at

pytestmark = pytest.mark.django_db


def test_a_healthy_database_has_none(cast: Cast):
    for state in (S.NEW, S.READY, S.CLOSED, S.ON_HOLD):
        an_enquiry_at(state, cast)
    assert list(findings()) == []


def test_each_thing_that_cannot_be_is_found(cast: Cast):
    one, other = an_enquiry(cast), an_enquiry(cast, by=cast.actor("belgian_sme"))
    Lead.objects.filter(enquiry=other).delete()
    Enquiry.objects.filter(pk=one.pk).update(number="1234 5678", ended_at=ASKED)
    Enquiry.objects.filter(pk=other.pk).update(
        state=S.CLOSED, closing=Closing.DUPLICATE, duplicate_of=one.pk, ended_at=ASKED
    )
    held = an_enquiry_at(S.ON_HOLD, cast)
    Enquiry.objects.filter(pk=held.pk).update(hold_until=None)
    first = Message.objects.create(enquiry=one, text="x", person_name="x", written_at=ASKED)
    Message.objects.create(enquiry=held, text="x", person_name="x", written_at=ASKED, answers=first)
    shown = a_summary(held, approved=False)
    held.sights.create(
        summary=shown,
        region=cast.liege,
        granted_by_name="x",
        granted_at=ASKED,
        until=ASKED.replace(year=2027),
    )
    said = " ".join(findings())
    for words in (
        "check digit",
        "says otherwise",
        "without a day",
        "another company",
        "had not approved",
        "another enquiry",
    ):
        assert words in said


def test_mail_that_waits_without_its_text_is_found(cast: Cast, settings, tmp_path):
    settings.LANDBRIDGE_FILES = tmp_path
    Incoming.objects.create(
        message_id="x", sha256="0" * 64, size=1, verdict=Verdict.QUARANTINE, received_at=ASKED
    )
    assert len(list(inbox.findings())) == 1


class TestConstraints:
    @pytest.mark.parametrize(
        "change",
        [
            {"state": "lost"}, {"state": S.CLOSED}, {"closing": Closing.SILENT}, {"state": S.ON_HOLD},
            {"state": S.CLOSED, "closing": Closing.DUPLICATE}, {"readiness_now": 10}, {"readiness_wanted": 0},
        ],
    )  # fmt: skip
    def test_an_enquiry_is_whole(self, cast: Cast, change):
        enquiry = an_enquiry(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Enquiry.objects.filter(pk=enquiry.pk).update(**change)

    def test_its_parts_are(self, cast: Cast):
        enquiry = an_enquiry(cast)
        summary = a_summary(enquiry)
        with pytest.raises(IntegrityError), transaction.atomic():
            Summary.objects.filter(pk=summary.pk).update(refused_at=ASKED)
        facts = {
            "version": summary.version,
            "title": "x",
            "text": "x",
            "written_by_name": "x",
            "written_at": ASKED,
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Summary.objects.create(enquiry=enquiry, **facts)
        said = {
            "enquiry": enquiry,
            "text": "x",
            "person_name": "x",
            "written_at": ASKED,
            "mail_id": "one@example.org",
        }
        Message.objects.create(**said)
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(**said)
        with pytest.raises(IntegrityError), transaction.atomic():
            Want.objects.create(enquiry=enquiry, competence_id=1, weight=4)

    @pytest.mark.parametrize("facts", [{"verdict": "lost"}, {"verdict": Verdict.ACCEPTED}])
    def test_mail_has_a_verdict_and_a_place(self, cast: Cast, facts):
        with pytest.raises(IntegrityError), transaction.atomic():
            Incoming.objects.create(message_id="x", sha256="0" * 64, size=1, received_at=ASKED, **facts)

    def test_mail_is_known_by_its_id(self, cast: Cast):
        facts = {
            "message_id": "x",
            "sha256": "0" * 64,
            "size": 1,
            "received_at": ASKED,
            "verdict": Verdict.LOOP,
        }
        Incoming.objects.create(**facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            Incoming.objects.create(**facts)

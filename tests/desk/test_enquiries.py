"""What waits about enquiries: for the company and for the desk."""

from __future__ import annotations

from typing import Any

import pytest

from landbridge.desk.queries import enquiries
from landbridge.enquiries import actions
from landbridge.foundation.inbox.models import Incoming
from landbridge.foundation.inbox.verdicts import Verdict
from tests.cast import Cast
from tests.factories.enquiries import ASKED, a_summary, an_enquiry

pytestmark = pytest.mark.django_db


def labels(tasks: Any) -> list[str]:
    return [task.label for task in tasks]


def test_a_company_approves_and_answers(cast: Cast):
    enquiry, company = an_enquiry(cast), cast.actor("danish_sme")
    assert labels(enquiries.of_company(company)) == []
    a_summary(enquiry, approved=False)
    a_summary(enquiry, approved=False)
    actions.write_message(enquiry_id=enquiry.pk, text="How warm?", by=cast.actor("zealand_broker"), at=ASKED)
    assert labels(enquiries.of_company(company)) == [
        f"Approve the summary of “{enquiry.title}”",
        f"Answer the message about “{enquiry.title}”",
    ]
    assert labels(enquiries.of_company(cast.actor("belgian_sme"))) == []
    actions.mark_read(enquiry_id=enquiry.pk, by=company, at=ASKED)
    assert len(labels(enquiries.of_company(company))) == 1


def test_a_desk_answers_and_places(cast: Cast):
    enquiry = an_enquiry(cast)
    actions.write_message(enquiry_id=enquiry.pk, text="And now?", by=cast.actor("danish_sme"), at=ASKED)
    Incoming.objects.create(
        message_id="x", sha256="0" * 64, size=1, verdict=Verdict.QUARANTINE, about_kind="enquiry",
        about_id=enquiry.pk, received_at=ASKED,
    )  # fmt: skip
    assert labels(enquiries.of_desk(cast.actor("zealand_broker"))) == [
        f"Answer the message about “{enquiry.title}”", "Place 1 e-mail",
    ]  # fmt: skip
    assert labels(enquiries.of_desk(cast.actor("liege_broker"))) == []

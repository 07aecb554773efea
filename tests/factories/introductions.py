"""Introductions in the situations that tests need, brought about by the word's own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from landbridge.catalogue.models import Record
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.states import S as EnquiryState
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.introductions import actions
from landbridge.introductions.models import Introduction, NdaTemplate
from landbridge.introductions.standard_agreement import NAME, TEXT
from landbridge.organisations.models import Organisation
from tests.cast import Cast
from tests.factories.catalogue import a_published_record
from tests.factories.enquiries import an_enquiry_at

PREPARED = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)  # a Monday
ASKED = datetime(2026, 5, 11, 10, 0, tzinfo=UTC)  # until 25 May 2026, midnight in Stuttgart
ANSWERED = datetime(2026, 5, 13, 9, 0, tzinfo=UTC)
FOR_COMPANY = "A laboratory that draws chemical maps of tissue without staining, and takes visitors."
FOR_PROVIDER = "A small company wants to know why its enzyme stops after an hour; water, below 60 degrees."


def an_offer(cast: Cast, *, organisation: Organisation | None = None) -> Record:
    """A published service, of the German institute unless told otherwise."""
    provider = organisation or cast.german_institute
    return a_published_record(cast, organisation=provider)


def a_prepared_introduction(
    cast: Cast, *, enquiry: Enquiry | None = None, record: Record | None = None, **changes: Any
) -> Introduction:
    """Prepared by Landbridge for the Danish company's question and an offer of the German institute."""
    question = enquiry or an_enquiry_at(EnquiryState.SEARCHING, cast)
    offer = record or an_offer(cast)
    texts = {
        "title": "Why an enzyme stops",
        "shown_to_company": FOR_COMPANY,
        "shown_to_provider": FOR_PROVIDER,
    }
    return actions.prepare(
        enquiry_id=question.pk, record_id=offer.pk, **texts | changes, by=SYSTEM, at=PREPARED
    )


def an_asked_introduction(cast: Cast, *, at: datetime = ASKED, **changes: Any) -> Introduction:
    """Both sides have their letter and have not answered."""
    prepared = a_prepared_introduction(cast, **changes)
    return actions.ask(introduction_id=prepared.pk, by=SYSTEM, at=at)


def answered(
    introduction: Introduction, cast: Cast, *, company: str = "danish_sme", provider: str = "german_provider"
) -> Introduction:
    """Both say yes: the company's person first."""
    for name in (company, provider):
        actions.answer(introduction_id=introduction.pk, said_yes=True, by=cast.actor(name), at=ANSWERED)
    introduction.refresh_from_db()
    return introduction


def an_introduction_made(cast: Cast, **changes: Any) -> Introduction:
    """Both said yes; Dagny and Gerda know each other."""
    return answered(an_asked_introduction(cast, **changes), cast)


def an_agreement_text(*, version: str = "1", holds_from: date = date(2026, 1, 1)) -> NdaTemplate:
    """A version of the network's agreement."""
    return actions.add_template(
        version=version, name=NAME, text=TEXT, holds_from=holds_from, by=SYSTEM, at=PREPARED
    )


def an_introduction_under_agreement(cast: Cast, **changes: Any) -> Introduction:
    """Made, with an agreement out for signature."""
    an_agreement_text()
    made = an_introduction_made(cast, nda_needed=True, **changes)
    return actions.send_agreement(introduction_id=made.pk, by=SYSTEM, at=ANSWERED + timedelta(days=1))

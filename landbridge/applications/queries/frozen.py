"""What is kept of an application when it is handed in, and what its letters and receipt say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from landbridge.applications import rules
from landbridge.applications.models import Application, Confirmation, Submission
from landbridge.calls.models import Question
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui import formatting
from landbridge.organisations.models import CompanyNumber, Organisation


def frozen(
    application: Application, *, questions: Iterable[Question], by: Actor, at: datetime
) -> dict[str, Any]:
    """Everything that is handed in, as plain values: what was asked and answered, by whom, under which terms."""
    call, offer = application.call, application.offer
    return {
        "number": application.number,
        "submitted_at": at.isoformat(),
        "submitted_by": by.name,
        "programme": call.phase.programme.name,
        "call": {
            "id": call.pk,
            "number": call.number,
            "title": call.title,
            "closes_at": call.closes_at.isoformat(),
            "time_zone": call.time_zone,
            "terms_hash": call.terms_hash,
        },
        "offer": {"id": offer.pk, "name": offer.name, "cap_cents": offer.cap_eur.cents},
        "partner": {"id": application.partner_id, "name": application.partner.name},
        "applicant": _organisation(application.applicant),
        "provider": _organisation(application.provider) if application.provider else None,
        "confirmation": _confirmation(application),
        "title": application.title,
        "requested_cents": application.requested_eur.cents if application.requested_eur else None,
        "answers": [
            {
                "key": question.key,
                "section": question.section,
                "question": question.label,
                "answer": application.answers.get(question.key),
            }
            for question in questions
        ],
    }


def _organisation(organisation: Organisation) -> dict[str, Any]:
    numbers = CompanyNumber.objects.filter(organisation=organisation).order_by("scheme", "number")
    return {
        "id": organisation.pk,
        "name": organisation.name,
        "kind": organisation.kind,
        "street": " ".join(filter(None, (organisation.street, organisation.building_number))),
        "postcode": organisation.postcode,
        "town": organisation.town,
        "country": organisation.country,
        "region": organisation.region.name if organisation.region else None,
        "vat_number": organisation.vat_number,
        "company_numbers": [f"{row.scheme} {row.number}" for row in numbers],
    }


def _confirmation(application: Application) -> dict[str, Any] | None:
    said_yes = Confirmation.objects.filter(
        application=application, content_hash=application.content_hash()
    ).first()
    if said_yes is None:
        return None
    return {"text": said_yes.content_hash, "by": said_yes.person_name, "at": said_yes.at.isoformat()}


def for_letters(application: Application, **more: str) -> dict[str, Any]:
    """What the letters about an application may name; plain values, because a letter is sent later."""
    call = application.call
    return {
        "number": application.number,
        "title": application.title,
        "applicant": application.applicant.name,
        "provider": application.provider.name if application.provider else "",
        "call": call.title,
        "offer": application.offer.name,
        "amount": formatting.money(application.requested_eur),
        "closes_at": formatting.moment(call.closes_at, zone=call.time_zone, seconds=True),
        "link": application.get_absolute_url(),
        **more,
    }


def receipt_data(submission: Submission) -> dict[str, Any]:
    """What the receipt prints, from the frozen copy alone: the same submission gives the same receipt for ever."""
    content = submission.content
    zone = content["call"]["time_zone"]
    return {
        "number": content["number"],
        "submitted_at": rules.wall_clock(submission.at, zone=zone),
        "closes_at": rules.wall_clock(datetime.fromisoformat(content["call"]["closes_at"]), zone=zone),
        "submitted_by": content["submitted_by"],
        "programme": content["programme"],
        "call": content["call"]["title"],
        "offer": content["offer"]["name"],
        "partner": content["partner"]["name"],
        "applicant": content["applicant"],
        "provider": content["provider"],
        "confirmed_by": (content["confirmation"] or {}).get("by", ""),
        "title": content["title"],
        "requested": f"EUR {content['requested_cents'] / 100:,.2f}",
        "answers": [
            {**row, "answer": "Yes" if row["answer"] is True else str(row["answer"] or "")}
            for row in content["answers"]
        ],
        "content_hash": submission.content_hash,
        "terms_hash": content["call"]["terms_hash"],
    }

"""What is kept of an application when it is handed in, and what its letters and receipt say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from landbridge.applications import rules
from landbridge.applications.models import Application, Confirmation, Submission
from landbridge.calls.models import Question
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.actor import Actor
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
    """What the letters about an application may name: plain values, written as the reader writes them."""
    call = application.call
    return {
        "number": application.number,
        "title": application.title,
        "applicant": application.applicant.name,
        "provider": application.provider.name if application.provider else "",
        "call": call.title,
        "offer": application.offer.name,
        "amount": application.requested_eur,
        "closes_at": call.closes_at.astimezone(ZoneInfo(call.time_zone)),
        **more,
    }


def receipt_data(submission: Submission) -> dict[str, Any]:
    """What the receipt prints, from the frozen copy alone: the same submission gives the same receipt for ever."""
    content = submission.content
    call, applicant, provider = content["call"], content["applicant"], content["provider"]
    zone = ZoneInfo(call["time_zone"])
    confirmation = content["confirmation"] or {}
    return {
        "number": content["number"],
        "programme": content["programme"],
        "sender": [content["partner"]["name"], content["programme"]],
        "recipient": [
            applicant["name"],
            applicant["street"],
            f"{applicant['postcode']} {applicant['town']}".strip(),
        ],
        "reference": [(_("Application"), content["number"]), (_("Call"), call["title"])],
        "opening": _("This application was handed in within the window of its call and is complete in form."),
        "facts": [
            (_("Received"), rules.wall_clock(submission.at, zone=str(zone))),
            (_("Call closes"), rules.wall_clock(datetime.fromisoformat(call["closes_at"]), zone=str(zone))),
            (_("Handed in by"), content["submitted_by"]),
            (_("Incentive"), content["offer"]["name"]),
            (_("Title"), content["title"]),
            (_("Company"), applicant["name"]),
            (_("Provider"), provider["name"] if provider else ""),
            (_("Confirmed by"), confirmation.get("by", "")),
            (_("Paying partner"), content["partner"]["name"]),
        ],
        "amount": {"label": _("Amount asked for"), "value": Money(content["requested_cents"] or 0)},
        "answers_heading": _("What was handed in"),
        "answers": [(row["question"], _written(row["answer"])) for row in content["answers"]],
        "hashes_heading": _("How to check this receipt"),
        "hashes_text": _(
            "The first hash is the SHA-256 of the frozen copy that can be downloaded beside this receipt, octet for octet; the second is that of the terms of the call."
        ),
        "content_hash": submission.content_hash,
        "terms_hash": call["terms_hash"],
    }


def _written(answer: object) -> str:
    if answer is True:
        return _("Declared")
    return "" if answer is None else str(answer)

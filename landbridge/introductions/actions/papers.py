"""The confidentiality agreement between two sides, and the confidential text that lies behind it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from landbridge.foundation.audit.record import record as write_down
from landbridge.foundation.files.store import Received, store
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import NotAllowed, refuse_if
from landbridge.introductions import queries, rules
from landbridge.introductions.actions.locking import check_leads, lock, tell_sides
from landbridge.introductions.models import Introduction, NdaPaper, NdaTemplate
from landbridge.introductions.states import Nda, Side


@transaction.atomic
def require_agreement(*, introduction_id: int, is_needed: bool, by: Actor, at: datetime) -> Introduction:
    """Say whether an agreement on confidentiality has to be signed before the confidential text is shown."""
    introduction = lock(introduction_id, by=by)
    check_leads(introduction, by=by)
    refuse_if(
        rules.problems_with_need(nda=introduction.nda, is_released=introduction.released_at is not None)
    )
    introduction.nda = Nda.NEEDED if is_needed else Nda.NOT_NEEDED
    introduction.save(update_fields=["nda"])
    write_down("introduction.agreement_required", introduction, by=by, at=at, is_needed=is_needed)
    return introduction


@transaction.atomic
def send_agreement(*, introduction_id: int, by: Actor, at: datetime) -> Introduction:
    """Send both sides the agreement in the version that holds today; it names both, so it comes after both yeses."""
    introduction = lock(introduction_id, by=by)
    check_leads(introduction, by=by)
    template = queries.template_of(at)
    refuse_if(
        rules.problems_with_sending(
            nda=introduction.nda, is_made=introduction.names_are_open, has_template=template is not None
        )
    )
    assert template is not None  # noqa: S101 - without one the rules have just refused
    NdaPaper.objects.update_or_create(
        introduction=introduction, defaults={"template": template, "sent_at": at, "drawn": None}
    )
    introduction.nda = Nda.SENT
    introduction.save(update_fields=["nda"])
    write_down("introduction.agreement_sent", introduction, by=by, at=at, version=str(template))
    tell_sides("agreement", introduction, at=at)
    return introduction


@transaction.atomic
def keep_agreement(*, introduction_id: int, drawn: Received, by: Actor, at: datetime) -> NdaPaper:
    """Keep the agreement that was drawn outside the transaction; the first one stays, a second is let go."""
    introduction = lock(introduction_id, by=by)
    paper = NdaPaper.objects.for_update().get(introduction=introduction)
    if paper.drawn_id is None:
        paper.drawn = store(drawn, by=by, at=at)
        paper.save(update_fields=["drawn"])
        write_down("introduction.agreement_drawn", introduction, by=by, at=at, sha256=drawn.sha256)
    return paper


@transaction.atomic
def sign_agreement(
    *, introduction_id: int, file: Received, signed_on: date, by: Actor, at: datetime
) -> Introduction:
    """Keep the agreement as both signed it; from now on the confidential text may be released."""
    introduction = lock(introduction_id, by=by)
    check_leads(introduction, by=by)
    paper = NdaPaper.objects.filter(introduction=introduction).first()
    clock = ZoneInfo(queries.zone_of(introduction))
    sent_on = paper.sent_at.astimezone(clock).date() if paper and paper.sent_at else None
    refuse_if(
        rules.problems_with_signature(
            nda=introduction.nda, signed_on=signed_on, sent_on=sent_on, today=at.astimezone(clock).date()
        )
    )
    assert paper is not None  # noqa: S101 - without one the rules have just refused
    paper.file, paper.signed_on = store(file, by=by, at=at), signed_on
    paper.save(update_fields=["file", "signed_on"])
    introduction.nda = Nda.SIGNED
    introduction.save(update_fields=["nda"])
    write_down("introduction.agreement_signed", introduction, by=by, at=at, day=signed_on)
    return introduction


@transaction.atomic
def release(*, introduction_id: int, by: Actor, at: datetime) -> Introduction:
    """Let the provider read the enquiry's confidential text; there is no way back."""
    introduction = lock(introduction_id, by=by)
    check_leads(introduction, by=by)
    refuse_if(
        rules.problems_with_release(
            is_made=introduction.names_are_open,
            nda=introduction.nda,
            is_released=introduction.released_at is not None,
            has_text=introduction.enquiry is not None,
        )
    )
    introduction.released_at, introduction.released_by_name = at, by.name[:150]
    introduction.save(update_fields=["released_at", "released_by_name"])
    write_down("introduction.released", introduction, by=by, at=at)
    tell_sides("released", introduction, at=at, sides=[Side.PROVIDER])
    return introduction


@transaction.atomic
def add_template(
    *, version: str, name: str, text: str, holds_from: date, by: Actor, at: datetime
) -> NdaTemplate:
    """Add a version of the network's agreement; what was sent before keeps its own."""
    if not by.may(P.INTRODUCTION_RULES):
        raise NotAllowed(P.INTRODUCTION_RULES)
    is_taken = NdaTemplate.objects.filter(version=version).exists()
    refuse_if(rules.problems_with_template(version=version, text=text, is_taken=is_taken))
    template = NdaTemplate.objects.create(version=version, name=name, text=text, holds_from=holds_from)
    write_down("agreement_text.added", template, by=by, at=at, version=version, holds_from=holds_from)
    return template

"""The confidentiality agreement as PDF: drawn outside any transaction, from the version that was sent, and kept once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import override

from landbridge.foundation.documents import pdf
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.files.store import receive
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.ui.formatting import day
from landbridge.introductions import actions, queries
from landbridge.introductions.models import Introduction, NdaPaper


def kept_agreement(introduction: Introduction, *, at: datetime) -> StoredFile:
    """The paper on file, or one drawn now; both sides sign the same. Only for an introduction that was made."""
    paper = introduction.nda_paper
    if paper.drawn is not None:
        kept: StoredFile = paper.drawn
        return kept
    with override(settings.LANGUAGE_CODE):
        document = pdf(
            "introductions/agreement.typ",
            _data(introduction, paper),
            title=paper.template.name,
            at=paper.sent_at,
        )
    drawn = ContentFile(document, name=f"agreement-{introduction.number}.pdf")
    received = receive(drawn, kinds=frozenset({Kind.PDF}))
    stored = actions.keep_agreement(introduction_id=introduction.pk, drawn=received, by=SYSTEM, at=at).drawn
    assert stored is not None  # noqa: S101 - the action has just attached one
    return stored


def _data(introduction: Introduction, paper: NdaPaper) -> dict[str, object]:
    sent_on = (paper.sent_at or introduction.prepared_at).astimezone(ZoneInfo(queries.zone_of(introduction)))
    places = {
        "[company]": introduction.company.name,
        "[provider]": introduction.provider.name,
        "[number]": introduction.number,
        "[day]": day(sent_on.date()),
    }
    text = paper.template.text
    for place, value in places.items():
        text = text.replace(place, value)
    return {
        "title": paper.template.name,
        "version": _("Version %(version)s") % {"version": paper.template.version},
        "facts": [
            {"label": _("Introduction"), "value": f"{introduction.number}: {introduction.title}"},
            {"label": _("Company"), "value": introduction.company.name},
            {"label": _("Provider"), "value": introduction.provider.name},
        ],
        "paragraphs": [" ".join(part.split()) for part in text.split("\n\n") if part.strip()],
        "signatures": [
            {"label": _("For the company"), "name": introduction.company.name},
            {"label": _("For the provider"), "name": introduction.provider.name},
        ],
        "place_and_day": _("Place, day, name, signature"),
    }

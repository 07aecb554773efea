"""A shortlist as a document: what a company can take along, without anybody's contact."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from landbridge.catalogue.models import Shortlist, ShortlistEntry
from landbridge.catalogue.queries.record_page import Shown, side_by_side
from landbridge.foundation.documents import pdf
from landbridge.foundation.ui import formatting


def handout(shortlist: Shortlist, *, at: datetime) -> bytes:
    """The public records of a shortlist with one's own remarks, as a PDF."""
    entries = ShortlistEntry.objects.filter(shortlist=shortlist).order_by("added_at", "pk")
    remarks = dict(entries.values_list("record_id", "remark"))
    found = side_by_side(list(remarks), today=at.date())
    data = {
        "opening": _("Found in the catalogue on %(day)s. Your region's Access Broker leads you to them.")
        % {"day": formatting.day(at.date())},
        "remark": _("Remark"),
        "entries": [_entry(one, remark=remarks[one.record.pk]) for one in found],
    }
    return pdf("catalogue/shortlist.typ", data, title=shortlist.name, at=at)


def _entry(one: Shown, *, remark: str) -> dict[str, object]:
    record = one.record
    facts = [
        (_("Offered by"), _joined(record.organisation.name, record.town, formatting.country(record.country))),
        (_("Competences"), ", ".join(one.competences)),
        (_("Ways of access"), ", ".join(one.access_modes)),
        (_("Languages"), ", ".join(one.languages)),
        (_("Certificates"), ", ".join(held.name for held in one.certificates if held.holds)),
        (_("You bring"), one.service.must_bring if one.service else ""),
        (_("Can be paid by"), ", ".join(incentive.name for incentive in one.incentives)),
        (_("Confirmed on"), formatting.day(record.confirmed_on)),
        (_("Page"), urljoin(settings.LANDBRIDGE_ADDRESS, record.get_absolute_url())),
    ]
    return {
        "name": record.name,
        "summary": record.summary,
        "remark": remark,
        "facts": [{"label": label, "value": value} for label, value in facts if value],
    }


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)

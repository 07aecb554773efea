"""The award letter: drawn outside any transaction, from the voucher and its decision, and kept once."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import override

from landbridge.foundation.documents import pdf
from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.files.store import receive
from landbridge.foundation.messages.spoken import spoken
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.vouchers import actions, queries
from landbridge.vouchers.models import Voucher


def kept_letter(voucher: Voucher, *, at: datetime) -> StoredFile:
    """The letter on file, or one drawn now; whoever reads it later reads the same."""
    if voucher.letter is not None:
        return voucher.letter
    language = _language_of(voucher)
    with override(language):  # whoever reads it first does not decide its language
        document = pdf(
            "vouchers/award.typ",
            queries.letter_data(voucher),
            title=_("Award of voucher %(number)s") % {"number": voucher.number},
            language=language,
            at=voucher.awarded_at,
        )
    drawn = ContentFile(document, name=f"award-{voucher.number}.pdf")
    received = receive(drawn, kinds=frozenset({Kind.PDF}))
    kept = actions.keep_letter(voucher_id=voucher.pk, letter=received, by=SYSTEM, at=at)
    assert kept.letter is not None  # noqa: S101 - the action has just attached one
    return kept.letter


def _language_of(voucher: Voucher) -> str:
    """That of the company's people where they have one in common, else that of the network."""
    languages = {spoken(person.language) for person in queries.people_of(voucher)}
    return languages.pop() if len(languages) == 1 else settings.LANGUAGE_CODE

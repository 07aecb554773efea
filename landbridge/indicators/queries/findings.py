"""What `landbridge verify` finds: readings that no longer fit their rows, frozen periods that no longer fit their hash."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.indicators import rules
from landbridge.indicators.models import Period, Reading
from landbridge.indicators.queries.periods import verified


def findings() -> Iterator[str]:
    """A reading was changed, or a frozen period."""
    rows = Reading.objects.exclude(rows_sha256="").order_by("pk").values_list("pk", "rows", "rows_sha256")
    for pk, kept, sha256 in rows.iterator(chunk_size=500):
        if rules.sha256_of_rows(kept) != sha256:
            yield f"Reading {pk}: the rows behind it were changed."
    for period in Period.objects.filter(frozen_at__isnull=False).order_by("pk").iterator(chunk_size=100):
        found = verified(period)
        if not found.hash_fits:
            yield f"Period {period.pk}: its readings or its text differ from what was frozen."
        if not found.signature.fits:
            yield f"Period {period.pk}: the signature does not fit its hash."

"""What `landbridge verify` finds wrong in surveys."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q

from landbridge.surveys.models import Answer, Sheet
from landbridge.surveys.states import OPEN, Sheeted


def findings() -> Iterator[str]:
    """Answers of others' questions or of whoever declined; ended sheets without their moment; answers to nothing sent."""
    rows = Answer.objects.exclude(question__of=F("sheet__of"))
    for pk in rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=1000):
        yield f"Answer {pk} is to a question that its sheet does not ask."
    rows = Answer.objects.filter(sheet__state__in=[Sheeted.WAITING, Sheeted.SENT, Sheeted.DECLINED])
    for pk in rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=1000):
        yield f"Answer {pk} stands on a sheet that nobody has answered."
    ended = Q(state__in=[Sheeted.DONE, Sheeted.DECLINED, Sheeted.LAPSED])
    wrong = Sheet.objects.filter(
        (ended & Q(ended_at__isnull=True))
        | (Q(state__in=[*OPEN, Sheeted.WAITING]) & Q(ended_at__isnull=False))
    )
    for pk in wrong.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=1000):
        yield f"Sheet {pk} and the moment of its end do not agree."

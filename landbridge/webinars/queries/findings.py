"""What `landbridge verify` finds wrong in webinars."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q

from landbridge.webinars.models import SignUp, Webinar
from landbridge.webinars.states import S, Signed


def findings() -> Iterator[str]:
    """More listeners than places; a public recording that a speaker did not agree to; presence nobody told of."""
    taken = Count("sign_ups", filter=Q(sign_ups__state=Signed.SIGNED_UP))
    crowded = Webinar.objects.filter(capacity__isnull=False).annotate(taken=taken)
    for webinar in crowded.filter(taken__gt=F("capacity")).order_by("pk").iterator(chunk_size=1000):
        yield f"Webinar {webinar.pk} has more listeners than places."
    shown = Webinar.objects.exclude(recording_link="").filter(
        speakers__consents_to_recording_at__isnull=True, speakers__isnull=False
    )
    for webinar in shown.distinct().order_by("pk").iterator(chunk_size=1000):
        yield f"Webinar {webinar.pk} shows a recording that a speaker has not agreed to."
    untold = SignUp.objects.filter(minutes__isnull=False, attendance_source="")
    for sign_up in untold.order_by("pk").iterator(chunk_size=1000):
        yield f"Sign-up {sign_up.pk} has minutes that nobody told."
    early = SignUp.objects.filter(minutes__gt=0).exclude(webinar__state__in=[S.PUBLISHED, S.HELD])
    for sign_up in early.order_by("pk").iterator(chunk_size=1000):
        yield f"Sign-up {sign_up.pk} was at a webinar that was never held."

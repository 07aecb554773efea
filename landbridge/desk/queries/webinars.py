"""What of webinars waits for their organisers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.desk.queries.parts import MOST
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Task
from landbridge.webinars.models import SignUp, Webinar
from landbridge.webinars.states import S

LONG_AGO = timedelta(days=14)


def to_do(actor: Actor, *, at: datetime) -> Iterator[Task]:
    """Webinars to announce, questions to answer, tables of those present to hand over. One query."""
    if not actor.may(P.WEBINAR_EDIT):
        return
    known = SignUp.objects.filter(webinar=OuterRef("pk"), minutes__isnull=False)
    rows = Webinar.objects.kept_by(actor).filter(
        Q(state=S.DRAFT, starts_at__gt=at) | Q(state=S.PUBLISHED) | Q(state=S.HELD, ends_at__gt=at - LONG_AGO)
    )
    asked = Count("questions", filter=Q(questions__answered_at__isnull=True))
    for found in rows.annotate(asked=asked, is_known=Exists(known)).order_by("starts_at", "pk")[:MOST]:
        yield from _of(found)


def _of(found: Webinar) -> Iterator[Task]:
    title, page = {"webinar": found.title}, found.get_absolute_url()
    if found.state == S.DRAFT:
        text = _("Complete and announce: %(webinar)s") % title
        yield Task(text, page, "", found.starts_at, found.time_zone)
    if found.state == S.HELD and not found.is_known:  # type: ignore[attr-defined]
        text = _("Say who was there: %(webinar)s") % title
        yield Task(text, reverse("webinars:presence", args=[found.slug]))
    asked = found.asked  # type: ignore[attr-defined]
    if asked:
        text = ngettext(
            "Answer %(count)s question: %(webinar)s", "Answer %(count)s questions: %(webinar)s", asked
        )
        yield Task(text % {"count": asked, **title}, page)

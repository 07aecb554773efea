"""What waits at a desk about enquiries: summaries to approve, messages to answer, mail to sort."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.desk.queries.parts import MOST
from landbridge.enquiries.models import Enquiry, Message, Summary
from landbridge.enquiries.queries import side_of
from landbridge.enquiries.states import OPEN
from landbridge.foundation.inbox.models import Incoming
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.ui.formatting import number
from landbridge.foundation.ui.parts import Task


def of_company(actor: Actor) -> Iterator[Task]:
    """A summary to approve, a message to answer. Two queries."""
    newest = Summary.objects.filter(enquiry=OuterRef("enquiry")).order_by("-version").values("pk")[:1]
    waiting = Summary.objects.filter(
        enquiry__in=Enquiry.objects.visible_to(actor).filter(state__in=OPEN).values("pk"),
        pk=Subquery(newest),
        approved_at=None,
        refused_at=None,
    )
    for one in waiting.select_related("enquiry").order_by("written_at", "pk")[:MOST]:
        yield Task(
            _("Approve the summary of “%(title)s”") % {"title": one.enquiry.title},
            f"{one.enquiry.get_absolute_url()}#summary",
            _("Only these words leave the desk, and only after your approval."),
        )
    yield from _messages(actor)


def of_desk(actor: Actor) -> Iterator[Task]:
    """Messages to answer, and e-mails that somebody has to place. Two queries."""
    yield from _messages(actor)
    waiting = Incoming.objects.visible_to(actor).in_quarantine().count()
    if waiting:
        yield Task(
            ngettext("Place %(count)s e-mail", "Place %(count)s e-mails", waiting)
            % {"count": number(waiting)},
            reverse("inbox:list"),
            _("Answers that came from unknown addresses."),
        )


def _messages(actor: Actor) -> Iterator[Task]:
    """Enquiries with a message of the other side that nobody has read."""
    unread = Message.objects.filter(from_desk=side_of(actor) == "company", read_at=None)
    rows = Enquiry.objects.visible_to(actor).filter(pk__in=unread.values("enquiry"))
    for one in rows.select_related("company").order_by("asked_at", "pk")[:MOST]:
        yield Task(
            _("Answer the message about “%(title)s”") % {"title": one.title},
            f"{one.get_absolute_url()}#messages",
            _("%(company)s, number %(number)s") % {"company": one.company.name, "number": one.number},
        )

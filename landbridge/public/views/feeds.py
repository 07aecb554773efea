"""Atom feeds (RFC 4287) of what is new on the open site: calls, awards, the directory. Readers look again for free."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from landbridge.calls.models import Call
from landbridge.calls.states import S as CallState
from landbridge.catalogue.models import Record
from landbridge.catalogue.queries import open_data
from landbridge.foundation.permissions.actor import ANYONE
from landbridge.foundation.permissions.guards import Request, public
from landbridge.foundation.ui.formatting import money
from landbridge.public.queries import awards as register

MOST = 50
KEPT_FOR = 900
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed."""

    title: str
    link: str
    text: str
    at: datetime
    began_at: datetime | None = None
    name: str = ""


@public
@require_safe
def calls(request: Request) -> HttpResponseBase:
    """Calls as they are published, the latest first."""
    with override(settings.LANGUAGE_CODE):
        rows = Call.objects.visible_to(ANYONE).order_by("-published_at", "-pk")[:MOST]
        items = [_call(one) for one in rows]
        return _answer(request, items, title=_("Calls of the network"), of="calls")


@public
@require_safe
def awards(request: Request) -> HttpResponseBase:
    """Vouchers as they are granted; sole traders are not named."""
    with override(settings.LANGUAGE_CODE):
        items = [_award(register.award(one)) for one in register.listed({})[:MOST]]
        return _answer(request, items, title=_("Awards of the network"), of="awards")


@public
@require_safe
def directory(request: Request) -> HttpResponseBase:
    """Records of the directory that are new or were changed, the latest first."""
    with override(settings.LANGUAGE_CODE):
        page = list(Record.objects.public().order_by("-changed_at", "-pk")[:MOST])
        began = {row.pk: row.published_at for row in page}
        shown = sorted(open_data.published(page), key=lambda row: (row.changed_at, row.id), reverse=True)
        items = [
            Item(
                title=row.name,
                link=row.address,
                text=" · ".join(filter(None, (row.organisation, row.region, row.summary))),
                at=row.changed_at,
                began_at=began[row.id],
            )
            for row in shown
        ]
        return _answer(request, items, title=_("What is new in the directory"), of="directory")


def _call(call: Call) -> Item:
    ends = _("Closes on %(day)s.") % {"day": f"{call.closes_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"}
    is_off = call.state == CallState.CANCELLED
    at = call.published_at or call.opens_at
    return Item(
        title=_("Called off: %(call)s") % {"call": call.title} if is_off else call.title,
        link=settings.LANDBRIDGE_ADDRESS + reverse("public:call", args=[call.pk]),
        text=" ".join(filter(None, (call.summary, ends))),
        at=at,
        began_at=at,
    )


def _award(award: register.Award) -> Item:
    with_whom = f"{award.company}, {award.provider}" if award.provider else award.company
    at = datetime.combine(award.granted_on, time(), tzinfo=UTC)
    where = f"{settings.LANDBRIDGE_ADDRESS}{reverse('public:awards')}?q={award.number}"
    return Item(
        title=_("%(who)s: %(amount)s") % {"who": with_whom, "amount": money(award.amount)},
        link=where,
        text=" · ".join(
            filter(None, (award.about, award.incentive, award.call, award.programme, award.mark))
        ),
        at=at,
        began_at=at,
        name=award.number,
    )


def _answer(request: Request, items: Iterable[Item], *, title: str, of: str) -> HttpResponseBase:
    """The feed, or that nothing has changed since the reader looked."""
    page = {"calls": "public:calls", "awards": "public:awards", "directory": "catalogue:directory"}[of]
    here = settings.LANDBRIDGE_ADDRESS + reverse(f"public:{of}_feed")
    shown = list(items)
    feed = _Feed(
        title=title,
        link=settings.LANDBRIDGE_ADDRESS + reverse(page),
        description=title,
        feed_url=here,
        language="en",
    )
    feed.newest = max((one.at for one in shown), default=BEGAN)
    for one in shown:
        feed.add_item(
            title=_plain(one.title),
            link=one.link,
            description=_plain(one.text),
            unique_id=f"{here}#{one.name}" if one.name else one.link,
            pubdate=one.began_at,
            updateddate=one.at,
        )
    text = feed.writeString("utf-8").encode()
    etag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if answer is not None else response


class _Feed(feedgenerator.Atom1Feed):
    """Without entries a feed is as old as the house, not as this moment: the same content gives the same octets."""

    newest = BEGAN

    def latest_post_date(self) -> datetime:
        return self.newest


def _plain(text: str) -> str:
    """Without signs that XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")

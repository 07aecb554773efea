"""The door for harvesters: OAI-PMH 2.0, whose six verbs read the same public rows as everything else."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from landbridge.catalogue.models import Record
from landbridge.catalogue.open_data import oai
from landbridge.catalogue.open_data.oai import OaiError
from landbridge.catalogue.queries import open_data as queries
from landbridge.catalogue.queries.open_data import Gone, Published
from landbridge.catalogue.states import Kind
from landbridge.foundation.permissions.guards import Request, public

PORTION = 200
LONGEST_TOKEN = 500
NOT_OURS = "This token is not one that was given out here."
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
# For each verb the arguments that it must and may have, besides a resumption token of its own.
ARGUMENTS = {
    "Identify": ((), ()),
    "ListMetadataFormats": ((), ("identifier",)),
    "ListSets": ((), ()),
    "ListIdentifiers": (("metadataPrefix",), ("from", "until", "set")),
    "ListRecords": (("metadataPrefix",), ("from", "until", "set")),
    "GetRecord": (("identifier", "metadataPrefix"), ()),
}
LISTS = ("ListIdentifiers", "ListRecords", "ListSets")


@csrf_exempt
@public
@require_http_methods(["GET", "POST"])
def oai_pmh(request: Request) -> HttpResponse:
    """One verb, answered as XML; what is wrong with a request is said by the protocol's own codes, with status 200."""
    given = request.POST if request.method == "POST" else request.GET
    try:
        arguments = _arguments(given)
        parts = [VERBS[arguments["verb"]](arguments)]
        echoed: Mapping[str, str] = arguments
    except OaiError as problem:
        parts = [oai.error(problem)]
        echoed = {} if problem.code in ("badVerb", "badArgument") else {key: str(given[key]) for key in given}
    body = oai.answer(at=request.now, base=_base(), request=echoed, parts=parts)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def _arguments(given: QueryDict) -> dict[str, str]:
    """The arguments, checked against the verb's own."""
    repeated = [key for key in given if len(given.getlist(key)) > 1]
    verb = given.get("verb", "")
    if verb not in ARGUMENTS or "verb" in repeated:
        raise OaiError("badVerb", "The verb is missing, repeated or not one of the protocol's six.")
    needed, possible = ARGUMENTS[verb]
    names = set(given) - {"verb"}
    if verb in LISTS and names == {"resumptionToken"} and not repeated:
        return {"verb": verb, "resumptionToken": given.get("resumptionToken", "")}
    if repeated or not set(needed) <= names <= set(needed) | set(possible):
        raise OaiError("badArgument", "An argument is missing, repeated or not one of this verb.")
    arguments = {key: str(given[key]) for key in given}
    if any("\x00" in value for value in arguments.values()):
        raise OaiError("badArgument", "An argument holds a character that cannot be.")
    if "metadataPrefix" in arguments and arguments["metadataPrefix"] != oai.PREFIX:
        raise OaiError("cannotDisseminateFormat", f"This repository speaks {oai.PREFIX}.")
    return arguments


def _identify(arguments: Mapping[str, str]) -> ET.Element:  # noqa: ARG001 - this verb has none
    earliest = queries.ever_public().order_by("changed_at").values_list("changed_at", flat=True).first()
    email = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    return oai.identify(
        name="Landbridge directory",
        base=_base(),
        email=email,
        earliest=earliest or datetime(2026, 1, 1, tzinfo=UTC),
    )


def _formats(arguments: Mapping[str, str]) -> ET.Element:
    if "identifier" in arguments:
        _record(arguments["identifier"])
    return oai.formats()


def _sets(arguments: Mapping[str, str]) -> ET.Element:
    if "resumptionToken" in arguments:
        raise OaiError("badResumptionToken", "The list of sets is never continued.")
    return oai.sets()


def _one(arguments: Mapping[str, str]) -> ET.Element:
    found = _record(arguments["identifier"])
    rows = queries.changes(rows=queries.ever_public().filter(pk=found.pk), limit=1)
    return oai.listing("GetRecord", [(rows[0], found.kind)], host=_host(), token=None)


def _list(arguments: Mapping[str, str]) -> ET.Element:
    asked = _continued(arguments["resumptionToken"]) if "resumptionToken" in arguments else _asked(arguments)
    rows = queries.ever_public()
    if asked["set"]:
        rows = rows.filter(kind=asked["set"])
    after = (datetime.fromisoformat(asked["at"]), int(asked["id"])) if asked["at"] else None
    page = queries.changes(
        rows=rows,
        since=datetime.fromisoformat(asked["from"]) if asked["from"] else None,
        until=datetime.fromisoformat(asked["until"]) if asked["until"] else None,
        after=after,
        limit=PORTION + 1,
    )
    if not page:
        raise OaiError("noRecordsMatch", "No record changed in this time, or there is none in this set.")
    shown, more = page[:PORTION], len(page) > PORTION
    token = _token(asked, shown[-1]) if more else "" if after else None
    kinds = dict(Record.objects.filter(pk__in=[row.id for row in shown]).values_list("pk", "kind"))
    return oai.listing(arguments["verb"], [(row, kinds[row.id]) for row in shown], host=_host(), token=token)


def _asked(arguments: Mapping[str, str]) -> dict[str, str]:
    kind = arguments.get("set", "")
    if kind and kind not in list(Kind):
        raise OaiError("noRecordsMatch", "There is no such set.")
    begin, end = arguments.get("from", ""), arguments.get("until", "")
    if begin and end and len(begin) != len(end):
        raise OaiError("badArgument", "`from` and `until` are both days or both moments.")
    first = _moment(begin) if begin else None
    last = _moment(end, is_end=True) if end else None
    if first and last and first > last:
        raise OaiError("badArgument", "`from` is after `until`.")
    return {
        "set": kind, "from": first.isoformat() if first else "", "until": last.isoformat() if last else "",
        "at": "", "id": "",
    }  # fmt: skip


def _moment(text: str, *, is_end: bool = False) -> datetime:
    try:
        if DAY.fullmatch(text):
            day = datetime.fromisoformat(text).replace(tzinfo=UTC)
            return day + timedelta(days=1, microseconds=-1) if is_end else day
        if MOMENT.fullmatch(text):
            return datetime.fromisoformat(text) + timedelta(microseconds=999_999 if is_end else 0)
    except (ValueError, OverflowError):
        pass
    raise OaiError("badArgument", "A date is written 2026-01-31 or 2026-01-31T12:00:00Z.")


def _token(asked: Mapping[str, str], last: Published | Gone) -> str:
    here = {**asked, "at": last.changed_at.isoformat(), "id": str(last.id)}
    return base64.urlsafe_b64encode(json.dumps(here).encode()).decode()


def _continued(token: str) -> dict[str, str]:
    """What a token continues. It holds nothing secret: whoever changes it asks for another public list."""
    try:
        asked = json.loads(base64.urlsafe_b64decode(token[:LONGEST_TOKEN].encode()))
        found = {key: str(asked[key]) for key in ("set", "from", "until", "at", "id")}
        moments = [datetime.fromisoformat(found[key]) for key in ("from", "until", "at") if found[key]]
        number = int(found["id"])
    except (ValueError, TypeError, KeyError, binascii.Error):
        raise OaiError("badResumptionToken", NOT_OURS) from None
    is_ours = found["at"] and all(moment.tzinfo for moment in moments) and 0 < number < 2**63
    if not is_ours or found["set"] not in ("", *Kind):
        raise OaiError("badResumptionToken", NOT_OURS)
    return found


def _record(identifier: str) -> Record:
    key = identifier.removeprefix(f"oai:{_host()}:")
    found = None
    if key != identifier and key.isascii() and key.isdigit() and len(key) < 19:
        found = queries.ever_public().filter(pk=int(key)).first()
    if found is None:
        raise OaiError("idDoesNotExist", "There is no record of this name.")
    return found


def _base() -> str:
    return settings.LANDBRIDGE_ADDRESS + reverse("public:oai")


def _host() -> str:
    return urlsplit(settings.LANDBRIDGE_ADDRESS).hostname or "localhost"


VERBS: dict[str, Callable[[Mapping[str, str]], ET.Element]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "ListIdentifiers": _list,
    "ListRecords": _list,
    "GetRecord": _one,
}

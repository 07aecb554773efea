"""An operation is carried out by its page's own view; what the view brought about becomes the answer."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict
from django_htmx.middleware import HtmxDetails

from landbridge.api.problems import Error, Wrong
from landbridge.api.schemas import fields
from landbridge.api.table.operation import Operation
from landbridge.foundation import witness
from landbridge.foundation.money import Money
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.problems import NotAllowed, Problem, Refused
from landbridge.foundation.ui import formatting
from landbridge.foundation.ui.forms import Filters
from landbridge.foundation.witness import Witness

LONGEST_KEY = 200
KEYS = uuid.UUID("5c5b6e5a-8d0c-5a53-9c53-0f6cf2c1d7a1")  # a name space of our own for Idempotency-Key
LEVELS = {value: name.lower() for name, value in messages.DEFAULT_LEVELS.items()}
ERRORS = {"error", "warning"}


class Said(list[tuple[str, str]]):
    """What the view would have told on the next page: level and sentence."""

    def add(self, level: int, message: object, extra_tags: str = "") -> None:
        self.append((LEVELS.get(level, ""), str(message)))

    def update(self, response: HttpResponseBase) -> list[object]:
        return []


def carried_out(request: Request, operation: Operation, places: dict[str, Any]) -> dict[str, Any]:
    """Send the form of the page, and say what it brought about. Raises Wrong where it brought about nothing."""
    body, files = _sent(request, operation)
    ours: Any = request
    ours.method, ours.POST = "POST", _as_post(body, request.headers.get("Idempotency-Key", ""))
    ours._files = files  # noqa: SLF001 - where Django keeps them
    response, seen, said = _run(request, operation, places)
    if 300 <= response.status_code < 400 and not any(level in ERRORS for level, _text in said):
        return _done(response, seen, said)
    if seen.result is not None and response.status_code == HTTPStatus.OK:
        return _done(response, seen, said)
    raise _refusal(response, seen, said)


def form_of(request: Request, operation: Operation, places: dict[str, Any]) -> dict[str, Any]:
    """The form as it stands on the page now: its fields, the choices that are open, the present values."""
    ours: Any = request
    ours.method, ours.POST = "GET", QueryDict()
    response, seen, said = _run(request, operation, places)
    if response.status_code != HTTPStatus.OK:
        raise _refusal(response, seen, said)
    form = next((one for one in seen.forms if operation.form and isinstance(one, operation.form)), None)
    return {"operation": operation.name, "fields": list(_shown(form)) if form else []}


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
def _sent(request: Request, operation: Operation) -> tuple[dict[str, Any], MultiValueDict[str, Any]]:
    kind = (request.content_type or "").lower()
    try:
        if kind == "multipart/form-data" and operation.takes_files:
            return _from_parts(request, operation)
        if kind not in ("", "application/json"):
            raise Wrong(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON, or multipart/form-data where files are taken."
            )
        body = _parsed(request.body)
    except RequestDataTooBig:
        raise Wrong(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is more than one request may hold.") from None
    _require_fit(body, operation)
    return body, MultiValueDict()


def _from_parts(request: Request, operation: Operation) -> tuple[dict[str, Any], MultiValueDict[str, Any]]:
    try:
        posted, files = request.POST, request.FILES
    except MultiPartParserError:
        raise Wrong(HTTPStatus.BAD_REQUEST, "The parts of the body cannot be read.") from None
    properties = operation.schema["properties"]
    body = {name: _read(posted.getlist(name), properties.get(name, {})) for name in posted}
    _require_fit(body | dict.fromkeys(files, ""), operation)
    return body, files


def _read(values: list[str], schema: fields.Schema) -> Any:
    """A part as its schema reads it: what is no number stays text, and is refused as such."""
    kind = schema.get("type")
    if kind == "array":
        return values
    text = values[-1]
    if (
        kind == "integer"
        and text.lstrip("-").isdigit()
        and text.isascii()
        and len(text) <= len(str(fields.HIGHEST))
    ):
        return int(text)
    if kind == "boolean" and text.lower() in ("true", "on", "false"):
        return text.lower() != "false"
    return text


def _require_fit(body: Any, operation: Operation) -> None:
    errors = [
        Error(field=field, detail=said, code="schema")
        for field, said in fields.misfits(body, operation.schema)
    ]
    if errors:
        raise Wrong(HTTPStatus.UNPROCESSABLE_ENTITY, "The body does not fit its schema.", errors=errors)


def _parsed(octets: bytes) -> Any:
    if not octets:
        return {}
    try:
        return json.loads(octets, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Wrong(HTTPStatus.BAD_REQUEST, "The body is not JSON.") from None


def _no_number(text: str) -> float:
    raise ValueError(text)


def _as_post(body: dict[str, Any], key: str) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in body.items():
        values = value if isinstance(value, list) else [value]
        typed = [_typed(one) for one in values if one is not None and one is not False]
        if typed:
            post.setlist(name, typed)
    post.pop("operation_key", None)
    if key:
        if len(key) > LONGEST_KEY:
            raise Wrong(HTTPStatus.BAD_REQUEST, f"Idempotency-Key has at most {LONGEST_KEY} characters.")
        post["operation_key"] = str(uuid.uuid5(KEYS, key))
    return post


def _typed(value: Any) -> str:
    if value is True:
        return "on"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# ── The view ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def _run(
    request: Request, operation: Operation, places: dict[str, Any]
) -> tuple[HttpResponseBase, Witness, Said]:
    said = Said()
    request._messages = said  # type: ignore[attr-defined]  # noqa: SLF001 - where Django looks for them
    kept, request.session = request.session, SessionStore()
    request.htmx = HtmxDetails(HttpRequest())
    try:
        with witness.watching() as seen:
            response = operation.page.view(request, **places)
    except (Http404, ObjectDoesNotExist):
        raise Wrong(HTTPStatus.NOT_FOUND, "There is nothing here that this key may see.") from None
    except (PermissionDenied, NotAllowed):
        raise Wrong(HTTPStatus.FORBIDDEN, "This key may not do this.") from None
    except Refused as refusal:
        raise Wrong(
            HTTPStatus.CONFLICT, "The rules do not allow this now.", errors=_errors_of(refusal.problems)
        ) from None
    finally:
        request.session = kept
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
    return response, seen, said


def _done(response: HttpResponseBase, seen: Witness, said: Said) -> dict[str, Any]:
    page = response.headers.get("Location", "")
    return {
        "done": " ".join(text for _level, text in said),
        "object": _named(seen.result) if seen.result is not None else None,
        "page": urljoin(settings.LANDBRIDGE_ADDRESS, page) if page else None,
    }


def _named(row: Model) -> dict[str, Any]:
    return {"table": row._meta.label_lower, "id": row.pk, "name": str(row)}


def _refusal(response: HttpResponseBase, seen: Witness, said: Said) -> Wrong:
    """Everything that fits its schema and is still refused is a conflict with how things stand (409)."""
    errors = [*_errors_of(seen.problems), *_errors_in(seen.forms)]
    errors += [Error(detail=text) for level, text in said if level in ERRORS]
    status = (
        HTTPStatus(response.status_code)
        if response.status_code >= HTTPStatus.BAD_REQUEST
        else HTTPStatus.CONFLICT
    )
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Wrong(HTTPStatus.NOT_FOUND, "There is nothing here that this key may see.")
    if status is HTTPStatus.FORBIDDEN:
        return Wrong(status, "This key may not do this.", errors=errors)
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        return Wrong(
            status, "Too many attempts.", headers={"Retry-After": response.headers.get("Retry-After", "60")}
        )
    return Wrong(HTTPStatus.CONFLICT, "This cannot be done now.", errors=errors)


def _errors_of(problems: list[Problem] | tuple[Problem, ...]) -> list[Error]:
    return [
        Error(
            detail=" ".join(filter(None, (formatting.problem_text(one), formatting.problem_cure(one)))),
            field=one.field,
            code=one.code,
        )
        for one in problems
    ]


def _errors_in(found: list[forms.Form]) -> list[Error]:
    errors = []
    for form in found:
        if not form.is_bound or isinstance(form, Filters):
            continue
        for name, listed in form.errors.as_data().items():
            for problem in listed:
                said = " ".join(str(text) for text in problem.messages)
                errors.append(
                    Error(detail=said, field="" if name == "__all__" else name, code=str(problem.code or ""))
                )
    return errors


# ── The form as it stands ────────────────────────────────────────────────────────────────────────────────────────────
def _shown(form: forms.Form) -> Iterator[dict[str, Any]]:
    for name, field in form.fields.items():
        choices = getattr(field, "choices", None)
        yield {
            "name": name,
            "label": str(field.label or name),
            "help": str(field.help_text or ""),
            "required": bool(field.required),
            "schema": fields.of_field(field, own=".choices"),
            "choices": list(_choices(choices))[: fields.MOST_CHOICES] if choices else [],
            "value": _plain(form.get_initial_for_field(field, name)),
        }


def _choices(choices: Any) -> Iterator[dict[str, str]]:
    for value, label in choices:
        for one, said in label if isinstance(label, (list, tuple)) else [(value, label)]:
            yield {"value": str(one), "label": str(said)}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Money):
        return str(value.decimal)
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in value]
    return str(value)

"""The OpenAPI 3.1 document: made from the table of operations, the resources, and the directory's own types."""

from __future__ import annotations

import functools
from typing import Any

from landbridge.api.rules.keys import OWN
from landbridge.api.schemas import fields
from landbridge.api.table import operations
from landbridge.api.table.operation import Operation
from landbridge.api.table.resource import Resource
from landbridge.api.table.resources import resources
from landbridge.api.views.directory import api
from landbridge.api.views.shown import LONGEST_CURSOR, MOST, USUAL

Json = dict[str, Any]
PREFIX = "/api/v1/"

ABOUT = """The network of regions for programs: everything that a role can do on its pages it can do here.

**Addresses.** Each page that changes something stands here under its own address after `/api/v1/`: what is sent to
`/enquiries/7/closing/` by a browser is sent to `/api/v1/enquiries/7/closing` by a program. `GET` on such an address
answers the form as it stands now: its fields, the choices that are open, the present values. A form is sent whole.

**Keys.** `Authorization: Bearer lb_…`. A key acts as its holder under one role, within its scopes, until its day.

**Errors** are problem details (RFC 9457). 422: the body does not fit its schema. 409: it fits, and the rules or the
state of things do not allow it; `errors` names fields and cures.

**Repeating.** Send `Idempotency-Key` with a post: the same key at the same address is carried out once.

**Lists** give a portion and `next`, the cursor of the following one; `changed_since` gives what the record tells of
since then. Answers have a strong `ETag`; `If-None-Match` saves the body (304), `If-Match` on a post demands that the
object is still the one you read (412). Where a form has `version`, that holds within the transaction itself.

**Limits** stand in `RateLimit-Limit`, `-Remaining` and `-Reset` (seconds); beyond them 429 with `Retry-After`."""

_TEXT: Json = {"type": "string"}
PROBLEM: Json = {
    "type": "object",
    "properties": {
        "type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object", "properties": {"detail": _TEXT, "field": _TEXT, "code": _TEXT},
                "required": ["detail", "field", "code"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}  # fmt: skip
DONE: Json = {
    "type": "object",
    "description": "What was brought about.",
    "properties": {
        "done": {"type": "string", "description": "A sentence in the language of Accept-Language; it may be empty."},
        "object": {
            "anyOf": [
                {
                    "type": "object", "properties": {"table": _TEXT, "id": {"type": "integer"}, "name": _TEXT},
                    "required": ["table", "id", "name"],
                },
                {"type": "null"},
            ],
        },
        "page": {"anyOf": [{"type": "string"}, {"type": "null"}], "description": "Where a browser would be led."},
    },
    "required": ["done", "object", "page"],
}  # fmt: skip
FORM: Json = {
    "type": "object",
    "description": "A form as it stands now.",
    "properties": {
        "operation": _TEXT,
        "fields": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "name": _TEXT, "label": _TEXT, "help": _TEXT, "required": {"type": "boolean"},
                    "schema": {"type": "object"}, "value": {},
                    "choices": {
                        "type": "array",
                        "items": {"type": "object", "properties": {"value": _TEXT, "label": _TEXT}},
                    },
                },
                "required": ["name", "label", "required", "schema", "choices", "value"],
            },
        },
    },
    "required": ["operation", "fields"],
}  # fmt: skip
HEADERS: Json = {
    f"RateLimit-{name}": {"schema": {"type": "string"}, "description": said}
    for name, said in (
        ("Limit", "Requests that are allowed in a minute."),
        ("Remaining", "How many are left."),
        ("Reset", "Seconds until the count begins anew."),
        ("Policy", "The limit and its window in seconds."),
    )
}
_COUNTED: Json = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
WRONG = {
    400: "The request cannot be read.",
    401: "A key is needed, or the one given is not known.",
    403: "The key may not do this.",
    404: "There is nothing here that the key may see.",
    410: "It was public once.",
    409: "The rules, or the state of things, do not allow this now.",
    412: "The object has changed since it was read.",
    413: "More than one request may hold.",
    415: "Neither JSON nor, where files are taken, multipart/form-data.",
    422: "The body or a parameter does not fit its schema.",
    429: "Too many requests in this minute.",
}


@functools.cache
def document() -> Json:
    """The whole document."""
    made: Json = api.get_openapi_schema(path_prefix=PREFIX)
    paths: Json = {
        path: _counted(methods) for path, methods in made["paths"].items() if "openapi" not in path
    }
    for resource in resources():
        _put(paths, resource.path, "get", _list(resource))
        _put(paths, f"{resource.path}/{_place(resource)}", "get", _one(resource))
    for operation in operations().values():
        path = operation.page.path
        _put(paths, path, "post", _post(operation))
        if operation.has_form and "get" not in paths[PREFIX + path]:
            _put(paths, path, "get", _form(operation))
    schemas = {one.name: one.schema for one in resources()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Landbridge", "version": "1", "description": ABOUT},
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in dict.fromkeys(_tags(paths))],
        "paths": paths,
        "components": {
            "headers": HEADERS,
            "responses": {f"Wrong{status}": _wrong(status) for status in WRONG},
            "schemas": {
                **made["components"]["schemas"],
                **schemas,
                "Problem": PROBLEM,
                "Done": DONE,
                "Form": FORM,
            },
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "A key from /api/keys/."}
            },
        },
    }


def _tags(paths: Json) -> list[str]:
    return [tag for methods in paths.values() for one in methods.values() for tag in one["tags"]]


def _put(paths: Json, path: str, method: str, described: Json) -> None:
    paths.setdefault(PREFIX + path, {})[method] = described


def _counted(methods: Json) -> Json:
    """The directory's own operations, with the answers that the door adds."""
    for one in methods.values():
        one["responses"] = {
            str(status): _problem(int(status)) if int(status) in WRONG else answer | {"headers": _COUNTED}
            for status, answer in one["responses"].items()
        } | {"304": {"description": "Unchanged since."}, "429": _problem(429)}
    return methods


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _list(resource: Resource) -> Json:
    query = [
        _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}, "How many at most."),
        _parameter(
            "cursor", {"type": "string", "maxLength": LONGEST_CURSOR, "pattern": "^I[A-Za-z0-9_-]+$"},
            "`next` of the portion before. Any other word is refused.",
        ),
        _parameter("changed_since", {"type": "string", "format": "date-time"}, "What the record tells of since then."),
        *(_parameter(name, schema, "") for name, schema in resource.filters.items()),
    ]  # fmt: skip
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{resource.name}"}}
    body = {
        "type": "object",
        "properties": {"items": items, "next": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
        "required": ["items", "next"],
    }
    described = _reading(resource, f"list_{resource.name}", f"{resource.title}: the list", body)
    return described | {"parameters": query}


def _one(resource: Resource) -> Json:
    schema: Json = {"$ref": f"#/components/schemas/{resource.name}"}
    described = _reading(resource, f"one_{resource.name}", resource.title, schema)
    kind = "int" if resource.by == "id" else "slug"
    name = "pk" if resource.by == "id" else resource.by
    return described | {"parameters": [_path_parameter(name, kind)]}


def _place(resource: Resource) -> str:
    return "{pk}" if resource.by == "id" else f"{{{resource.by}}}"


def _reading(resource: Resource, name: str, summary: str, schema: Json) -> Json:
    needed = str(resource.see) if resource.see else ""
    wrong = (401, 403, 404, 422, 429) if needed else (401, 404, 422, 429)
    return {
        "operationId": name,
        "summary": summary,
        "tags": [resource.tag],
        **_permission(needed),
        "responses": _responses(schema, wrong, is_read=True),
    }


# ── Forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _form(operation: Operation) -> Json:
    schema = {"$ref": "#/components/schemas/Form"}
    return {
        "operationId": f"form_of_{_name(operation)}",
        "summary": f"The form: {operation.summary}",
        "tags": [_tag(operation)],
        "parameters": _places(operation),
        **_permission(needed_for(operation)),
        "responses": _responses(schema, (401, 403, 404, 409, 429), is_read=True),
    }


def _post(operation: Operation) -> Json:
    kinds = ["multipart/form-data"] if operation.takes_files else ["application/json"]
    required = bool(operation.schema.get("required"))
    key = {
        "name": "Idempotency-Key", "in": "header", "required": False,
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9_-]+$"},
        "description": "The same key at the same address is carried out once.",
    }  # fmt: skip
    wrong = (400, 401, 403, 404, 409, 412, 413, 415, 422, 429)
    return {
        "operationId": _name(operation),
        "summary": operation.summary,
        "tags": [_tag(operation)],
        "parameters": [*_places(operation), key],
        "requestBody": {
            "required": required,
            "content": {kind: {"schema": operation.schema} for kind in kinds},
        },
        **_permission(needed_for(operation)),
        "responses": _responses({"$ref": "#/components/schemas/Done"}, wrong, is_read=False),
    }


def needed_for(operation: Operation) -> str:
    """The scope that a key needs for an operation; empty where everybody may."""
    guard = operation.page.guard
    if guard.permission is not None:
        return str(guard.permission)
    return OWN if guard.signed_in else ""


def _name(operation: Operation) -> str:
    return operation.name.replace(":", "_")


def _tag(operation: Operation) -> str:
    return operation.page.route.split("/")[0]


def _places(operation: Operation) -> list[Json]:
    return [
        *(_path_parameter(name, kind) for name, kind in operation.page.places),
        *(_parameter(name, {"type": "string", "maxLength": 40}, "") for name in operation.query),
    ]


# ── Parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _path_parameter(name: str, kind: str) -> Json:
    schemas: dict[str, Json] = {
        "int": {"type": "integer", "minimum": 1, "maximum": fields.HIGHEST},
        "slug": {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[A-Za-z0-9_-]+$"},
    }
    schema = schemas.get(kind, schemas["slug"])
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(name: str, schema: Json, said: str) -> Json:
    described = {"name": name, "in": "query", "required": False, "schema": schema}
    return described | ({"description": said} if said else {})


def _permission(needed: str) -> Json:
    if not needed:
        return {"description": "Everybody may.", "security": []}
    return {"description": f"Needs the scope `{needed}`.", "security": [{"key": []}], "x-scope": needed}


def _responses(schema: Json, wrong: tuple[int, ...], *, is_read: bool) -> Json:
    headers = _COUNTED | ({"ETag": {"schema": {"type": "string"}}} if is_read else {})
    found: Json = {
        "200": {"description": "Done." if not is_read else "Found.", "headers": headers,
                "content": {"application/json": {"schema": schema}}},
    }  # fmt: skip
    if is_read:
        found["304"] = {"description": "Unchanged since the ETag of If-None-Match."}
    return found | {str(status): _problem(status) for status in wrong}


def _problem(status: int) -> Json:
    return {"$ref": f"#/components/responses/Wrong{status}"}


def _wrong(status: int) -> Json:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": WRONG[status], "content": {"application/problem+json": {"schema": schema}}}

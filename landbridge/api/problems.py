"""What goes wrong, as problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse

TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that is wrong, and with which field."""

    detail: str
    field: str = ""
    code: str = ""


class Wrong(Exception):
    """A request that cannot be answered, and why."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Iterable[Error] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, tuple(errors), headers or {}


def answer(status: int, detail: str = "", *, errors: Iterable[Error] = ()) -> HttpResponse:
    """The problem as JSON; `errors` names the fields."""
    body: dict[str, object] = {
        "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail,
    }  # fmt: skip
    listed = [{"detail": one.detail, "field": one.field, "code": one.code} for one in errors]
    if listed:
        body["errors"] = listed
    return JsonResponse(body, status=status, content_type=TYPE)


def about(request: HttpRequest, problem: Exception | type[Exception]) -> HttpResponse:  # noqa: ARG001 - ninja hands it over
    """The answer to a request that failed."""
    if isinstance(problem, Wrong):
        response = answer(problem.status, problem.detail, errors=problem.errors)
        for name, value in problem.headers.items():
            response[name] = value
        return response
    errors = getattr(problem, "errors", None)
    if isinstance(errors, list):
        said = "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in errors)
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, said)
    return answer(getattr(problem, "status_code", HTTPStatus.NOT_FOUND), str(problem))

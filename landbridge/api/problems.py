"""What goes wrong, as problem details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse

TYPE = "application/problem+json"


class Wrong(Exception):
    """A request that cannot be answered, and why."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


def answer(status: int, detail: str = "") -> HttpResponse:
    """The problem as JSON."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type=TYPE)


def about(request: HttpRequest, problem: Exception | type[Exception]) -> HttpResponse:  # noqa: ARG001 - ninja hands it over
    """The answer to a request that failed."""
    if isinstance(problem, Wrong):
        return answer(problem.status, problem.detail)
    errors = getattr(problem, "errors", None)
    if isinstance(errors, list):
        said = "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in errors)
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, said)
    return answer(getattr(problem, "status_code", HTTPStatus.NOT_FOUND), str(problem))

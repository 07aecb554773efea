"""Pages for what went wrong: they help, and need neither database nor session."""

# ruff: noqa: ARG001 - Django hands request and exception to every one of them

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400; a request beyond the limits of size is answered as such (413)."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, exception)
    return error_page(
        HTTPStatus.BAD_REQUEST,
        title=_("We could not read this request"),
        text=_("Something in the address or in what was sent is not as it should be."),
        cures=[
            _("Go back, check what you typed and send it once more."),
            _(
                "If you followed a link in a letter, copy the whole address: it may have been broken over two lines."
            ),
        ],
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return error_page(
        HTTPStatus.FORBIDDEN,
        title=_("This is not open to the role you are acting in"),
        text=_("You are signed in, but this page or this step belongs to another role."),
        cures=[
            _("If you have several roles, switch to the other one and open the page again."),
            _("If you think you should be allowed to do this, ask the Access Broker of your region."),
        ],
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return error_page(
        HTTPStatus.NOT_FOUND,
        title=_("There is no such page for you"),
        text=_("The address may be mistyped, the page may have moved, or it belongs to someone else."),
        cures=[
            _("Check the address, or begin from the home page."),
            _(
                "If it is your own application or voucher, make sure that you are signed in and act in the right role."
            ),
        ],
    )


def only_by_button(request: HttpRequest) -> HttpResponse:
    """For the address of a step that was opened as a page (405)."""
    return error_page(
        HTTPStatus.METHOD_NOT_ALLOWED,
        title=_("This address is no page, but a step"),
        text=_("It belongs to a button or a form. Nothing has happened by opening it."),
        cures=[_("Go back to the page with the button and press it there.")],
    )


class StepsMiddleware:
    """Answers the empty 405 of a step that takes no GET with a page that helps."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = only_by_button(request)
        page["Allow"] = response["Allow"]
        return page


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For uploads beyond the limit of one request."""
    return error_page(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        title=_("This is more than we can take at once"),
        text=_("What you sent is larger than one request may be. Nothing of it was stored."),
        cures=[
            _("Go back and send the files one by one; each may have up to 10 MB."),
            _("A scan in black and white at 150 dots per inch is usually small enough."),
        ],
    )


def too_many(request: HttpRequest, exception: Exception | None = None, *, wait: int = 60) -> HttpResponse:
    """For throttled requests; `wait` in seconds goes into Retry-After."""
    response = error_page(
        HTTPStatus.TOO_MANY_REQUESTS,
        title=_("Too many attempts in a short time"),
        text=_("To protect every account we let only so many attempts through in a minute."),
        cures=[_("Wait a minute or two and try again. Nothing you have stored is lost.")],
    )
    response["Retry-After"] = str(wait)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500."""
    return error_page(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        title=_("Something went wrong on our side"),
        text=_("The fault is ours, and it has been noted. What you stored before is safe."),
        cures=[
            _("Go back and try once more: a step that was carried out already is not carried out twice."),
            _("If a deadline is near and the fault stays, write to the Access Broker of your region now."),
        ],
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For forms whose security key is missing or too old (setting CSRF_FAILURE_VIEW)."""
    return error_page(
        HTTPStatus.FORBIDDEN,
        title=_("This form has grown too old"),
        text=_("For your safety a form can only be sent from the page and the sign-in it was made for."),
        cures=[
            _("Go back, reload the page and send the form again. Copy long texts first."),
            _(
                "If it happens every time, allow cookies for this site: we use one for your sign-in and one for forms."
            ),
        ],
    )


def error_page(status: HTTPStatus, *, title: str, text: str, cures: list[str]) -> HttpResponse:
    """The page; plain HTML where even its template cannot be rendered."""
    context: dict[str, Any] = {"status": int(status), "title": title, "text": text, "cures": cures}
    body: str
    try:
        body = render_to_string("ui/error.html", context)
    except Exception:  # noqa: BLE001 - the last page of all may not fail
        body = f"<!DOCTYPE html><title>{escape(title)}</title><h1>{escape(title)}</h1><p>{escape(text)}</p>"
    return HttpResponse(body, status=status)

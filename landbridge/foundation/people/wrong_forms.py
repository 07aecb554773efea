"""allauth answers a wrong form with 200; here it is a 422, as on every other page."""

from __future__ import annotations

from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.deprecation import MiddlewareMixin


class WrongFormsMiddleware(MiddlewareMixin):
    """Pages whose template is drawn late are those of allauth; ours answer with the status of their form."""

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> HttpResponse:
        shown = (response.context_data or {}).values()
        is_wrong = any(isinstance(form, BaseForm) and form.is_bound and form.errors for form in shown)
        if is_wrong and request.method == "POST" and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

"""Landbridge's addresses, and two views to compare with: nothing at all, and Django's own list without our page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.generic import ListView

from landbridge.applications.models import Application
from landbridge.config.urls import (  # noqa: F401 - Django looks for the handlers here
    handler400,
    handler403,
    handler404,
    handler429,
    handler500,
)

ROWS = """<!DOCTYPE html><title>Applications</title><table>{% for row in page_obj %}<tr><td>{{ row.number }}<td>
{{ row.title }}<td>{{ row.applicant.name }}<td>{{ row.provider.name }}<td>{{ row.offer.name }}<td>{{ row.state }}
{% endfor %}</table>"""


def empty(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """What Django and the middleware take, whatever the page."""
    return HttpResponse("<!DOCTYPE html><title>Empty</title>")


class BareList(ListView[Application]):
    """50 rows as Django's tutorial lists them, related rows loaded with them: a table without a page around it."""

    queryset = Application.objects.select_related("applicant", "provider", "offer").order_by("-pk")
    paginate_by = 50

    def render_to_response(self, context: dict[str, object], **_kwargs: object) -> HttpResponse:
        return HttpResponse(_table.render(context, self.request))


_table = engines["django"].from_string(ROWS)
urlpatterns = [
    path("benchmark/empty", empty),
    path("benchmark/list", BareList.as_view()),
    path("", include("landbridge.config.urls")),
]

"""Pages for those who keep records: the list, one record with its grade and next step, and the broker's gate."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from landbridge.catalogue.models import Record
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P


@needs(P.RECORD_SEE)
@require_GET
def kept_records(request: Request) -> HttpResponse:
    """The records that this hat keeps."""
    return HttpResponse(f"{Record.objects.kept_by(request.actor).count()}")


@needs(P.RECORD_SEE)
@require_GET
def kept(request: Request, pk: int) -> HttpResponse:
    """One record, for those who keep it."""
    return HttpResponse(get_object_or_404(Record.objects.visible_to(request.actor), pk=pk).name)


@needs(P.RECORD_PUBLISH)
@require_GET
def gate(request: Request, pk: int) -> HttpResponse:
    """What a broker looks at before a record is published."""
    return kept(request, pk)

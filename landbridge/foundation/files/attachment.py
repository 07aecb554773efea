"""The one way out: a file is downloaded, never shown inside our pages."""

from __future__ import annotations

import logging

from django.http import FileResponse, Http404

from landbridge.foundation.files.models import StoredFile

logger = logging.getLogger(__name__)


def attachment(stored: StoredFile) -> FileResponse:
    """The file as a streamed download. The view has decided before whether this actor may see it.

    Raises Http404, and logs an error, when the content is missing on the disk.
    """
    try:
        content = stored.path.open("rb")
    except FileNotFoundError:
        logger.exception("The content of file %s (%s) is missing.", stored.pk, stored.sha256)
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response

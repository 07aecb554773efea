"""Pages of the sources of imports: all with their last file, one with all its files, and the form of one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.catalogue.actions import importing as actions
from landbridge.catalogue.forms.importing import SourceForm
from landbridge.catalogue.models import Import, Source
from landbridge.catalogue.queries import importing as queries
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


def crumbs_of(source: Source) -> list[Crumb]:
    """The trail to a source."""
    return [Crumb(_("Imports"), reverse("catalogue:imports")), Crumb(source.name, source.get_absolute_url())]


@needs(P.RECORD_IMPORT)
@require_GET
def imports(request: Request) -> HttpResponse:
    """The sources that this hat imports from, each with its last file."""
    page = page_of(request, queries.sources_listed(Source.objects.visible_to(request.actor)))
    latest = queries.latest_imports(list(page.object_list))
    for row in page.object_list:
        row.latest = latest.get(row.pk)
    return render(request, "catalogue/importing/sources.html", {"page": page})


@needs(P.RECORD_IMPORT)
@require_GET
def source(request: Request, pk: int) -> HttpResponse:
    """What is known of a source, and the files that were read."""
    found = get_object_or_404(queries.sources_listed(Source.objects.visible_to(request.actor)), pk=pk)
    rows = queries.imports_listed(Import.objects.visible_to(request.actor), source=found.key)
    context = {
        "source": found,
        "page": page_of(request, rows, size=20),
        "breadcrumbs": [*crumbs_of(found)[:1], Crumb(found.name)],
    }
    return render(request, "catalogue/importing/source.html", context)


@needs(P.RECORD_IMPORT)
def source_new(request: Request) -> HttpResponse:
    """Name a source."""
    form = SourceForm(posted(request), actor=request.actor)
    return form_page(
        request,
        form,
        act=lambda: actions.add_source(
            key=form.cleaned_data["key"],
            region=form.cleaned_data.get("region"),
            **form.details(),
            by=request.actor,
            at=request.now,
        ),
        title=_("New source"),
        save=_("Save the source"),
        lead=_(
            "A directory of others whose records stand in this catalogue: a national list, a university, ROR."
        ),
        done=_("Saved. Now hand over its file."),
        crumbs=[Crumb(_("Imports"), reverse("catalogue:imports"))],
    )


@needs(P.RECORD_IMPORT)
def source_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is said of a source."""
    rows = Source.objects.visible_to(request.actor).select_related("organisation")
    found = get_object_or_404(rows, pk=pk)
    form = SourceForm(posted(request), actor=request.actor, source=found)
    return form_page(
        request,
        form,
        act=lambda: actions.edit_source(
            source_id=found.pk,
            **form.details(),
            by=request.actor,
            at=request.now,
        ),
        title=_("Edit the source"),
        save=_("Save the source"),
        done=_("Saved."),
        crumbs=crumbs_of(found),
    )

"""Writing a record: which kind, then one form; what another person saved meanwhile is shown, never lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.catalogue import actions, queries
from landbridge.catalogue.forms.keeping import BeginningForm, RecordForm
from landbridge.catalogue.models import Record
from landbridge.catalogue.states import KIND_NAMES, Kind
from landbridge.catalogue.views.shared import crumbs_of, kept_record, page_of_kept
from landbridge.foundation.operations.form_pages import posted
from landbridge.foundation.operations.once import once
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.parts import Crumb


@needs(P.RECORD_EDIT)
@require_GET
def beginning(request: Request) -> HttpResponse:
    """Which kind of record, and of which organisation."""
    choices = queries.organisations_for(request.actor)
    data = request.GET if "kind" in request.GET else None
    form = BeginningForm(data, organisations=choices)
    if data is not None and form.is_valid():
        chosen = {"organisation": form.cleaned_data["organisation"]}
        kind = form.cleaned_data["kind"]
        return redirect(f"{reverse('catalogue:writing_new', args=[kind])}?{urlencode(chosen)}")
    crumbs = [Crumb(_("Catalogue"), reverse("catalogue:kept_records")), Crumb(_("New record"))]
    return render(
        request,
        "catalogue/keeping/beginning.html",
        {"form": form, "breadcrumbs": crumbs},
        status=form.http_status,
    )


@needs(P.RECORD_EDIT)
def writing_new(request: Request, kind: str) -> HttpResponse:
    """The form of a new record."""
    choices = dict(queries.organisations_for(request.actor))
    wanted = request.GET.get("organisation", "") or str(next(iter(choices), ""))
    organisation_id = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0
    if kind not in list(Kind) or organisation_id not in choices:
        raise Http404
    form = RecordForm(posted(request), kind=kind, organisation_id=organisation_id, values={})

    def write() -> Record:
        values = form.values(today=_today(request.now))
        record = actions.create(
            kind=kind, organisation_id=organisation_id, values=values, by=request.actor, at=request.now
        )
        _propose(form, record, request)
        return record

    if request.method == "POST" and form.is_valid():
        try:
            return _written(request, once(request, write), form)
        except Refused as refusal:
            form.refuse(refusal)
    crumbs = [Crumb(_("Catalogue"), reverse("catalogue:kept_records")), Crumb(_(KIND_NAMES[Kind(kind)]))]
    title = _("New: %(kind)s") % {"kind": _(KIND_NAMES[Kind(kind)])}
    return _form_page(
        request, form, title=title, eyebrow=choices[organisation_id], crumbs=crumbs, back=reverse("catalogue:kept_records")
    )  # fmt: skip


@needs(P.RECORD_EDIT)
def writing(request: Request, pk: int) -> HttpResponse:
    """The form of a record that is there."""
    record = kept_record(request.actor, pk)
    values = queries.values_of(record)
    form = RecordForm(
        posted(request), kind=record.kind, organisation_id=record.organisation_id, values=values, version=record.version
    )  # fmt: skip

    def write() -> Record:
        saved = actions.edit(
            record_id=record.pk,
            version=form.cleaned_data["version"] or 1,
            values=form.values(today=_today(request.now)),
            by=request.actor,
            at=request.now,
        )
        _propose(form, saved, request)
        return saved

    clash: actions.Stale | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return _written(request, once(request, write), form)
        except actions.Stale as stale:
            clash = stale
            form.refuse(stale)
            form.at_version(stale.version)
        except Refused as refusal:
            form.refuse(refusal)
    return _form_page(
        request, form, title=_("Edit: %(name)s") % {"name": record.name}, eyebrow=record.organisation.name,
        crumbs=crumbs_of(record), back=page_of_kept(record.pk), clash=clash, theirs=_theirs(form, clash),
    )  # fmt: skip


def _today(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.LANDBRIDGE_TIME_ZONE)).date()


def _propose(form: RecordForm, record: Record, request: Request) -> None:
    for name in form.proposals:
        if request.actor.may(P.COMPETENCE_PROPOSE):
            actions.vocabulary.propose(name=name, record_id=record.pk, by=request.actor, at=request.now)


def _written(request: Request, record: Record, form: RecordForm) -> HttpResponse:
    messages.success(request, _("Saved."))
    if form.proposals:
        text = _("Proposed to the office for the list of competences: %(names)s.")
        messages.info(request, text % {"names": ", ".join(form.proposals)})
    if "more" in request.POST:
        return redirect("catalogue:writing", pk=record.pk)
    return redirect(page_of_kept(record.pk))


def _theirs(form: RecordForm, clash: actions.Stale | None) -> list[tuple[str, Any]]:
    """What another person wrote in the same places: label and text."""
    if clash is None:
        return []
    return [
        (str(form[name].label) if name in form.fields else name.capitalize(), _shown(value))
        for name, value in clash.merge.conflicts.items()
    ]


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(
            " · ".join(str(part) for part in one.values() if part) if isinstance(one, dict) else str(one)
            for one in value
        )
    return "" if value is None else str(value)


def _form_page(request: Request, form: RecordForm, *, crumbs: list[Crumb], **context: Any) -> HttpResponse:
    more = {"form": form, "breadcrumbs": [*crumbs, Crumb(_("Edit"))] if crumbs[-1].href else crumbs}
    return render(request, "catalogue/keeping/form.html", more | context, status=form.http_status)

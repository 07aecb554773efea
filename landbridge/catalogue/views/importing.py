"""Pages of one import: the file, what it would change, what somebody decides on, and its doubtful rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from landbridge.catalogue.actions import importing as actions
from landbridge.catalogue.forms.importing import DoubtForm, ImportForm, TakingOverForm
from landbridge.catalogue.models import Change, Import
from landbridge.catalogue.queries import importing as queries
from landbridge.catalogue.rules.importing import FIELD_NAMES
from landbridge.catalogue.states import IMPORTING, KIND_NAMES, Load, Read, What
from landbridge.catalogue.tasks import importing as tasks
from landbridge.catalogue.views.sources import crumbs_of
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.formatting import country, moment
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb

# The order in which somebody looks at what a file brings; what stays the same is counted alone.
LOOKED_AT = (What.DOUBTFUL, What.CHANGED, What.NEW, What.GONE, What.UNREADABLE)


@needs(P.RECORD_IMPORT)
def import_new(request: Request) -> HttpResponse:
    """Hand over a file; a job reads it, and nothing changes before somebody decides."""
    files = request.FILES if request.method == "POST" else None
    form = ImportForm(posted(request), files, actor=request.actor, source=request.GET.get("source", ""))
    return form_page(
        request,
        form,
        act=lambda: tasks.begun(
            lambda: actions.begin(
                source_id=form.cleaned_data["source"].pk,
                file=form.cleaned_data["file"],
                by=request.actor,
                at=request.now,
            )
        ),
        title=_("Import a file"),
        save=_("Read the file"),
        lead=_("It is read and compared first. You see what it would change, and decide then."),
        crumbs=[Crumb(_("Imports"), reverse("catalogue:imports"))],
    )


@needs(P.RECORD_IMPORT)
@require_GET
def import_seen(request: Request, pk: int) -> HttpResponse:
    """How far an import is, what its file brings, and what is to be decided; a script asks for its progress alone."""
    if not request.htmx:
        return _page(request, pk)
    found = _seen_by(request.actor, pk)
    if found.state not in (Read.READING, Read.RUNNING):
        return HttpResponseClientRefresh()
    return render(request, "catalogue/importing/_progress.html", {"found": found, **_progress(found)})


@needs(P.RECORD_IMPORT)
def import_taking_over(request: Request, pk: int) -> HttpResponse:
    """Decide that the file is right; after an alarm, with the reason."""
    found, form = _seen_by(request.actor, pk), TakingOverForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: tasks.begun(
            lambda: actions.take_over(
                import_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
            )
        ),
        title=_("Take it over"),
        lead=_("Records are written, none is removed. Locked fields keep what stands there."),
        done=_("It is being taken over."),
        crumbs=[*crumbs_of(found.source), Crumb(_name_of(found), found.get_absolute_url())],
    )


@needs(P.RECORD_IMPORT)
@require_POST
def import_dropping(request: Request, pk: int) -> HttpResponse:
    """Decide that nothing of the file is taken over."""
    found = _seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.drop(import_id=found.pk, by=request.actor, at=request.now),
        done=_("Dropped. Nothing was changed."),
        refused=lambda problems: _page(request, pk, problems=problems),
    )


@needs(P.RECORD_IMPORT)
def doubt(request: Request, pk: int) -> HttpResponse:
    """Say which organisation a doubtful row means; the next one follows."""
    rows = Change.objects.filter(of_import__in=Import.objects.visible_to(request.actor), what=What.DOUBTFUL)
    change = get_object_or_404(rows.select_related("of_import__source"), pk=pk)
    found, form = change.of_import, DoubtForm(posted(request), change=change)
    waiting = queries.doubts_listed(found).filter(decision="").exclude(pk=pk)
    if change.kind != "organisation":  # the other rows of this name are decided with it
        waiting = waiting.exclude(owner_key=change.owner_key)
    following = waiting.first()
    return form_page(
        request,
        form,
        act=lambda: tasks.decided(
            lambda: actions.decide(change_id=pk, **form.cleaned_data, by=request.actor, at=request.now)
        ),
        title=_("Which organisation is meant?"),
        eyebrow=_("Row %(row)s of %(source)s") % {"row": change.row, "source": found.source},
        lead=_("The file says: %(said)s. Rows of the same name follow your choice, in later files as well.")
        % {"said": ", ".join(_owner_in(change))},
        save=_("Decide"),
        done=_("Decided.") if following else _("Decided. No row waits any more."),
        to=reverse("catalogue:doubt", args=[following.pk]) if following else found.get_absolute_url(),
        back=found.get_absolute_url(),
        crumbs=[*crumbs_of(found.source), Crumb(_name_of(found), found.get_absolute_url())],
    )


def _page(request: Request, pk: int, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    found = _seen_by(request.actor, pk)
    there = [what for what in LOOKED_AT if found.counts.get(what)] if found.state in SHOWN else []
    wanted = request.GET.get("what", "")
    what = next((one for one in there if one == wanted), there[0] if there else None)
    page = page_of(request, _rows_of(found, what)) if what else None
    if page:
        _tell(found, page.object_list)
    context = {
        "found": found,
        "problems": problems,
        "page": page,
        "what": what,
        "tabs": [_tab(found, one, current=one == what) for one in there],
        "counts": [(_(one.label), count) for one in What if (count := found.counts.get(one, 0))],
        "next_doubt": queries.next_doubt(found) if What.DOUBTFUL in there and _may_decide(found) else None,
        "may_decide": _may_decide(found),
        "undecided": queries.undecided(found) if What.DOUBTFUL in there else 0,
        "may": {move: IMPORTING.allows(move, of=found, by=request.actor) for move in Load},
        "breadcrumbs": [*crumbs_of(found.source), Crumb(_name_of(found))],
        **_progress(found),
    }
    return render(request, "catalogue/importing/import.html", context, status=409 if problems else 200)


SHOWN = (Read.PREVIEW, Read.ALARM, Read.RUNNING, Read.DONE)


def _seen_by(actor: Actor, pk: int) -> Import:
    return get_object_or_404(Import.objects.visible_to(actor).select_related("source", "file"), pk=pk)


def _name_of(found: Import) -> str:
    return _("File of %(at)s") % {"at": moment(found.started_at)}


def _may_decide(found: Import) -> bool:
    return found.state in (Read.PREVIEW, Read.ALARM) or (
        found.state == Read.DONE and queries.is_latest(found)
    )


def _rows_of(found: Import, what: What) -> Any:
    return queries.doubts_listed(found) if what == What.DOUBTFUL else queries.changes_listed(found, what=what)


def _tab(found: Import, what: What, *, current: bool) -> dict[str, Any]:
    return {
        "label": _(what.label),
        "href": f"{found.get_absolute_url()}?what={what}",
        "current": current,
        "count": found.counts[what],
    }


def _progress(found: Import) -> dict[str, int]:
    """How many rows were done, and of how many; none where that is not known yet."""
    if found.state == Read.READING:
        return {"done": found.rows, "of": max(found.source.rows_last_time or 0, found.rows)}
    of = sum(count for what, count in found.counts.items() if what not in (What.DOUBTFUL, What.UNREADABLE))
    return {"done": min(found.done_rows, of), "of": of}


def _tell(found: Import, changes: Iterable[Any]) -> None:
    """Put into words what each row brings: what it is called, what it was and would be."""
    rows = list(changes)
    gone = queries.known_by_key(found, [row.key for row in rows if row.what == What.GONE])
    for row in rows:
        row.known = row.record or gone.get(row.key)
        row.title = row.values.get("name") or (row.known.name if row.known else "") or row.key
        row.shown_kind = _(KIND_NAMES[row.kind]) if row.kind in KIND_NAMES else ""
        row.place = ", ".join(
            filter(None, (row.values.get("town"), country(row.values.get("country") or "")))
        )
        row.owner = row.values.get("owner", "")
        row.lines = _lines(row.differences.get("changes", {}))
        row.kept = _lines(row.differences.get("kept", {}))


def _lines(differences: dict[str, list[Any]]) -> list[tuple[str, str, str]]:
    return [
        (_(FIELD_NAMES.get(name, name)), _plain(before), _plain(after))
        for name, (before, after) in differences.items()
    ]


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _owner_in(change: Change) -> list[str]:
    """What a row says of the organisation that is meant."""
    said = change.values
    name = said.get("name") if change.kind == "organisation" else said.get("owner")
    place = said.get("town") if change.kind == "organisation" else ""
    return [part for part in (name or "", place or "", country(said.get("country") or "")) if part]

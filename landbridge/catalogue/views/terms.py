"""The list of competences, for everyone, and what the office decides on proposed terms."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.catalogue import actions, queries, rules
from landbridge.catalogue.forms.others import TermForm
from landbridge.catalogue.models import Competence
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, refuse
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@public
@require_GET
def terms(request: Request) -> HttpResponse:
    """All terms by name; the office finds those that wait on top."""
    rows: QuerySet[Competence] = (
        Competence.objects.accepted().select_related("broader").order_by("name", "pk")
    )
    may_decide = request.actor.may(P.COMPETENCE_DECIDE)
    used = set(Competence.objects.values_list("vocabulary", flat=True).distinct())
    context = {
        "page": page_of(request, rows, size=100),
        "may_decide": may_decide,
        "waiting": queries.terms_waiting()[:50] if may_decide else [],
        "licences": [text for name, text in rules.LICENCES.items() if name in used],
        "breadcrumbs": [
            Crumb(_("Catalogue"), reverse("catalogue:directory")),
            Crumb(_("List of competences")),
        ],
    }
    return render(request, "catalogue/keeping/terms.html", context)


@needs(P.COMPETENCE_DECIDE)
def term(request: Request, pk: int) -> HttpResponse:
    """Take a proposed term into the list, merge it with another, or leave it out."""
    found = get_object_or_404(queries.terms_waiting(), pk=pk)
    form = TermForm(posted(request), initial={"name": found.name})
    return form_page(
        request,
        form,
        act=lambda: _decided(found, form, request),
        title=found.name,
        save=_("Decide"),
        eyebrow=_("Proposed term"),
        lead=_("Proposed by %(name)s; records that carry it: %(count)s.")
        % {"name": found.proposed_by_name, "count": found.used},  # type: ignore[attr-defined]  # an annotation
        done=_("Decided."),
        to=reverse("catalogue:terms"),
        crumbs=[Crumb(_("List of competences"), reverse("catalogue:terms"))],
    )


def _decided(found: Competence, form: TermForm, request: Request) -> Competence:
    """Carry out what the form says; the other term is named in any spelling."""
    decision, typed = form.cleaned_data["decision"], form.cleaned_data["other"]
    other = queries.terms_called([typed]).get(typed) if typed else None
    if (typed and (other is None or not other.is_accepted)) or (decision == "merge" and other is None):
        refuse("no_such_term", N_("The list has no such term."), field="other")
    if decision == "merge" and other is not None:
        return actions.vocabulary.merge(term_id=found.pk, into_id=other.pk, by=request.actor, at=request.now)
    if decision == "refuse":
        return actions.vocabulary.refuse_term(term_id=found.pk, by=request.actor, at=request.now)
    return actions.vocabulary.accept(
        term_id=found.pk,
        name=form.cleaned_data["name"],
        broader_id=other.pk if other else None,
        by=request.actor,
        at=request.now,
    )

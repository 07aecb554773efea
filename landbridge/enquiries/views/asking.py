"""Asking a question, changing it, and finding one by the number that somebody said on the telephone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from landbridge.enquiries import actions, queries, rules
from landbridge.enquiries.forms import WANT, AskForm, as_asked, wanted_ids
from landbridge.enquiries.models import Enquiry
from landbridge.enquiries.views.shared import crumbs_of, seen_by
from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.parts import Crumb


@needs(P.ENQUIRY_ASK)
def asking(request: Request) -> HttpResponse:
    """Put a question to the desk; a directory's page may have filled in `?question=` or `?record=`."""
    form = _form(request, initial=_begun(request))
    data: Mapping[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    named = (
        {name: data.get(name, "") for name in ("person_name", "person_email")} if form.asks_for_others else {}
    )
    return form_page(
        request,
        form,
        act=lambda: actions.ask(
            asked=form.asked,
            company_id=int(data["company"]) if form.asks_for_others else None,
            **named,
            by=request.actor,
            at=request.now,
        ),
        title=_("Ask the network"),
        save=_("Send it to the desk"),
        done=_("Your question is with the desk. Nothing has left it."),
        crumbs=[Crumb(_("Enquiries"), reverse("enquiries:enquiries"))],
        template="enquiries/asking.html",
    )


@needs(P.ENQUIRY_ASK)
def question(request: Request, pk: int) -> HttpResponse:
    """Change a question while it is open."""
    found = seen_by(request.actor, pk)
    initial = as_asked(found, queries.wants_of(found))
    form = _form(request, initial=initial, version=found.version)
    return form_page(
        request,
        form,
        act=lambda: actions.revise(
            enquiry_id=found.pk, version=form.seen, asked=form.asked, by=request.actor, at=request.now
        ),
        title=_("Change the question"),
        save=_("Save the question"),
        done=_("Saved. The other side was told."),
        crumbs=crumbs_of(found),
        template="enquiries/asking.html",
    )


@needs(P.ENQUIRY_SEE)
@require_GET
def number(request: Request) -> HttpResponse:
    """The enquiry with this number; said wrongly, those that may be meant."""
    said = request.GET.get("number", "")[:40]
    meant = rules.meant_by(said)
    rows = Enquiry.objects.visible_to(request.actor).filter(number__in=meant)
    found = list(rows.select_related("company").order_by("number"))
    if len(found) == 1 and rules.is_right(rules.digits_of(said)):
        return redirect(found[0])
    context = {
        "said": said,
        "found": found,
        "is_right": rules.is_right(rules.digits_of(said)),
        "breadcrumbs": [Crumb(_("Enquiries"), reverse("enquiries:enquiries")), Crumb(_("Find by number"))],
    }
    return render(request, "enquiries/number.html", context)


def _form(request: Request, *, initial: dict[str, Any], version: int = 0) -> AskForm:
    """The form with the competences it shows; a press on "Look" brings it back with more of them, unsent."""
    asks_for_others = not version and request.actor.role is not Role.SME
    companies = queries.companies_for(request.actor) if asks_for_others else None
    sent = posted(request)
    looks = sent is not None and "look" in sent
    values: Mapping[str, Any] = sent if sent is not None else initial
    terms = _offered(values, all_terms=queries.all_terms())
    if looks and sent is not None:
        return AskForm(initial=_kept(sent), terms=terms, companies=companies, version=version)
    return AskForm(sent, initial=initial, terms=terms, companies=companies, version=version)


def _offered(values: Mapping[str, Any], *, all_terms: list[rules.Term]) -> list[rules.Term]:
    """What was shown or chosen before, what was looked for, and what the text speaks of."""
    by_id = {term.pk: term for term in all_terms}
    chosen = [by_id[pk] for pk in wanted_ids(values) if pk in by_id]
    looked = rules.looked_up(str(values.get("find") or "")[:100], terms=all_terms)
    text = f"{values.get('title') or ''}\n{values.get('confidential_text') or ''}"[: rules.LONGEST_TEXT]
    spoken_of = rules.proposed(text, terms=all_terms)
    return list({term.pk: term for term in (*chosen, *looked, *spoken_of)}.values())


def _kept(sent: Any) -> dict[str, Any]:
    """What was typed so far, as first values of the form that comes back unsent."""
    several = ("languages", "access_modes")
    return {name: sent.getlist(name) if name in several else sent.get(name) for name in sent}


def _begun(request: Request) -> dict[str, Any]:
    """What the directory's pages filled in: the words that were searched for, or the offer that was looked at."""
    words = request.GET.get("question", "")[: rules.LONGEST_TEXT]
    begun: dict[str, Any] = {
        "title": words[: rules.LONGEST_TITLE],
        "confidential_text": words if len(words) > 150 else "",
    }
    record = queries.record_to_ask_about(request.GET.get("record", ""))
    if record is not None:
        begun["title"] = (
            begun["title"] or (_("About: %(name)s") % {"name": record.name})[: rules.LONGEST_TITLE]
        )
        begun["confidential_text"] = begun["confidential_text"] or _(
            "We found “%(name)s” in the directory and would like to know:"
        ) % {"name": record.name}
        begun |= {f"{WANT}{term.pk}": 2 for term in record.competences.all()}
    return begun

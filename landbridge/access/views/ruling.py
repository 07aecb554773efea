"""The common rules: read by everyone, written by the office, signed by facilities."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from landbridge.access import actions, queries
from landbridge.access.forms import RulesForm, SignatureForm
from landbridge.access.models import RuleSet, Signature
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb


@public
@require_safe
def rules(request: Request) -> HttpResponse:
    """All versions of the common rules, the newest first."""
    rows = queries.versions(RuleSet.objects.visible_to(request.actor))
    context = {
        "page": page_of(request, rows),
        "current": queries.in_force(request.now.date()),
        "writes": request.actor.may(P.ACCESS_RULES),
        "breadcrumbs": [Crumb(_("Common rules of access"))],
    }
    return render(request, "access/rules.html", context)


@public
@require_safe
def rule_set(request: Request, pk: int) -> HttpResponse:
    """One version: its text, and who signed it with which deviations."""
    found = _seen_by(request.actor, pk)
    context = {
        "found": found,
        "sections": queries.sections_of(found.text),
        "page": page_of(request, queries.signed_by(found)),
        "signature": queries.signature_for(found, request.actor)
        if request.actor.may(P.ACCESS_SIGN)
        else None,
        "may_sign": request.actor.may(P.ACCESS_SIGN) and found.published_at is not None,
        "writes": request.actor.may(P.ACCESS_RULES) and found.published_at is None,
        "breadcrumbs": [*_crumbs(), Crumb(found.version)],
        "sees_history": request.actor.may(P.AUDIT_SEE),
    }
    return render(request, "access/rule_set.html", context)


@needs(P.ACCESS_RULES)
def rules_new(request: Request) -> HttpResponse:
    """Begin the next version, with the text of the one before."""
    former = queries.in_force(request.now.date())
    title, text = (former.title, former.text) if former else queries.starting_text()
    initial = {"title": title, "text": text}
    form = RulesForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.draft_rules(**form.cleaned_data, by=request.actor, at=request.now),
        title=_("A new version"),
        lead=_("It is a draft until you publish it; then it never changes."),
        save=_("Keep the draft"),
        crumbs=_crumbs(),
    )


@needs(P.ACCESS_RULES)
def rules_edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft."""
    found = _seen_by(request.actor, pk)
    initial = {name: getattr(found, name) for name in ("version", "title", "valid_from", "text")}
    form = RulesForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.edit_rules(
            rule_set_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Change the draft"),
        save=_("Keep the draft"),
        crumbs=[*_crumbs(), Crumb(found.version, found.get_absolute_url())],
    )


@needs(P.ACCESS_RULES)
@require_POST
def rules_publication(request: Request, pk: int) -> HttpResponse:
    """Publish a version for good."""
    found = _seen_by(request.actor, pk)
    return button_pressed(
        request,
        lambda: actions.publish_rules(rule_set_id=found.pk, by=request.actor, at=request.now),
        done=_("Published. Facilities that signed an earlier version are asked to sign this one."),
        back=found.get_absolute_url(),
    )


@needs(P.ACCESS_SIGN)
def signature(request: Request, pk: int) -> HttpResponse:
    """A facility signs."""
    found, form = _seen_by(request.actor, pk), SignatureForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.sign(
            rule_set_id=found.pk,
            deviations=form.cleaned_data["deviations"],
            by=request.actor,
            at=request.now,
        ),
        to=found.get_absolute_url(),
        title=_("Sign the common rules"),
        lead=_("Your organisation's name and its deviations are public; yours is not."),
        save=_("Sign"),
        done=_("Signed."),
        crumbs=[*_crumbs(), Crumb(found.version, found.get_absolute_url())],
    )


@needs(P.ACCESS_SIGN)
@require_POST
def signature_ending(request: Request, signature_pk: int) -> HttpResponse:
    """A facility no longer stands by its signature."""
    rows = Signature.objects.filter(organisation_id=request.actor.organisation_id or 0)
    found = get_object_or_404(rows.select_related("rule_set"), pk=signature_pk)
    return button_pressed(
        request,
        lambda: actions.end_signature(signature_id=found.pk, by=request.actor, at=request.now),
        to=found.rule_set.get_absolute_url(),
        done=_("Ended. What was agreed under it before stays as it is."),
    )


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Common rules of access"), reverse("access:rules"))]


def _seen_by(actor: Actor, pk: int) -> RuleSet:
    return get_object_or_404(RuleSet.objects.visible_to(actor), pk=pk)

"""Suggested edits: anyone's form on a public record, and what its keeper does with them."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.catalogue import actions, queries, rules
from landbridge.catalogue.forms.others import SuggestionForm
from landbridge.catalogue.models import Record, Suggestion
from landbridge.catalogue.views.shared import crumbs_of, kept_record, page_of_kept
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.errors import too_many
from landbridge.foundation.ui.forms import ReasonForm
from landbridge.foundation.ui.parts import Crumb

# Suggestions from one address in an hour; whoever has more to say writes to the desk.
MOST_IN_AN_HOUR = 10
AN_HOUR = 3600


@public
def suggestion(request: Request, pk: int) -> HttpResponse:
    """What somebody would change about a public record."""
    record = get_object_or_404(Record.objects.public().select_related("organisation", "region"), pk=pk)
    if request.method == "POST" and _is_one_too_many(request):
        return too_many(request, wait=AN_HOUR)
    values = queries.values_of(record)
    form = SuggestionForm(posted(request), initial={name: values[name] for name in rules.SUGGESTED_FIELDS})
    return form_page(
        request,
        form,
        act=lambda: actions.suggest(
            record_id=record.pk,
            values={name: form.cleaned_data[name] for name in rules.SUGGESTED_FIELDS},
            remark=form.cleaned_data["remark"],
            email=form.cleaned_data["email"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Suggest an edit"),
        save=_("Send the suggestion"),
        lead=_("Change what is wrong. Whoever keeps the record reads it; nothing changes before they agree."),
        done=_("Thank you. Whoever keeps the record was told."),
        to=record.get_absolute_url(),
        eyebrow=record.name,
        crumbs=[Crumb(record.name, record.get_absolute_url())],
    )


@needs(P.RECORD_EDIT)
@require_POST
def suggestion_acceptance(request: Request, pk: int) -> HttpResponse:
    """Its keeper takes a suggestion over."""
    found = _suggestion(request, pk)
    return button_pressed(
        request,
        lambda: actions.accept_suggestion(suggestion_id=found.pk, by=request.actor, at=request.now),
        done=_("Taken over."),
        to=page_of_kept(found.record_id),
    )


@needs(P.RECORD_EDIT)
def suggestion_refusal(request: Request, pk: int) -> HttpResponse:
    """Its keeper declines a suggestion."""
    found = _suggestion(request, pk)
    form = ReasonForm(posted(request), longest=rules.LONGEST_REASON)
    return form_page(
        request,
        form,
        act=lambda: actions.decline_suggestion(
            suggestion_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Decline the suggestion"),
        done=_("Declined."),
        to=page_of_kept(found.record_id),
        crumbs=crumbs_of(found.record),
    )


def _is_one_too_many(request: Request) -> bool:
    """Count this attempt; the address itself is not kept."""
    address = get_adapter(request).get_client_ip(request)
    key = f"suggestion:{salted_hmac('catalogue.suggestion', address, algorithm='sha256').hexdigest()}"
    cache.add(key, 0, AN_HOUR)
    return bool(cache.incr(key) > MOST_IN_AN_HOUR)


def _suggestion(request: Request, pk: int) -> Suggestion:
    found = Suggestion.objects.select_related("record").filter(pk=pk).first()
    if found is None:
        raise Http404
    kept_record(request.actor, found.record_id)
    return found

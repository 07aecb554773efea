"""What listeners do: sign up, join, ask, take it back, say what they thought, get their certificate."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from landbridge.foundation.calendar import calendar as calendar_of
from landbridge.foundation.exports import calendar_response
from landbridge.foundation.files.attachment import attachment
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.organisations.models import Organisation
from landbridge.webinars import actions, queries, rules
from landbridge.webinars.certificate import kept_certificate
from landbridge.webinars.forms import OpinionForm, QuestionForm, SignUpForm
from landbridge.webinars.models import SignUp
from landbridge.webinars.states import S, Signed
from landbridge.webinars.views.shared import crumbs_of, own_sign_up, seen_by, webinar_page


@needs(P.WEBINAR_ATTEND)
@require_GET
def mine(request: Request) -> HttpResponse:
    """One's own sign-ups."""
    rows = queries.joined_lately(request.actor)
    first = rows.first()
    context = {
        "page": page_of(request, rows),
        "feed": first.calendar_key if first else "",
        "now": request.now,
    }
    return render(request, "webinars/mine.html", context)


@needs(P.WEBINAR_ATTEND)
def sign_up(request: Request, slug: str) -> HttpResponse:
    """Sign up: two fields, filled in."""
    found, actor = seen_by(request.actor, slug), request.actor
    person = get_object_or_404(Person, pk=actor.person_id)
    own = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    initial = {"name": person.name, "organisation_name": own.name if own else ""}
    form = SignUpForm(posted(request), initial=initial)
    lead = (
        _("It will be recorded; listeners are not seen or heard unless they speak.")
        if found.will_be_recorded
        else ""
    )
    return form_page(
        request,
        form,
        act=lambda: actions.sign_up(webinar_id=found.pk, **form.cleaned_data, by=actor, at=request.now),
        title=_("Sign up"),
        eyebrow=found.title,
        lead=lead,
        done=_("Done. What comes next is on this page."),
        to=found.get_absolute_url(),
        crumbs=crumbs_of(found),
    )


@needs(P.WEBINAR_ATTEND)
@require_POST
def sign_up_cancellation(request: Request, slug: str) -> HttpResponse:
    """Take one's sign-up back."""
    own = own_sign_up(request, slug)
    return button_pressed(
        request,
        lambda: actions.cancel_sign_up(sign_up_id=own.pk, by=request.actor, at=request.now),
        refused=lambda problems: webinar_page(request, slug, problems=problems),
        done=_("Your sign-up is cancelled."),
        to=own.webinar.get_absolute_url(),
    )


@needs(P.WEBINAR_ATTEND)
@require_GET
def join(request: Request, slug: str) -> HttpResponse:
    """The address to join, for those who have a place."""
    own = own_sign_up(request, slug)
    found = own.webinar
    if own.state != Signed.SIGNED_UP or found.state != S.PUBLISHED:
        raise Http404
    context = {"found": found, "zone": found.time_zone, "breadcrumbs": [*crumbs_of(found), Crumb(_("Join"))]}
    return render(request, "webinars/join.html", context)


@needs(P.WEBINAR_ATTEND)
def question(request: Request, slug: str) -> HttpResponse:
    """Ask the speakers."""
    own = own_sign_up(request, slug)
    form = QuestionForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.ask(sign_up_id=own.pk, **form.cleaned_data, by=request.actor, at=request.now),
        title=_("Ask the speakers"),
        save=_("Send"),
        done=_("Sent. The answer comes by letter and on this page."),
        to=own.webinar.get_absolute_url(),
        crumbs=crumbs_of(own.webinar),
    )


@needs(P.WEBINAR_ATTEND)
def opinion(request: Request, slug: str) -> HttpResponse:
    """Say what one thought."""
    own = own_sign_up(request, slug)
    form = OpinionForm(posted(request))
    return form_page(
        request,
        form,
        act=lambda: actions.give_opinion(
            sign_up_id=own.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("What did you think?"),
        save=_("Send"),
        done=_("Thank you."),
        to=own.webinar.get_absolute_url(),
        crumbs=crumbs_of(own.webinar),
    )


@needs(P.WEBINAR_ATTEND)
@require_GET
def certificate(request: Request, slug: str) -> HttpResponseBase:
    """The certificate of attendance, for whoever was there long enough."""
    own = own_sign_up(request, slug)
    if not rules.is_certified(minutes=own.minutes, needed=own.webinar.certificate_minutes):
        raise Http404
    return attachment(kept_certificate(own, at=request.now))


@public
@require_GET
def slides(request: Request, slug: str) -> HttpResponseBase:
    """The slides, for those who may hear it again."""
    found = seen_by(request.actor, slug)
    parts = queries.parts_of(found, actor=request.actor, at=request.now)
    if found.slides is None or not (parts.may_hear_again or parts.is_kept):
        raise Http404
    return attachment(found.slides)


@public
@require_safe
def calendar_feed(request: Request, key: str) -> HttpResponse:
    """The private calendar of one listener: every webinar for which they have a place."""
    if not key.isprintable():
        raise Http404
    holder = get_object_or_404(SignUp, calendar_key=key)
    rows = SignUp.objects.filter(person_id=holder.person_id or 0, state=Signed.SIGNED_UP)
    rows = rows.select_related("webinar").order_by("-webinar__starts_at", "pk")[:200]
    entries = [entry for own in rows for entry in queries.entries_of(own.webinar)]
    octets = calendar_of(entries, name=_("My webinars"), at=request.now)
    return calendar_response(octets, filename="webinars")

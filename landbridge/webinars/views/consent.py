"""A speaker says what may be shown, by the link of a letter, without an account."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from landbridge.foundation.operations.form_pages import form_page, posted
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request, public
from landbridge.webinars import actions, queries
from landbridge.webinars.forms import ConsentForm
from landbridge.webinars.views.shared import crumbs_of


@public
def consent(request: Request, token: str) -> HttpResponse:
    """Opening it says nothing; the form does."""
    speaker = queries.speaker_of(token)
    if speaker is None:
        raise Http404
    said = {
        "to_recording": speaker.consents_to_recording_at is not None,
        "to_slides": speaker.consents_to_slides_at is not None,
    }
    form = ConsentForm(posted(request), initial=said)
    by = Actor(person_id=None, name=speaker.name)
    return form_page(
        request,
        form,
        act=lambda: actions.consent(speaker_id=speaker.pk, **form.cleaned_data, by=by, at=request.now),
        title=_("What may we show?"),
        eyebrow=speaker.webinar.title,
        lead=_(
            "You speak in this webinar. What you do not tick is not shown; you can come back and change your mind."
        ),
        save=_("Save"),
        done=_("Thank you. That is what holds now."),
        to=request.path,
        crumbs=crumbs_of(speaker.webinar)[:1],
    )

"""A story is shown to both sides, approved, published, withdrawn, taken up again."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.stories import actions, queries
from landbridge.stories.forms import ConsentForm, WithdrawalForm
from landbridge.stories.models import Story
from landbridge.stories.states import S
from landbridge.stories.views.shared import crumbs_of, language_name, seen_by, story_page, title_of


@needs(P.STORY_EDIT)
@require_POST
def showing(request: Request, slug: str) -> HttpResponse:
    """Put it before both sides."""
    return _pressed(request, slug, actions.show, _("Both sides have a letter now."))


@needs(P.STORY_PUBLISH)
@require_POST
def publication(request: Request, slug: str) -> HttpResponse:
    """Publish it."""
    return _pressed(request, slug, actions.publish, _("Everybody can read it now."))


@needs(P.STORY_EDIT)
@require_POST
def reopening(request: Request, slug: str) -> HttpResponse:
    """Take it up again."""
    return _pressed(request, slug, actions.reopen, _("It is a draft again."))


@needs(P.STORY_APPROVE)
def approval(request: Request, slug: str) -> HttpResponse:
    """One side reads the whole story as it will look, and says yes to exactly this version."""
    found = seen_by(request.actor, slug)
    if not found.shown_version:
        raise Http404
    number = found.shown_version
    sha256 = queries.hash_of(found, number)
    initial = {"number": number, "sha256": sha256}
    form = ConsentForm(posted(request), initial=initial)
    wordings = [
        (language, language_name(language), words) for language, words in queries.words_of(found, number)
    ]
    voices = queries.voices_of(found)
    side = queries.side_of(found, request.actor)
    return form_page(
        request,
        form,
        act=lambda: actions.approve(
            story_id=found.pk,
            number=form.cleaned_data["number"],
            sha256=form.cleaned_data["sha256"],
            by=request.actor,
            at=request.now,
        ),
        title=_("May we tell this story?"),
        save=_("Yes, this version may be published"),
        done=_("Thank you. It is published when both sides have said yes."),
        crumbs=crumbs_of(found, title_of(found)),
        template="stories/approval.html",
        found=found,
        wordings=wordings,
        pictures=queries.pictures_of(found),
        number=number,
        sha256=sha256,
        is_open=found.state == S.SHOWN and not any(one.side == side and one.approval for one in voices),
    )


@needs(P.STORY_APPROVE)
def withdrawal(request: Request, slug: str) -> HttpResponse:
    """One side takes its consent back."""
    found = seen_by(request.actor, slug)
    form = WithdrawalForm(posted(request))
    is_public = found.state == S.PUBLISHED
    return form_page(
        request,
        form,
        act=lambda: actions.withdraw(
            story_id=found.pk, reason=form.cleaned_data["reason"], by=request.actor, at=request.now
        ),
        title=_("Take our consent back") if is_public else _("Not like this"),
        lead=_("The story is gone from the public pages at once. You need no reason.")
        if is_public
        else _(
            "The story is not published. If something should be different, say what: the desk can write it anew."
        ),
        done=_("Done. The office and the desks have a letter."),
        crumbs=crumbs_of(found, title_of(found)),
        is_final=True,
    )


def _pressed(request: Request, slug: str, action: Callable[..., Story], done: str) -> HttpResponse:
    found = seen_by(request.actor, slug)
    return button_pressed(
        request,
        lambda: action(story_id=found.pk, by=request.actor, at=request.now),
        refused=lambda problems: story_page(request, slug, problems=problems),
        done=done,
    )

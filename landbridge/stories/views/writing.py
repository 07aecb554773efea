"""A desk or the office writes a story: begun from a collaboration, in languages, with pictures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.collaborations.models import Collaboration
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.stories import actions, queries
from landbridge.stories.forms import LanguageForm, NewPictureForm, PictureWordsForm, WordingForm
from landbridge.stories.models import Picture, Story
from landbridge.stories.rules import Words
from landbridge.stories.states import S
from landbridge.stories.views.shared import (
    crumbs_of,
    kept_crumbs,
    known_language,
    language_name,
    seen_by,
    story_page,
    title_of,
)


@needs(P.STORY_EDIT)
def new(request: Request, collaboration_pk: int) -> HttpResponse:
    """Begin the story of a collaboration, drafted from what both sides know."""
    rows = Collaboration.objects.visible_to(request.actor)
    found = get_object_or_404(rows, pk=collaboration_pk)
    standing = Story.objects.filter(collaboration=found).first()
    if standing is not None and request.method != "POST":
        return redirect(standing)
    form = LanguageForm(posted(request), initial={"language": get_language()})
    return form_page(
        request,
        form,
        act=lambda: actions.begin(
            collaboration_id=found.pk,
            language=form.cleaned_data["language"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Tell this story"),
        eyebrow=found.title,
        lead=_(
            "A first draft is made of what both sides know already: what they work on, the voucher, what followed. "
            "You write it on; nothing is public before both sides have said yes."
        ),
        save=_("Begin"),
        crumbs=[*kept_crumbs(), Crumb(found.number, found.get_absolute_url())],
    )


@needs(P.STORY_EDIT)
def text(request: Request, slug: str, language: str) -> HttpResponse:
    """Write it in one language."""
    found, language = seen_by(request.actor, slug), known_language(language)
    number = queries.work_number(found)
    there = dict(queries.words_of(found, number) or queries.words_of(found, found.shown_version))
    words = there.get(language)
    initial = {
        **({name: getattr(words, name) for name in Words.__dataclass_fields__} if words else {}),
        "version": found.version,
    }
    form = WordingForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.write(
            story_id=found.pk,
            language=language,
            words=form.words,
            version=form.cleaned_data["version"],
            by=request.actor,
            at=request.now,
        ),
        title=_("Write it in %(language)s") % {"language": language_name(language)},
        lead=_(
            "Both sides have read this version. What you change begins a new one, and both are asked anew; a public story is not public meanwhile."
        )
        if found.state not in (S.DRAFT, S.WITHDRAWN)
        else "",
        save=_("Save"),
        done=_("Saved."),
        to=f"{found.get_absolute_url()}?language={language}",
        crumbs=crumbs_of(found, title_of(found)),
    )


@needs(P.STORY_EDIT)
@require_POST
def text_removal(request: Request, slug: str, language: str) -> HttpResponse:
    """Take a language out."""
    found, language = seen_by(request.actor, slug), known_language(language)
    return button_pressed(
        request,
        lambda: actions.drop_language(story_id=found.pk, language=language, by=request.actor, at=request.now),
        refused=lambda problems: story_page(request, slug, problems=problems),
        done=_("Taken out."),
    )


@needs(P.STORY_EDIT)
def picture_new(request: Request, slug: str) -> HttpResponse:
    """Add a picture with its words."""
    found = seen_by(request.actor, slug)
    files = request.FILES if request.method == "POST" else None
    form = NewPictureForm(posted(request), files)
    return form_page(
        request,
        form,
        act=lambda: actions.add_picture(
            story_id=found.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Add a picture"),
        done=_("Added."),
        crumbs=crumbs_of(found, title_of(found)),
    )


@needs(P.STORY_EDIT)
def picture_words(request: Request, story_picture_pk: int) -> HttpResponse:
    """Other words for a picture."""
    picture = _picture(request, story_picture_pk)
    found = picture.story
    form = PictureWordsForm(posted(request), initial=PictureWordsForm.initial_of(picture))
    return form_page(
        request,
        form,
        act=lambda: actions.word_picture(
            picture_id=picture.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("The words of the picture"),
        save=_("Save"),
        done=_("Saved."),
        crumbs=crumbs_of(found, title_of(found)),
    )


@needs(P.STORY_EDIT)
@require_POST
def picture_removal(request: Request, story_picture_pk: int) -> HttpResponse:
    """Take a picture away."""
    picture = _picture(request, story_picture_pk)
    slug = picture.story.slug
    return button_pressed(
        request,
        lambda: actions.drop_picture(picture_id=picture.pk, by=request.actor, at=request.now),
        refused=lambda problems: story_page(request, slug, problems=problems),
        done=_("Taken away."),
        back=reverse("stories:story", args=[slug]),
    )


def _picture(request: Request, pk: int) -> Picture:
    seen = Story.objects.visible_to(request.actor).values("pk")
    rows = Picture.objects.filter(story__in=seen).select_related("story__collaboration")
    return get_object_or_404(rows, pk=pk)

"""What the pages of stories share: which one, the trail, and the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from landbridge.catalogue.open_data import json_ld
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import Problem
from landbridge.foundation.ui.parts import Crumb
from landbridge.stories import queries
from landbridge.stories.json_ld import story_document
from landbridge.stories.models import Story
from landbridge.stories.states import WORKFLOW, M, S, Side
from landbridge.stories.steps import next_step, way

SIDES = ("collaboration__company__region", "collaboration__provider__region", "programme")


def list_crumbs() -> list[Crumb]:
    """The trail to the public list."""
    return [Crumb(_("Stories"), reverse("stories:stories"))]


def kept_crumbs() -> list[Crumb]:
    """The trail to one's own list."""
    return [Crumb(_("Stories"), reverse("stories:kept"))]


def crumbs_of(found: Story, title: str) -> list[Crumb]:
    """The trail to one story, for those who have a part in it."""
    return [*kept_crumbs(), Crumb(title, found.get_absolute_url())]


def seen_by(actor: Actor, slug: str) -> Story:
    """A story in which somebody has a part; another's is not found."""
    return get_object_or_404(Story.objects.visible_to(actor).select_related(*SIDES), slug=slug)


def title_of(found: Story) -> str:
    """Its title in its own language, in the version of now."""
    words = queries.words_of(found, queries.work_number(found)) or queries.words_of(
        found, found.shown_version
    )
    return words[0][1].title if words else found.collaboration.title


def language_name(code: str) -> str:
    """What a language calls itself."""
    return dict(settings.LANGUAGES).get(code, code)


def language_in_words(code: str) -> str:
    """What the reader's language calls a language within a sentence: German is "allemand" in French."""
    name = str(get_language_info(code.partition("-")[0])["name_translated"])
    return name if (get_language() or "en")[:2] in {"de", "en", "nl"} else name.lower()


def languages_of(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Each code with what the language calls itself."""
    return [(code, language_name(code)) for code in codes]


def known_language(code: str) -> str:
    """The code, where pages can be read in it; Http404 else."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    return code


def story_page(request: Request, slug: str, *, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The story as everybody reads it, with what its writers, sides and the office may do."""
    found = get_object_or_404(Story.objects.select_related(*SIDES), slug=slug)
    is_part = Story.objects.visible_to(request.actor).filter(pk=found.pk).exists()
    if not is_part and found.state != S.PUBLISHED:
        if found.state == S.WITHDRAWN and found.published_at:
            return render(request, "stories/gone.html", {"breadcrumbs": list_crumbs()}, status=410)
        raise Http404
    actor = request.actor
    writes = is_part and actor.may(P.STORY_EDIT)
    number = (
        queries.work_number(found)
        if is_part and (writes or actor.organisation_id is None)
        else found.shown_version
    )
    wordings = queries.words_of(found, number) or queries.words_of(found, found.shown_version)
    language = queries.language_from(
        (code for code, _words in wordings), asked=request.GET.get("language", ""), reads=get_language() or ""
    )
    shown = queries.shown_in(wordings, language=language, number=number)
    if shown is None:
        raise Http404
    context = _reading(request, found, shown) | _keeping(found, actor, is_part=is_part, writes=writes)
    return render(
        request, "stories/story.html", context | {"problems": problems}, status=409 if problems else 200
    )


def _reading(request: Request, found: Story, shown: queries.Shown) -> dict[str, Any]:
    pictures = queries.pictures_of(found)
    addresses = [
        request.build_absolute_uri(reverse("stories:picture_file", args=[one.pk])) for one in pictures
    ]
    return {
        "found": found,
        "shown": shown,
        "pictures": pictures,
        "picture": addresses[0] if addresses else "",
        "languages": languages_of(shown.languages),
        "own_language": language_in_words(shown.language),
        "asked_language": language_in_words(shown.asked) if shown.asked else "",
        "address": urljoin(settings.LANDBRIDGE_ADDRESS, found.get_absolute_url()),
        "json_ld": json_ld.in_page(story_document(found, shown, pictures=addresses)),
        "accent": found.programme.accent if found.programme else "",
        "breadcrumbs": [*list_crumbs(), Crumb(shown.words.title)],
    }


def _keeping(found: Story, actor: Actor, *, is_part: bool, writes: bool) -> dict[str, Any]:
    """What those who have a part in it see beside it; nothing for everybody else."""
    if not is_part:
        return {"is_part": False}
    side: Side | None = queries.side_of(found, actor)
    voices = queries.voices_of(found)
    may = {
        "write": writes and found.state != S.WITHDRAWN,
        "withdraw": side is not None and WORKFLOW.allows(M.WITHDRAW, of=found, by=actor),
    }
    return {
        "is_part": True,
        "steps": way(found),
        "next": next_step(found, actor=actor, side=side, voices=voices),
        "voices": voices if found.shown_version else [],
        "may": may,
        "to_write": list(settings.LANGUAGES) if may["write"] else [],
        "sees_history": actor.may(P.AUDIT_SEE),
    }

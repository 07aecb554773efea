"""The public list, one story, its pictures, the feed; and the list of those who have a part in stories."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_GET, require_safe

from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Programme
from landbridge.stories import queries
from landbridge.stories.forms import KeptFilters, StoryFilters
from landbridge.stories.models import Picture, Story
from landbridge.stories.states import S
from landbridge.stories.views.shared import kept_crumbs, story_page

ON_A_PAGE = 12
IN_THE_FEED = 50
KEPT_FOR = 3600


@public
@require_safe
def stories(request: Request) -> HttpResponse:
    """What came of it, told by those who did it."""
    programmes = Programme.objects.filter(stories__state=S.PUBLISHED).distinct().order_by("name", "pk")
    filters = StoryFilters(
        request.GET or None,
        programmes=[(one.key, one.name) for one in programmes],
        countries_there=queries.countries(),
    )
    page = page_of(request, queries.public_stories(**filters.chosen), size=ON_A_PAGE)
    context = {
        "page": page,
        "cards": queries.cards(list(page.object_list), reads=get_language() or ""),
        "filters": filters,
        "keeps": request.actor.may(P.STORY_SEE),
        "breadcrumbs": [Crumb(_("Stories"))],
    }
    return render(request, "stories/stories.html", context)


@public
@require_safe
def story(request: Request, slug: str) -> HttpResponse:
    """One story; a withdrawn one is gone, and one that is not public is read by those who have a part in it."""
    return story_page(request, slug)


@public
@require_safe
def picture_file(request: Request, story_picture_pk: int) -> FileResponse:
    """A picture, shown inside pages: the drawing that was made anew, never the upload."""
    rows = Picture.objects.select_related("file", "story")
    found = get_object_or_404(rows, pk=story_picture_pk)
    is_public = found.story.state == S.PUBLISHED
    if not is_public and not Story.objects.visible_to(request.actor).filter(pk=found.story_id).exists():
        raise Http404
    if not found.file.path.exists():
        raise Http404
    response = FileResponse(found.file.path.open("rb"), content_type=found.file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin" if is_public else "same-origin"
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}" if is_public else "private, no-store"
    return response


@needs(P.STORY_SEE)
@require_GET
def kept(request: Request) -> HttpResponse:
    """Stories of one's desk, office or organisation, in every state."""
    filters = KeptFilters(request.GET or None)
    rows = queries.kept_listed(Story.objects.visible_to(request.actor), **filters.chosen)
    context = {
        "page": page_of(request, rows),
        "filters": filters,
        "writes": request.actor.may(P.STORY_EDIT),
        "keeps_news": request.actor.may(P.STORY_PUBLISH),
        "breadcrumbs": [Crumb(kept_crumbs()[0].label)],
    }
    return render(request, "stories/kept.html", context)


@public
@require_safe
@conditional_page
def feed(request: Request) -> HttpResponse:
    """Stories as Atom, for those who follow by reader; in the language of the address."""
    language = request.GET.get("language", "")
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        found = feedgenerator.Atom1Feed(
            title=_("Stories of the network"),
            link=urljoin(settings.LANDBRIDGE_ADDRESS, reverse("stories:stories")),
            description=_("What came of it, told by those who did it"),
            feed_url=urljoin(settings.LANDBRIDGE_ADDRESS, reverse("stories:feed")),
            language=language,
        )
        for card in queries.cards(list(queries.public_stories()[:IN_THE_FEED]), reads=language):
            address = urljoin(settings.LANDBRIDGE_ADDRESS, card.story.get_absolute_url())
            found.add_item(
                title=card.shown.words.title,
                link=address,
                description=card.shown.words.standfirst,
                unique_id=address,
                pubdate=card.story.published_at,
                updateddate=card.story.published_at,
            )
        text = found.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")

"""News: the public list, one of them, the feed; written and published by the office."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_GET, require_POST, require_safe

from landbridge.catalogue.open_data import json_ld
from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs, public
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.listing import page_of
from landbridge.foundation.ui.parts import Crumb
from landbridge.stories import actions, queries
from landbridge.stories.forms import NewNewsForm, NewsFilters, NewsForm
from landbridge.stories.json_ld import news_document
from landbridge.stories.models import News
from landbridge.stories.states import NEWS_WORKFLOW, NewsMove
from landbridge.stories.views.shared import known_language, language_in_words, language_name, languages_of

ON_A_PAGE = 20
IN_THE_FEED = 50


@public
@require_safe
def all_news(request: Request) -> HttpResponse:
    """What is new, the newest first."""
    page = page_of(request, queries.news_listed(request.actor), size=ON_A_PAGE)
    reads = get_language() or ""
    context = {
        "page": page,
        "rows": [(one, _shown(one, asked="", reads=reads)) for one in page.object_list],
        "keeps": request.actor.may(P.STORY_PUBLISH),
        "breadcrumbs": [Crumb(_("News"))],
    }
    return render(request, "stories/all_news.html", context)


@public
@require_safe
def news(request: Request, news_slug: str) -> HttpResponse:
    """One piece of news; a draft is read by those who keep it."""
    rows = News.objects.visible_to(request.actor).select_related("programme")
    found = get_object_or_404(rows, slug=news_slug)
    shown = _shown(found, asked=request.GET.get("language", ""), reads=get_language() or "")
    actor = request.actor
    keeps = actor.may(P.STORY_PUBLISH) and News.objects.kept_by(actor).filter(pk=found.pk).exists()
    context = {
        "found": found,
        "shown": shown,
        "languages": languages_of(shown.languages),
        "own_language": language_in_words(shown.language),
        "asked_language": language_in_words(shown.asked) if shown.asked else "",
        "address": urljoin(settings.LANDBRIDGE_ADDRESS, found.get_absolute_url()),
        "json_ld": json_ld.in_page(news_document(found, shown)),
        "keeps": keeps,
        "to_write": list(settings.LANGUAGES) if keeps else [],
        "may_publish": keeps and NEWS_WORKFLOW.allows(NewsMove.PUBLISH, of=found, by=actor),
        "may_withdraw": keeps and NEWS_WORKFLOW.allows(NewsMove.WITHDRAW, of=found, by=actor),
        "breadcrumbs": [Crumb(_("News"), reverse("stories:all_news")), Crumb(shown.title)],
    }
    return render(request, "stories/news.html", context)


@public
@require_safe
@conditional_page
def news_feed(request: Request) -> HttpResponse:
    """News as Atom, in the language of the address."""
    language = request.GET.get("language", "")
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        found = feedgenerator.Atom1Feed(
            title=_("News of the network"),
            link=urljoin(settings.LANDBRIDGE_ADDRESS, reverse("stories:all_news")),
            description=_("What is new"),
            feed_url=urljoin(settings.LANDBRIDGE_ADDRESS, reverse("stories:news_feed")),
            language=language,
        )
        for one in queries.news_listed(request.actor)[:IN_THE_FEED]:
            shown = _shown(one, asked="", reads=language)
            address = urljoin(settings.LANDBRIDGE_ADDRESS, one.get_absolute_url())
            found.add_item(
                title=shown.title,
                link=address,
                description=shown.lead,
                unique_id=address,
                pubdate=one.published_at,
                updateddate=one.published_at,
            )
        text = found.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@needs(P.STORY_PUBLISH)
@require_GET
def kept_news(request: Request) -> HttpResponse:
    """The office's news in every state."""
    filters = NewsFilters(request.GET or None)
    rows = queries.news_listed(request.actor, kept=True, **filters.chosen)
    context = {"page": page_of(request, rows), "filters": filters, "breadcrumbs": [Crumb(_("News"))]}
    return render(request, "stories/kept_news.html", context)


@needs(P.STORY_PUBLISH)
def news_new(request: Request) -> HttpResponse:
    """Begin a piece of news."""
    form = NewNewsForm(posted(request), initial={"language": get_language()})
    return form_page(
        request,
        form,
        act=lambda: actions.begin_news(**form.cleaned_data, by=request.actor, at=request.now),
        title=_("New piece of news"),
        save=_("Keep as a draft"),
        done=_("Kept. Nobody else reads it before you publish it."),
        crumbs=_crumbs(),
    )


@needs(P.STORY_PUBLISH)
def news_text(request: Request, news_slug: str, language: str) -> HttpResponse:
    """Write it in one language."""
    found, language = _kept(request, news_slug), known_language(language)
    is_own = language == found.language
    form = NewsForm(posted(request), initial=NewsForm.initial_of(found, language), may_be_empty=not is_own)
    return form_page(
        request,
        form,
        act=lambda: actions.write_news(
            news_id=found.pk, language=language, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Write it in %(language)s") % {"language": language_name(language)},
        lead="" if is_own else _("All three empty: the news is not there in this language."),
        save=_("Save"),
        done=_("Saved."),
        to=f"{found.get_absolute_url()}?language={language}",
        crumbs=[*_crumbs(), Crumb(found.title, found.get_absolute_url())],
    )


@needs(P.STORY_PUBLISH)
@require_POST
def news_publication(request: Request, news_slug: str) -> HttpResponse:
    """Publish it."""
    found = _kept(request, news_slug)
    return button_pressed(
        request,
        lambda: actions.publish_news(news_id=found.pk, by=request.actor, at=request.now),
        done=_("Everybody can read it now."),
        back=found.get_absolute_url(),
    )


@needs(P.STORY_PUBLISH)
@require_POST
def news_withdrawal(request: Request, news_slug: str) -> HttpResponse:
    """Take it away."""
    found = _kept(request, news_slug)
    return button_pressed(
        request,
        lambda: actions.withdraw_news(news_id=found.pk, by=request.actor, at=request.now),
        done=_("Taken away."),
        back=found.get_absolute_url(),
    )


def _shown(found: News, *, asked: str, reads: str) -> queries.ShownNews:
    there = (found.language, *found.texts)
    return queries.news_in(found, language=queries.language_from(there, asked=asked, reads=reads))


def _kept(request: Request, slug: str) -> News:
    return get_object_or_404(News.objects.kept_by(request.actor), slug=slug)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("News"), reverse("stories:kept_news"))]

"""Lists of stories and news: public, kept, and one story as a card."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from landbridge.foundation.permissions.actor import Actor
from landbridge.stories.models import News, Picture, Story, StoryRows, Wording
from landbridge.stories.queries.showing import Shown, language_from, shown_in
from landbridge.stories.rules import Words

WITH_SIDES = ("collaboration__company__region", "collaboration__provider__region", "programme")


@dataclass(frozen=True, slots=True)
class Card:
    """A story in a list."""

    story: Story
    shown: Shown
    picture: Picture | None


def public_stories(*, programme: str = "", country: str = "", text: str = "") -> QuerySet[Story]:
    """The published ones, the newest first: page, feed and press kit read the same."""
    rows: QuerySet[Story] = Story.objects.public().select_related(*WITH_SIDES)
    if programme:
        rows = rows.filter(programme__key=programme)
    if country:
        sides = Q(collaboration__company__country=country) | Q(collaboration__provider__country=country)
        rows = rows.filter(sides)
    if text:
        words = Q(title__icontains=text) | Q(standfirst__icontains=text) | Q(body__icontains=text)
        told = Wording.objects.filter(words, story=OuterRef("pk"), number=OuterRef("shown_version"))
        names = Q(collaboration__company__name__icontains=text) | Q(
            collaboration__provider__name__icontains=text
        )
        rows = rows.filter(Exists(told) | names)
    return rows.order_by("-published_at", "-pk")


def cards(stories: list[Story], *, reads: str) -> list[Card]:
    """Each in the reader's language where it has it, with its first picture. Two queries."""
    ids = [one.pk for one in stories]
    rows = Wording.objects.filter(story__in=ids, number=F("story__shown_version")).order_by("language")
    told: dict[int, list[tuple[str, Words]]] = {}
    for row in rows:
        words = Words(row.title, row.standfirst, "", "", "", row.is_machine)
        told.setdefault(row.story_id, []).append((row.language, words))
    pictures: dict[int, Picture] = {}
    for picture in Picture.objects.filter(story__in=ids).order_by("position", "pk"):
        pictures.setdefault(picture.story_id, picture)
    found = []
    for story in stories:
        wordings = sorted(told.get(story.pk, []), key=lambda one: one[0] != story.language)
        language = language_from((code for code, _words in wordings), asked="", reads=reads)
        shown = shown_in(wordings, language=language, number=story.shown_version)
        if shown is not None:
            found.append(Card(story, shown, pictures.get(story.pk)))
    return found


def countries() -> list[str]:
    """The countries from which a public story comes. One query."""
    rows = Story.objects.public().values_list(
        "collaboration__company__country", "collaboration__provider__country"
    )
    return sorted({code for pair in rows.order_by() for code in pair if code})


def kept_listed(rows: StoryRows, *, state: str = "", text: str = "") -> QuerySet[Story]:
    """Stories of a desk, an office or a side, those that changed last first."""
    found: QuerySet[Story] = rows.select_related(*WITH_SIDES)
    if state:
        found = found.filter(state=state)
    if text:
        found = found.filter(
            Q(collaboration__title__icontains=text)
            | Q(collaboration__company__name__icontains=text)
            | Q(collaboration__provider__name__icontains=text)
        )
    return found.order_by("-created_at", "-pk")


def news_listed(actor: Actor, *, kept: bool = False, state: str = "") -> QuerySet[News]:
    """What is public, the newest first; with `kept` everything that the actor keeps."""
    if kept:
        rows: QuerySet[News] = News.objects.kept_by(actor).select_related("programme")
        return (rows.filter(state=state) if state else rows).order_by("-created_at", "-pk")
    return News.objects.public().select_related("programme").order_by("-published_at", "-pk")


def public_addresses() -> list[str]:
    """The pages of all public stories and news, for the map of the site. Two queries."""
    stories = Story.objects.public().order_by("pk").only("slug")
    news = News.objects.public().order_by("pk").only("slug")
    return [one.get_absolute_url() for one in (*stories, *news)]

"""Invented follow-up: collaborations with a later life, what followed, next steps; their stories, and two news."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from landbridge.collaborations import actions as collaborations
from landbridge.collaborations.models import Collaboration
from landbridge.collaborations.rules import Following, Planned
from landbridge.collaborations.states import Followed, Owner
from landbridge.demonstration.people import PLACES
from landbridge.foundation.files.pictures import as_png, made_anew
from landbridge.foundation.money import euro
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import actor_under
from landbridge.stories import actions, queries
from landbridge.stories.models import News, Story
from landbridge.stories.rules import Words

NAME_OF = {place.key: place.name for place in PLACES}
SPEAKS = {
    "oresund": ("freja.holm", Role.SME),
    "mosan": ("elodie.marchand", Role.SME),
    "neckar": ("jonas.keller", Role.PROVIDER),
    "brabant": ("sanne.de-wit", Role.PROVIDER),
}
OFFICE = ("anke.reuter", Role.OFFICE)
CREDIT = "Drawn for the demonstration, CC0"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def is_there() -> bool:
    """Whether the stories were told before."""
    return News.objects.filter(is_demonstration=True).exists()


def play(*, at: datetime) -> None:
    """Four collaborations of the cast: three whose story is public, one whose story waits for a side; two news."""
    told = json.loads(Path(__file__).with_name("stories.json").read_text(encoding="utf-8"))
    for one in told["collaborations"]:
        found = _collaboration(one, at=at)
        _followed(found, one, at=at)
        _story(found, one, at=at)
    for one in told["news"]:
        _news(one, at=at - one["ago"] * DAY)


def _collaboration(one: dict[str, Any], *, at: datetime) -> Collaboration:
    began = at - one["began"] * DAY
    found = collaborations.note(
        company=NAME_OF[one["company"]],
        provider=NAME_OF[one["provider"]],
        title=one["title"],
        text=one["text"],
        instrument=one["instrument"],
        since=began.date(),
        is_demonstration=True,
        by=SYSTEM,
        at=began,
    )
    if "ended" in one:
        moment = at - one["ended"] * DAY
        by = _actor(*SPEAKS[one["company"]])
        collaborations.finish(
            collaboration_id=found.pk, on=moment.date(), reason=one["end"], by=by, at=moment
        )
    if "renewed" in one:
        moment = at - one["renewed"] * DAY
        by = _actor(*SPEAKS[one["provider"]])
        reason = "A joint project goes on from here."
        collaborations.renew(collaboration_id=found.pk, on=moment.date(), reason=reason, by=by, at=moment)
    return found


def _followed(found: Collaboration, one: dict[str, Any], *, at: datetime) -> None:
    for row in one["followed"]:
        moment = at - row["ago"] * DAY
        told = Following(
            Followed(row["kind"]),
            row["title"],
            moment.date(),
            amount_eur=euro(row["amount"]) if "amount" in row else None,
            funder=row.get("funder", ""),
            jobs=Decimal(row["jobs"]) if "jobs" in row else None,
        )
        by = _actor(*SPEAKS[one[row["by"]]])
        collaborations.tell_follow_on(collaboration_id=found.pk, told=told, by=by, at=moment + HOUR)
    if "step" in one:
        step = one["step"]
        planned = Planned(
            step["text"], Owner(step["owner"]), (at + step["in"] * DAY).date(), owner_name=step["who"]
        )
        by = _actor(*SPEAKS[one["provider" if step["owner"] == "company" else "company"]])
        collaborations.plan_for(collaboration_id=found.pk, planned=planned, by=by, at=at - 4 * DAY)


def _story(found: Collaboration, one: dict[str, Any], *, at: datetime) -> Story:
    told, by = one["story"], _actor(*OFFICE)
    moment = at - (told["ago"] + 10) * DAY
    story = actions.begin(collaboration_id=found.pk, language="en-gb", by=by, at=moment)
    for language, words in told["words"].items():
        actions.write(story_id=story.pk, language=language, words=Words(**words), by=by, at=moment + HOUR)
    picture = made_anew(ContentFile(_drawing(told["picture"]), name=f"{told['picture']}.png"))
    actions.add_picture(
        story_id=story.pk,
        picture=picture,
        alt=told["alt"],
        caption=told["caption"],
        credit=CREDIT,
        by=by,
        at=moment + 2 * HOUR,
    )
    story = actions.show(story_id=story.pk, by=by, at=moment + DAY)
    sha256 = queries.hash_of(story, story.shown_version)
    is_public = told["state"] == "published"
    for side in ("provider", "company") if is_public else ("provider",):
        actions.approve(
            story_id=story.pk,
            number=story.shown_version,
            sha256=sha256,
            by=_actor(*SPEAKS[one[side]]),
            at=moment + 3 * DAY,
        )
    if is_public:
        actions.publish(story_id=story.pk, by=by, at=at - told["ago"] * DAY)
    return story


def _news(one: dict[str, Any], *, at: datetime) -> None:
    by = _actor(*OFFICE)
    news = actions.begin_news(
        title=one["title"],
        lead=one["lead"],
        body=one["body"],
        language="en-gb",
        is_demonstration=True,
        by=by,
        at=at - DAY,
    )
    for language, words in one["texts"].items():
        actions.write_news(news_id=news.pk, language=language, **words, by=by, at=at - HOUR)
    actions.publish_news(news_id=news.pk, by=by, at=at)


def _drawing(name: str) -> bytes:
    """A drawing of 1200 by 675 points: of the demonstration, so that no real person's picture is needed."""
    drawn = Image.new("RGB", (1200, 675), "#eef3f4")
    pen = ImageDraw.Draw(drawn)
    if name == "optics":
        for place, width in ((300, 60), (560, 44), (800, 30)):
            pen.ellipse((place - width, 140, place + width, 535), outline="#0b6478", width=6, fill="#d5e8ec")
        for end in range(140, 560, 60):
            pen.line((40, end, 300, end, 560, 337 + (end - 337) // 2, 1080, 337), fill="#b8552b", width=4)
        pen.rectangle((1080, 250, 1110, 425), fill="#0b6478")
    else:
        for number in range(96):
            row, column = divmod(number, 12)
            left = 20 + column * 98 + (number * 37) % 40 + (row % 2) * 30
            top = 18 + row * 80 + (number * 53) % 30
            size = 34 + (number * 7) % 26
            is_marked = number % 3 == 0
            inside = "#b8552b" if is_marked else "#c8dade"
            box = (left, top, left + size, top + size)
            pen.ellipse(box, fill=inside, outline="#0b6478", width=5 if name == "coating" else 2)
    return as_png(drawn)


def _actor(key: str, role: Role) -> Actor:
    """The person of the cast under their hat of this role."""
    person = Person.objects.get(email__startswith=f"{key}@", email__endswith=".example")
    hat = Membership.objects.current().filter(person=person, role=role).order_by("pk")[0]
    return actor_under(hat, person=person)

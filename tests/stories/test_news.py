"""News is written by the office, published, translated, taken away; the press kit counts as of today."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landbridge.foundation import clock
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.stories import actions
from landbridge.stories.models import News
from landbridge.stories.states import S
from tests.cast import Cast
from tests.factories.stories import AT, NEWS, a_news, a_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def page(name: str, *args: object) -> str:
    return reverse(f"stories:{name}", args=args)


def post(client: Client, name: str, *args: object, **fields: Any) -> Any:
    return client.post(page(name, *args), {**fields, "operation_key": str(uuid.uuid4())})


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_office_writes_publishes_and_takes_away(cast: Cast):
    client = signed_in(cast.office)
    assert "No news yet" in client.get(page("kept_news")).content.decode()
    assert post(client, "news_new", **{**NEWS, "title": ""}).status_code == 422
    assert post(client, "news_new", **NEWS).status_code == 302
    news = News.objects.get()
    assert Client().get(news.get_absolute_url()).status_code == 404
    assert post(client, "news_publication", news.slug).status_code == 302
    shown = Client().get(news.get_absolute_url()).content.decode()
    assert "<em>answers</em>" in shown
    assert "application/ld+json" in shown
    assert NEWS["title"] in Client().get(page("all_news")).content.decode()
    assert NEWS["title"] in Client().get(page("news_feed")).content.decode()
    assert post(client, "news_publication", news.slug).status_code == 409
    assert post(client, "news_withdrawal", news.slug).status_code == 302
    assert Client().get(news.get_absolute_url()).status_code == 404
    assert NEWS["title"] not in Client().get(page("news_feed")).content.decode()
    assert "No news yet" in Client().get(page("all_news")).content.decode()


def test_further_languages_come_and_go(cast: Cast):
    news = a_news()
    given: dict[str, Any] = {"news_id": news.pk, "by": SYSTEM, "at": AT}
    actions.write_news(**given, language="de", title="Ein Titel", lead="Ein Satz", body="Text")
    here = news.get_absolute_url()
    assert "Ein Titel" in Client(HTTP_ACCEPT_LANGUAGE="de").get(here).content.decode()
    assert NEWS["title"] in Client(HTTP_ACCEPT_LANGUAGE="fr").get(here).content.decode()
    with pytest.raises(Refused, match="missing"):
        actions.write_news(**given, language="fr", title="Un titre", lead="", body="")
    with pytest.raises(Refused, match="stale"):
        actions.write_news(**given, language="de", title="T", lead="L", body="B", version=1)
    actions.write_news(**given, language="de", title="", lead="", body="")
    news.refresh_from_db()
    assert news.texts == {}


def test_only_its_own_office_keeps_a_programme_s_news(cast: Cast):
    news = a_news(by=cast.actor("office"), published=False)
    assert news.programme == cast.programme
    with pytest.raises(News.DoesNotExist):
        actions.publish_news(news_id=news.pk, by=cast.actor("other_office"), at=AT)
    with pytest.raises(NotAllowed):
        actions.publish_news(news_id=news.pk, by=cast.actor("zealand_broker"), at=AT)
    assert signed_in(cast.other_office).get(news.get_absolute_url()).status_code == 404
    assert signed_in(cast.zealand_broker).get(page("kept_news")).status_code == 403


def test_the_press_kit_has_figures_words_pictures_and_a_sheet(cast: Cast):
    a_story(cast, S.PUBLISHED)
    shown = Client().get(page("press")).content.decode()
    assert "Words to take over" in shown
    assert "as of 18\u00a0May\u00a02026" in shown
    sheet = Client().get(page("press_sheet"))
    assert (sheet["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")
    table = b"".join(Client().get(page("press_figures"))).decode()
    assert "code,name,value,unit,as_of,definition" in table
    of_one = Client().get(page("press"), {"programme": cast.programme.key}).content.decode()
    assert cast.programme.name in of_one

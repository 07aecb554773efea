"""A story is drafted from what both sides know, shown, approved by each for exactly one version, published, withdrawn."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from landbridge.collaborations import actions as collaborations
from landbridge.collaborations.rules import Following
from landbridge.collaborations.states import Followed
from landbridge.foundation import clock
from landbridge.foundation.money import euro
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.stories import actions, queries, rules
from landbridge.stories.models import Approval, Picture, Story, Wording
from landbridge.stories.rules import Words
from landbridge.stories.states import S
from landbridge.stories.views.shared import language_in_words
from tests.cast import Cast
from tests.factories.collaborations import a_collaboration
from tests.factories.stories import AT, BODY, WORDS, a_picture, a_story, said_yes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"stories:{name}", args=args)


def post(client: Client, name: str, *args: object, **fields: Any) -> Any:
    return client.post(page(name, *args), {**fields, "operation_key": str(uuid.uuid4())})


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def state_of(story: Story) -> str:
    story.refresh_from_db()
    return story.state


class TestRules:
    def test_the_hash_is_that_of_every_word_and_picture(self):
        seen = rules.Seen("a" * 64, "A hall", "", "Freja")
        whole = rules.sha256_of([("en-gb", WORDS), ("de", WORDS)], [seen])
        assert whole == rules.sha256_of([("de", WORDS), ("en-gb", WORDS)], [seen])
        assert whole != rules.sha256_of([("en-gb", WORDS)], [seen])
        assert whole != rules.sha256_of([("en-gb", WORDS), ("de", replace(WORDS, quoted="X"))], [seen])
        assert whole != rules.sha256_of([("en-gb", WORDS), ("de", WORDS)], [replace(seen, alt="A house")])

    def test_an_address_is_made_of_plain_letters(self):
        assert rules.slug_for("Où est l'épine ?", number=7) == "ou-est-l-epine-7"
        assert rules.slug_for("漢字", number=7) == "story-7"

    def test_what_is_shown_is_complete(self):
        found = [one.code for one in rules.problems_with_showing([("de", Words("T", "", "short"))])]
        assert found == ["no_standfirst", "too_short"]
        assert [one.code for one in rules.problems_with_showing([])] == ["no_words"]


class TestDrafting:
    def test_it_begins_with_what_both_sides_know(self, cast: Cast):
        known = a_collaboration(cast)
        told = Following(Followed.MONEY, "A grant", AT.date(), amount_eur=euro(40_000), funder="A fund")
        collaborations.tell_follow_on(collaboration_id=known.pk, told=told, by=SYSTEM, at=AT)
        for _ in range(2):
            story = actions.begin(
                collaboration_id=known.pk, language="en-gb", by=cast.actor("zealand_broker"), at=AT
            )
        words = Wording.objects.get(story=story)
        assert words.title == known.title
        assert "Danish Company ApS (Zealand)" in words.standfirst
        assert known.text in words.body
        assert "Follow-on money: A grant, A fund, €40,000" in words.body
        assert story.slug == f"maps-of-tissue-{story.pk}"
        with pytest.raises(NotAllowed):
            actions.begin(collaboration_id=known.pk, language="de", by=cast.actor("danish_sme"), at=AT)

    def test_a_stale_edit_and_a_quote_of_nobody_are_refused(self, cast: Cast):
        story = a_story(cast)
        given: dict[str, Any] = {"story_id": story.pk, "language": "en-gb", "by": SYSTEM, "at": AT}
        with pytest.raises(Refused, match="stale"):
            actions.write(**given, words=WORDS, version=story.version - 1)
        with pytest.raises(Refused, match="quote_of_nobody"):
            actions.write(**given, words=replace(WORDS, quoted=""))


class TestAgreeing:
    def test_both_sides_approve_exactly_one_version(self, cast: Cast):
        story = a_story(cast, S.SHOWN)
        letters = Letter.objects.filter(template="stories/shown")
        assert {one.recipient_email for one in letters} >= {cast.danish_sme.email, cast.german_provider.email}
        story = said_yes(cast, story, "danish_sme")
        assert state_of(story) == S.SHOWN
        with pytest.raises(Refused, match="approved_already"):
            said_yes(cast, story, "danish_colleague")
        with pytest.raises(Refused, match="another_version"):
            actions.approve(
                story_id=story.pk, number=1, sha256="0" * 64, by=cast.actor("german_provider"), at=AT
            )
        said_yes(cast, story, "german_provider")
        assert state_of(story) == S.APPROVED
        assert Letter.objects.filter(template="stories/approved").exists()
        assert {one.number for one in Approval.objects.all()} == {1}

    def test_any_edit_afterwards_makes_a_new_version_and_asks_anew(self, cast: Cast):
        story = a_story(cast, S.PUBLISHED)
        actions.add_picture(
            story_id=story.pk, picture=a_picture(), alt="A red field", credit="Freja", by=SYSTEM, at=AT
        )
        assert state_of(story) == S.DRAFT
        assert not Story.objects.public().exists()
        assert list(Wording.objects.values_list("number", flat=True).order_by("number")) == [1, 2]
        assert Wording.objects.get(number=1).body == BODY.strip()
        story = actions.show(story_id=story.pk, by=SYSTEM, at=AT)
        assert [voice.approval for voice in queries.voices_of(story)] == [None, None]
        with pytest.raises(Refused, match="wrong_state"):
            actions.publish(story_id=story.pk, by=SYSTEM, at=AT)

    def test_consent_taken_back_is_heard_at_once(self, cast: Cast):
        story = a_story(cast, S.PUBLISHED)
        here = story.get_absolute_url()
        assert Client().get(here).status_code == 200
        assert (
            post(signed_in(cast.german_provider), "withdrawal", story.slug, reason="Sold.").status_code == 302
        )
        gone = Client().get(here)
        assert (gone.status_code, WORDS.title in gone.content.decode()) == (410, False)
        assert WORDS.title not in text_of(Client(), page("stories"))
        assert WORDS.title not in text_of(Client(), page("feed"))
        letter = Letter.objects.filter(template="stories/withdrawn").first()
        assert letter is not None
        assert "Sold." in letter.body
        assert Approval.objects.filter(withdrawn_at=None).count() == 1
        assert "Sold." in text_of(signed_in(cast.office), here)
        with pytest.raises(Refused, match="withdrawn"):
            actions.write(story_id=story.pk, language="de", words=WORDS, by=SYSTEM, at=AT)
        assert post(signed_in(cast.zealand_broker), "reopening", story.slug).status_code == 302
        assert state_of(story) == S.DRAFT

    def test_only_the_sides_say_yes_and_only_the_office_publishes(self, cast: Cast):
        story = a_story(cast, S.SHOWN)
        for name in ("zealand_broker", "office"):
            with pytest.raises(NotAllowed):
                said_yes(cast, story, name)
        with pytest.raises(Story.DoesNotExist):
            said_yes(cast, story, "belgian_sme")
        said_yes(cast, story, "danish_sme")
        said_yes(cast, story, "german_provider")
        with pytest.raises(NotAllowed):
            actions.publish(story_id=story.pk, by=cast.actor("zealand_broker"), at=AT)
        actions.publish(story_id=story.pk, by=cast.actor("office"), at=AT)
        assert state_of(story) == S.PUBLISHED
        assert list(queries.findings()) == []

    def test_what_was_changed_behind_their_backs_is_found(self, cast: Cast):
        story = a_story(cast, S.PUBLISHED)
        Wording.objects.update(title="Something else")
        assert [one for one in queries.findings() if "something else" in one]
        Approval.objects.filter(story=story, side="company").update(withdrawn_at=AT)
        assert any("without the yes of both" in one for one in queries.findings())

    def test_the_page_shows_version_and_hash_and_takes_the_yes(self, cast: Cast):
        story, client = a_story(cast, S.SHOWN), signed_in(cast.danish_sme)
        address = page("approval", story.slug)
        shown = text_of(client, address)
        sha256 = queries.hash_of(story, 1)
        assert all(text in shown for text in ("Version 1", sha256, WORDS.title, WORDS.quote))
        assert client.post(address, {"number": "1", "sha256": sha256}).status_code == 422
        answer = client.post(address, {"number": "1", "sha256": "f" * 64, "agrees": "on"})
        assert (answer.status_code, "has changed since" in answer.content.decode()) == (409, True)
        assert post(client, "approval", story.slug, number=1, sha256=sha256, agrees="on").status_code == 302
        assert "Yes, by " in text_of(client, story.get_absolute_url())
        assert signed_in(cast.belgian_sme).get(address).status_code == 404
        assert signed_in(cast.office).get(address).status_code == 403


class TestLanguages:
    def test_a_reader_gets_their_own_or_is_told_which(self, cast: Cast):
        story = a_story(cast)
        german = replace(WORDS, title="Wo der Marker sitzt", is_machine=True)
        actions.write(story_id=story.pk, language="de", words=german, by=SYSTEM, at=AT)
        story = actions.show(story_id=story.pk, by=SYSTEM, at=AT)
        for name in ("danish_sme", "german_provider"):
            said_yes(cast, story, name)
        actions.publish(story_id=story.pk, by=SYSTEM, at=AT)
        here = story.get_absolute_url()
        english, german_page = text_of(Client(), here), text_of(Client(), f"{here}?language=de")
        assert "Where the marker sits" in english
        assert "Translated by machine" not in english
        assert '<span lang="de">Wo der Marker sitzt</span>' in german_page
        assert "Translated by machine" in german_page
        french = Client(HTTP_ACCEPT_LANGUAGE="fr").get(here).content.decode()
        assert '<span lang="en-gb">Where the marker sits</span>' in french
        assert "Wo der Marker sitzt" in text_of(Client(), f"{page('feed')}?language=de")
        with pytest.raises(Refused, match="own_language"):
            actions.drop_language(story_id=story.pk, language="en-gb", by=SYSTEM, at=AT)
        actions.drop_language(story_id=story.pk, language="de", by=SYSTEM, at=AT)
        assert set(Wording.objects.filter(number=2).values_list("language", flat=True)) == {"en-gb"}

    def test_the_page_bears_its_data_for_programs(self, cast: Cast):
        story = a_story(cast, S.PUBLISHED)
        text = text_of(Client(), story.get_absolute_url())
        data = json.loads(text.split('<script type="application/ld+json">')[1].split("</script>")[0])
        assert (data["@type"], data["headline"], data["inLanguage"]) == ("Article", WORDS.title, "en-gb")
        assert {one["name"] for one in data["about"]} == {
            cast.danish_company.name,
            cast.german_institute.name,
        }


class TestPictures:
    def test_a_picture_has_its_words_and_is_shown_to_those_who_may_see_the_story(self, cast: Cast):
        story, client = a_story(cast), signed_in(cast.zealand_broker)
        raw = a_picture().received
        from landbridge.foundation.files.models import path_of

        upload = SimpleUploadedFile("red.jpg", path_of(raw.sha256).read_bytes(), "image/jpeg")
        answer = post(client, "picture_new", story.slug, picture=upload, alt="", credit="")
        assert answer.status_code == 422
        upload.seek(0)
        answer = post(
            client, "picture_new", story.slug, picture=upload, alt="A red field", credit="Freja, CC0"
        )
        assert answer.status_code == 302
        picture = Picture.objects.get()
        assert (picture.width, picture.height) == (40, 20)
        shown = text_of(client, story.get_absolute_url())
        assert 'alt="A red field"' in shown
        assert 'width="40" height="20"' in shown
        address = page("picture_file", picture.pk)
        assert Client().get(address).status_code == 404
        served = client.get(address)
        assert (served["Content-Type"], served["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
        b"".join(served)
        assert post(client, "picture_words", picture.pk, alt="Red", credit="Freja").status_code == 302
        assert post(client, "picture_removal", picture.pk).status_code == 302
        assert not Picture.objects.exists()
        assert post(signed_in(cast.liege_broker), "picture_new", story.slug).status_code == 404

    def test_what_is_no_picture_is_refused_beside_the_field(self, cast: Cast):
        story, client = a_story(cast), signed_in(cast.office)
        upload = SimpleUploadedFile("a.png", b"<svg onload=alert(1)>", "image/png")
        answer = post(client, "picture_new", story.slug, picture=upload, alt="A", credit="B")
        assert answer.status_code == 422
        assert "picture" in answer.context["form"].errors


class TestPages:
    def test_who_sees_a_draft(self, cast: Cast):
        story = a_story(cast)
        here = story.get_absolute_url()
        expected = {
            "zealand_broker": 200, "stuttgart_broker": 200, "office": 200, "auditor": 200, "liege_broker": 404,
            "danish_sme": 404, "german_provider": 404, "mallory": 404, "finance": 404,
        }  # fmt: skip
        for name, status in expected.items():
            assert signed_in(getattr(cast, name)).get(here).status_code == status, name
        assert Client().get(here).status_code == 404
        actions.show(story_id=story.pk, by=SYSTEM, at=AT)
        assert signed_in(cast.danish_sme).get(here).status_code == 200
        assert "noindex" in text_of(signed_in(cast.danish_sme), here)

    def test_a_desk_writes_shows_and_the_office_publishes(self, cast: Cast):
        known, client = a_collaboration(cast), signed_in(cast.zealand_broker)
        assert page("new", known.pk) in text_of(client, known.get_absolute_url())
        assert post(client, "new", known.pk, language="en-gb").status_code == 302
        story = Story.objects.get()
        assert client.get(page("new", known.pk)).status_code == 302
        assert post(client, "showing", story.slug).status_code == 409
        said = {"title": "T", "standfirst": "S", "body": BODY, "version": story.version}
        assert post(client, "text", story.slug, "en-gb", **said).status_code == 302
        assert post(client, "text", story.slug, "de", **said).status_code == 409
        assert post(client, "text", story.slug, "xx", **said).status_code == 404
        assert post(client, "showing", story.slug).status_code == 302
        story.refresh_from_db()
        for name in ("danish_sme", "german_provider"):
            said_yes(cast, story, name)
        assert post(client, "publication", story.slug).status_code == 403
        assert post(signed_in(cast.office), "publication", story.slug).status_code == 302
        assert "T" in text_of(Client(), page("stories"))

    def test_the_list_filters_and_costs_the_same_for_any_number(self, cast: Cast):
        counts = []
        for number in (1, 2):
            for _ in range(number):
                a_story(cast, S.PUBLISHED)
            with CaptureQueriesContext(connection) as seen:
                assert WORDS.title in text_of(Client(), page("stories"))
            counts.append(len(seen))
        assert counts[0] == counts[1] <= 12
        assert WORDS.title in text_of(Client(), page("stories") + "?country=DK&text=marker")
        assert "Nothing matches" in text_of(Client(), page("stories") + "?text=nowhere")
        assert "Nothing matches" in text_of(signed_in(cast.office), page("kept") + "?state=draft")
        assert WORDS.title not in text_of(signed_in(cast.belgian_sme), page("kept"))

    def test_nothing_breaks_by_strange_addresses(self, cast: Cast):
        a_story(cast, S.PUBLISHED)
        for address in (
            page("stories") + "?page=99999999999999999999&country=%00&text=%00",
            page("feed") + "?language=%00",
            page("press") + "?programme=%00",
            page("picture_file", 10**30),
            page("story", "nobody"),
        ):
            assert Client().get(address).status_code in {200, 404}, address


def test_the_feed_is_atom_and_answers_that_nothing_changed(cast: Cast):
    a_story(cast, S.PUBLISHED, at=AT - timedelta(days=1))
    answer = Client().get(page("feed"))
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert WORDS.title in answer.content.decode()
    assert Client().get(page("feed"), HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304


@pytest.mark.parametrize(
    ("reader", "said"), [("de", "Englisch"), ("fr", "anglais"), ("nl", "Engels"), ("en-gb", "English")]
)
def test_a_language_is_named_as_the_reader_names_it(reader, said):
    with translation.override(reader):
        assert language_in_words("en-gb") == said

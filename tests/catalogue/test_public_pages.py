"""The open pages of the catalogue as readers use them: links with counts, what is not public, one's own shortlists."""

from __future__ import annotations

import html
import io
import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pypdf
import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.catalogue import actions
from landbridge.catalogue.actions import finding
from landbridge.catalogue.models import Record, Shortlist, ShortlistEntry, UnmetDemand
from landbridge.catalogue.states import Kind
from landbridge.catalogue.views import finding as pages
from landbridge.foundation import clock
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from tests.cast import Cast
from tests.factories.catalogue import (
    PUBLISHED,
    a_competence,
    a_published_record,
    a_record,
    a_withdrawn_record,
)
from tests.factories.finding import found_as

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HOSTILE = "Raman </script><script>alert(1)</script> <!-- & “lines”\u2028"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: PUBLISHED)
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    cache.clear()


def page(name: str, *args: object, query: str = "") -> str:
    address = reverse(f"catalogue:{name}", args=args)
    return f"{address}?{query}" if query else address


def text_of(query: str = "", *, name: str = "directory", client: Client | None = None) -> str:
    response = (client or Client()).get(page(name, query=query))
    assert response.status_code == 200
    return response.content.decode()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def total(text: str) -> int:
    (found,) = re.findall(r'id="results-title">([\d,]+) results?<', text)
    return int(found.replace(",", ""))


def facet_links(text: str) -> list[tuple[str, str, int, bool]]:
    """(query, label, count, chosen) of every value of every facet."""
    found = re.findall(
        r'<li><a href="\?([^"]*)" rel="nofollow"([^>]*)>.*?<span>([^<]*)</span> <span class="soft">([\d,]+)</span></a>',
        text,
    )
    return [
        (html.unescape(query), html.unescape(label), int(count), "is-chosen" in more)
        for query, more, label, count in found
    ]


def names(text: str) -> set[str]:
    """The names of the hits."""
    return {
        html.unescape(one)
        for one in re.findall(r'<li class="hit">.*?<h\d><a href="[^"]*">([^<]*)', text, re.DOTALL)
    }


def three(cast: Cast) -> list[Record]:
    return [
        found_as(cast, "Raman one", access_modes=["remote"], languages=["de"]),
        found_as(
            cast, "Raman two", Kind.FACILITY, organisation=cast.belgian_institute, languages=["fr", "en"]
        ),
        found_as(cast, "Raman three", languages=["de", "en"]),
    ]


class TestDirectory:
    def test_every_facet_is_a_link_that_leads_to_as_many_as_it_says(self, cast: Cast):
        three(cast)
        links = facet_links(text_of("q=raman"))
        labels = {label for _, label, _, _ in links}
        assert labels >= {"Service", "Facility", "German", "French", "English", "Germany"}
        for query, label, count, chosen in links:
            assert (total(text_of(query)), chosen) == (count, False), label

    def test_filters_combine_and_each_can_be_dropped_again(self, cast: Cast):
        three(cast)
        text = text_of("q=raman&language=de&kind=service&kind=facility")
        assert names(text) == {"Raman one", "Raman three"}
        chosen = [(query, label) for query, label, _, is_chosen in facet_links(text) if is_chosen]
        assert {label for _, label in chosen} == {"German", "Service", "Facility"}
        for query, label in chosen:
            wider = total(text_of(query))
            assert wider == {"German": 3, "Service": 0, "Facility": 2}[label]
        unchosen = {label: count for _, label, count, is_chosen in facet_links(text) if not is_chosen}
        assert (
            unchosen["English"] == 2
        )  # what would be there with English instead of or beside German is counted
        assert 'name="language" value="de"' in text  # the box keeps the filters

    def test_a_correction_is_said_and_undone_by_a_link(self, cast: Cast):
        found_as(cast, "Confocal microscopes")
        text = text_of("q=confocla")
        assert names(text) == {"Confocal microscopes"}
        (undo,) = re.findall(r'<a href="\?([^"]*)">Search exactly for', text)
        exact = text_of(html.unescape(undo))
        assert (total(exact), "taken exactly as typed" in exact) == (0, True)
        (back,) = re.findall(r'<a href="\?([^"]*)">Search more widely again', exact)
        assert names(text_of(html.unescape(back))) == {"Confocal microscopes"}

    def test_a_synonym_is_said_and_undone_by_a_link(self, cast: Cast):
        a_competence("rna", "RNA sequencing", synonyms=["transcriptomics"])
        found_as(cast, "RNA sequencing")
        text = text_of("q=transcriptomics")
        assert names(text) == {"RNA sequencing"}
        (undo,) = re.findall(r'<a href="\?([^"]*)">Search exactly for', text)
        assert total(text_of(html.unescape(undo))) == 0

    def test_nothing_found_leads_to_the_broker_with_the_question_filled_in(self, cast: Cast):
        asked = "zeppelin & “dust” <b>"
        response = Client().get(page("directory"), {"q": asked})
        (href,) = re.findall(r'<a class="button" href="([^"]*)">Ask your broker', response.content.decode())
        address = urlsplit(html.unescape(href))
        assert (address.path, parse_qs(address.query)) == (reverse("enquiries:new"), {"question": [asked]})
        form = signed_in(cast.danish_sme).get(html.unescape(href)).content.decode()
        assert html.escape(asked) in form
        assert "<b>" not in form
        led = Client().get(html.unescape(href))  # a stranger signs in first, and comes back to the question
        assert parse_qs(urlsplit(led["Location"]).query)["next"] == [html.unescape(href)]

    def test_a_record_leads_to_the_question_about_it(self, cast: Cast):
        a_competence("raman", "Raman spectroscopy")
        record = found_as(cast, "Tissue maps", competences=["raman"])
        shown = Client().get(page("record", record.pk)).content.decode()
        (href,) = re.findall(r'href="([^"]*)">Ask about this', shown)
        asked = parse_qs(urlsplit(html.unescape(href)).query)
        assert asked == {"question": ["Tissue maps"], "record": [str(record.pk)]}
        form = signed_in(cast.danish_sme).get(html.unescape(href)).content.decode()
        assert "Tissue maps" in form
        assert "Raman spectroscopy" in form

    @pytest.mark.parametrize(
        "query",
        ["page=0", "page=99999999999", "page=x", "sort=near-nowhere", "sort=%00", "kind=nothing", "q=%22", "q=-",
         "q=" + "x" * 3000, "exactly=" + "x" * 500, "region=%00&region=", "freshness=fresh&freshness=overdue",
         "x=1e999&y=nan&z=2", "x=1&y=2&z=99", "voucher=1&voucher=2"],
    )  # fmt: skip
    def test_odd_addresses_are_answered(self, cast: Cast, query: str):
        found_as(cast, "Raman")
        for name in ("directory", "map"):
            assert Client().get(page(name, query=query)).status_code == 200

    def test_pages_and_orders_keep_the_search(self, cast: Cast):
        for number in range(21):
            found_as(cast, f"Raman {number:02}")
        first = text_of("q=raman&kind=service&sort=name")
        assert (total(first), len(names(first))) == (21, 20)
        (following, *_) = re.findall(r'href="\?([^"]*page=2[^"]*)"', first)
        assert names(text_of(html.unescape(following))) == {"Raman 20"}


class TestUnmetDemand:
    def ask(self, text: str, *, agent: str = FIREFOX, **more: Any) -> None:
        query = {"q": text, **more.pop("query", {})}
        Client().get(page("directory"), query, headers={"user-agent": agent}, **more)

    def counted(self) -> dict[str, int]:
        return dict(UnmetDemand.objects.values_list("text", "times"))

    def test_each_asker_counts_once_however_it_is_typed(self):
        for _ in range(3):
            self.ask("Zeppelin dust")
        self.ask("zeppelin   DUST")
        assert self.counted() == {"zeppelin dust": 1}
        self.ask("zeppelin dust", REMOTE_ADDR="192.0.2.7")
        assert self.counted() == {"zeppelin dust": 2}

    def test_once_the_window_is_over_the_same_asker_counts_again(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(pages, "UNMET_AGAIN", 0)
        self.ask("zeppelin")
        self.ask("zeppelin")
        assert self.counted() == {"zeppelin": 2}

    def test_filters_machines_pages_and_what_is_found_do_not_count(self, cast: Cast):
        found_as(cast, "Raman")
        self.ask("raman")
        self.ask("zeppelin", query={"kind": "service"})
        self.ask("zeppelin", query={"page": "2"})
        for agent in ("Googlebot/2.1", "curl/8", "python-requests/2", "HeadlessChrome", ""):
            self.ask("zeppelin", agent=agent)
        self.ask("")
        self.ask("zz")
        Client().head(page("directory"), {"q": "zeppelin"}, headers={"user-agent": FIREFOX})
        assert self.counted() == {}

    def test_one_asker_does_not_fill_the_list(self):
        for number in range(pages.UNMET_OF_ONE + 3):
            self.ask(f"zeppelin {number}")
        assert len(self.counted()) == pages.UNMET_OF_ONE


class TestWhatIsNotPublic:
    def hidden(self, cast: Cast) -> list[Record]:
        away = a_published_record(cast, name="Raman hidden")
        expert = a_record(cast, Kind.EXPERT, name="Raman expert")
        return [
            a_record(cast, name="Raman draft"),
            actions.hide(record_id=away.pk, reason="Not reachable.", by=SYSTEM, at=PUBLISHED),
            a_withdrawn_record(cast, name="Raman withdrawn"),
            actions.publish(record_id=expert.pk, by=SYSTEM, at=PUBLISHED),
        ]

    def test_it_stands_on_no_page_and_in_no_list(self, cast: Cast):
        shown = a_published_record(cast, name="Raman public")
        parent = a_published_record(cast, Kind.FACILITY, name="Hall")
        rows = self.hidden(cast)
        Record.objects.filter(pk__in=[row.pk for row in rows]).update(parent=parent)
        both = "&".join(f"id={row.pk}" for row in (*rows, shown))
        owner = cast.actor("danish_sme")
        shortlist = finding.make_shortlist(name="Mine", by=owner, at=PUBLISHED)
        for row in (*rows, shown):
            ShortlistEntry.objects.create(shortlist=shortlist, record=row, added_at=PUBLISHED)
        mine = signed_in(cast.danish_sme)
        places = {
            "list": text_of(),
            "search": text_of("q=raman"),
            "map": text_of(name="map"),
            "map of a search": text_of("q=raman", name="map"),
            "parent": Client().get(page("record", parent.pk)).content.decode(),
            "side by side": text_of(both, name="comparison"),
            "shortlist": mine.get(page("shortlist", shortlist.pk)).content.decode(),
            "hand-out": pdf_text(mine.get(page("shortlist_handout", shortlist.pk))),
        }
        for where, text in places.items():
            for row in rows:
                assert row.name not in text, (where, row.name)
            assert (shown.name in text) == (where != "parent"), where
        assert "4 records of it are not public any more" in places["shortlist"]
        assert total(places["search"]) == 1

    def test_its_page_is_not_there_and_says_nothing(self, cast: Cast):
        for row in self.hidden(cast):
            answer = Client().get(page("record", row.pk))
            assert answer.status_code == (410 if row.name == "Raman withdrawn" else 404), row.name
            assert row.name not in answer.content.decode()
            assert Client().post(page("shortlisting", row.pk)).status_code == 302
            assert signed_in(cast.danish_sme).post(page("shortlisting", row.pk)).status_code == 404
        assert Client().get(page("record", 10**12)).status_code == 404

    def test_whoever_keeps_it_is_led_to_its_page(self, cast: Cast):
        draft = a_record(cast, name="Raman draft")
        answer = signed_in(cast.german_provider).get(page("record", draft.pk))
        assert (answer.status_code, answer["Location"]) == (302, page("kept", draft.pk))

    def test_a_withdrawn_record_leads_to_its_successor_also_over_others(self, cast: Cast):
        last = a_published_record(cast, name="Raman new")
        between = a_published_record(cast, name="Raman between")
        first = a_withdrawn_record(cast, name="Raman old", successor=between)
        assert Client().get(page("record", first.pk))["Location"] == page("record", between.pk)
        actions.withdraw(record_id=between.pk, reason="Sold.", successor_id=last.pk, by=SYSTEM, at=PUBLISHED)
        for row in (first, between):
            answer = Client().get(page("record", row.pk))
            assert (answer.status_code, answer["Location"]) == (301, page("record", last.pk))
        actions.hide(record_id=last.pk, reason="Not reachable.", by=SYSTEM, at=PUBLISHED)
        assert Client().get(page("record", first.pk)).status_code == 410

    def test_a_circle_of_successors_ends(self, cast: Cast):
        one, other = a_withdrawn_record(cast), a_withdrawn_record(cast)
        Record.objects.filter(pk=one.pk).update(successor=other)
        Record.objects.filter(pk=other.pk).update(successor=one)
        assert Client().get(page("record", one.pk)).status_code == 410

    def test_no_page_tells_the_contact(self, cast: Cast):
        record = a_published_record(cast)
        for text in (
            Client().get(page("record", record.pk)).content.decode(),
            text_of("q=raman"),
            text_of(name="map"),
            text_of(f"id={record.pk}", name="comparison"),
        ):
            assert record.contact_email not in text
            assert record.contact_name not in text


class TestMap:
    def test_clusters_lead_nearer_and_a_single_record_to_its_page(self, cast: Cast):
        near = [found_as(cast, f"Raman {number}", latitude="48.78", longitude="9.18") for number in range(2)]
        alone = found_as(cast, "Raman north", latitude="55.70", longitude="12.50")
        text = text_of("q=raman", name="map")
        assert f'href="{page("record", alone.pk)}"' in text
        (into,) = {
            html.unescape(one) for one in re.findall(r'<a href="\?([^"]*)" aria-label="2 records', text)
        }
        asked = parse_qs(into)
        assert (asked["q"], set(asked)) == (["raman"], {"q", "x", "y", "z"})
        nearer = text_of(into, name="map")
        assert names(nearer) == {row.name for row in near}
        assert "1 more stands outside this window" in nearer

    def test_list_and_map_find_the_same_and_lead_to_each_other(self, cast: Cast):
        three(cast)
        found_as(cast, "Toxicology")
        listed = text_of("q=raman&language=de")
        (to_map,) = re.findall(rf'href="{page("map")}\?([^"]*)"', listed)
        drawn = text_of(html.unescape(to_map), name="map")
        assert names(drawn) == names(listed) == {"Raman one", "Raman three"}
        (back,) = re.findall(rf'href="{page("directory")}\?(q=[^"]*)"', drawn)
        assert names(text_of(html.unescape(back))) == names(listed)
        for query, label, count, _chosen in facet_links(drawn):
            if label == "Service":
                assert (len(names(text_of(query, name="map"))), count) == (2, 2)


class TestSideBySide:
    def test_those_chosen_stand_in_their_order_and_six_at_most(self, cast: Cast):
        rows = [found_as(cast, f"Raman {number}") for number in range(7)]
        query = (
            "&".join(f"id={row.pk}" for row in reversed(rows)) + f"&id={rows[0].pk}&id=x&id={'9' * 40}&id=٣"
        )
        text = text_of(query, name="comparison")
        heads = re.findall(r'<h2 id="column-\d+"><a href="[^"]*">([^<]*)', text)
        assert heads == [row.name for row in reversed(rows)][:6]
        assert "the others were left out" in text

    def test_nothing_chosen_teaches(self):
        assert "Nothing was chosen" in text_of(name="comparison")


class TestShortlists:
    def test_put_on_remark_and_take_off(self, cast: Cast):
        record, other = found_as(cast, "Raman one"), found_as(cast, "Raman two")
        mine = signed_in(cast.danish_sme)
        shown = mine.get(page("record", record.pk)).content.decode()
        assert f'action="{page("shortlisting", record.pk)}"' in shown
        for row in (record, record, other):
            assert mine.post(page("shortlisting", row.pk)).status_code == 302
        (shortlist,) = Shortlist.objects.all()
        assert shortlist.person == cast.danish_sme
        here = page("shortlist", shortlist.pk)
        assert names(mine.get(here).content.decode()) == {"Raman one", "Raman two"}
        assert shortlist.name in mine.get(page("shortlists")).content.decode()
        remark = page("shortlist_remark", shortlist.pk, record.pk)
        assert mine.post(remark, {"remark": "x" * 301}).status_code == 422
        assert mine.post(remark, {"remark": "Ask <first>"}).status_code == 302
        assert "Ask &lt;first&gt;" in mine.get(here).content.decode()
        assert mine.post(page("shortlist_removal", shortlist.pk, record.pk)).status_code == 302
        assert names(mine.get(here).content.decode()) == {"Raman two"}
        assert mine.post(page("shortlist_deletion", shortlist.pk)).status_code == 302
        assert mine.get(here).status_code == 404
        assert Record.objects.public().count() == 2

    def test_the_chosen_one_of_several_is_used(self, cast: Cast):
        record, mine = found_as(cast, "Raman"), signed_in(cast.danish_sme)
        assert mine.post(page("shortlist_new"), {"name": ""}).status_code == 422
        for name in ("First", "Second"):
            assert mine.post(page("shortlist_new"), {"name": name}).status_code == 302
        first = Shortlist.objects.get(name="First")
        mine.post(page("shortlisting", record.pk), {"shortlist": str(first.pk)})
        assert list(ShortlistEntry.objects.values_list("shortlist", "record")) == [(first.pk, record.pk)]

    def test_nobody_else_reaches_it(self, cast: Cast):
        record, owner = found_as(cast, "Raman"), cast.actor("danish_sme")
        shortlist = finding.put_on_shortlist(record_id=record.pk, name="Secret plan", by=owner, at=PUBLISHED)
        addresses = {
            page("shortlist", shortlist.pk): "get",
            page("shortlist_handout", shortlist.pk): "get",
            page("shortlist_remark", shortlist.pk, record.pk): "post",
            page("shortlist_removal", shortlist.pk, record.pk): "post",
            page("shortlist_deletion", shortlist.pk): "post",
        }
        for name in ("german_provider", "zealand_broker", "office", "network_office", "auditor", "mallory"):
            other = signed_in(getattr(cast, name))
            for address, method in addresses.items():
                assert getattr(other, method)(address).status_code == 404, (name, address)
            foreign = other.post(page("shortlisting", record.pk), {"shortlist": str(shortlist.pk)})
            assert foreign.status_code == 404, name
            assert "Secret plan" not in other.get(page("shortlists")).content.decode()
        for address, method in addresses.items():
            assert "/account/sign-in/" in getattr(Client(), method)(address)["Location"]
        assert ShortlistEntry.objects.filter(shortlist=shortlist).count() == 1

    def test_the_hand_out_is_a_pdf_with_its_records_and_no_contact(self, cast: Cast):
        owner = cast.actor("danish_sme")
        one, two = (
            a_published_record(cast, name="Raman one"),
            a_published_record(cast, name="Raman two #1 *x*"),
        )
        for row in (one, two):
            shortlist = finding.put_on_shortlist(record_id=row.pk, name="Our list", by=owner, at=PUBLISHED)
        finding.remark_on_entry(shortlist_id=shortlist.pk, record_id=one.pk, remark="Ask first", by=owner)
        answer = signed_in(cast.danish_sme).get(page("shortlist_handout", shortlist.pk))
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
        text = pdf_text(answer)
        for said in ("Our list", one.name, two.name, "Ask first"):
            assert said in text
        assert one.contact_email not in text


class TestDescribedForMachines:
    def described(self, record: Record) -> dict[str, Any]:
        text = Client().get(page("record", record.pk)).content.decode()
        (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        described: dict[str, Any] = json.loads(found)
        return described

    def test_a_record_is_described_in_its_page(self, cast: Cast):
        record = a_published_record(cast)
        found = self.described(record)
        assert (found["@context"], found["@type"], found["name"]) == (
            "https://schema.org/",
            "Service",
            record.name,
        )
        assert found["@id"].endswith(page("record", record.pk))
        assert record.contact_email not in json.dumps(found)

    @pytest.mark.parametrize("kind", list(Kind))
    def test_no_text_ends_the_element(self, cast: Cast, kind: Kind):
        record = a_published_record(cast, kind, name=HOSTILE.strip(), summary=HOSTILE)
        text = Client().get(page("record", record.pk)).content.decode()
        assert "<script>alert" not in text
        head = text.split("application/ld+json", 1)[1].split("</script>", 1)[0]
        assert not set("<&\u2028") & set(head.split(">", 1)[1])
        assert self.described(record)["name"] == record.name


@pytest.mark.parametrize(
    ("name", "query"),
    [("directory", ""), ("directory", "q=raman"), ("map", ""), ("map", "q=raman")],
)
def test_lists_ask_the_same_questions_for_one_and_for_three(cast: Cast, name: str, query: str):
    asked = []
    for number in (1, 2):
        for more in range(number):
            found_as(cast, f"Raman {number}{more}", competences=[], latitude=f"{48 + number + more}.0")
        text_of(query, name=name)  # the index reads what is new
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text_of(query, name=name)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_shortlist_and_the_searches_ask_the_same_questions_for_one_and_for_three(cast: Cast):
    owner, mine, asked = cast.actor("danish_sme"), signed_in(cast.danish_sme), []
    shortlist = finding.make_shortlist(name="Mine", by=owner, at=PUBLISHED)
    for number in (1, 2):
        for more in range(number):
            row = found_as(cast, f"Raman {number}{more}")
            finding.put_on_shortlist(record_id=row.pk, shortlist_id=shortlist.pk, by=owner, at=PUBLISHED)
            finding.save_search(
                name=f"Search {number}{more}", text="raman", filters={"kind": ["service"]}, every_days=7,
                by=owner, at=PUBLISHED + timedelta(minutes=more),
            )  # fmt: skip
        for address in (page("shortlist", shortlist.pk), page("saved_searches")):
            with CaptureQueriesContext(connection) as queries:
                assert mine.get(address).status_code == 200
            asked.append(len(queries))
    assert asked[:2] == asked[2:]


def pdf_text(answer: HttpResponse) -> str:
    sheets = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(one.extract_text() for one in sheets).split())

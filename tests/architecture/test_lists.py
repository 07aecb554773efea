"""A page asks as many questions of the database for three rows as for one, and at most twelve."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from landbridge.foundation import clock
from landbridge.foundation.permissions.checks import Door, doors
from tests.architecture.examples import address, places_of
from tests.architecture.visits import Visitor, failure
from tests.architecture.world import Side, World, fill, make_world

MOST = 12
MOST_INSIDE = 20  # one object's page, with its history and all that belongs to it
MOST_AT_HOME = 21  # the desk asks each word once what waits there

# Pages that list rows, and who looks at them. A new page without places in its address stands here or below.
LISTS: dict[str, str] = {
    "access:requests": "office",
    "access:rules": "",
    "collaborations:collaborations": "office",
    "collaborations:closings": "office",
    "collaborations:export": "office",
    "collaborations:heard_of": "zealand_broker",
    "collaborations:next_steps": "office",
    "api:archives": "network_office",
    "api:keys": "danish_sme",
    "api:webhooks": "danish_sme",
    "applications:applications": "office",
    "applications:export": "office",
    "budgets:transfers": "finance",
    "calls:calls": "office",
    "catalogue:claims": "stuttgart_broker",
    "catalogue:imports": "office",
    "catalogue:kept_records": "stuttgart_broker",
    "catalogue:terms": "",
    "claims:claims": "finance",
    "claims:paid_vouchers_table": "finance",
    "claims:payment_files": "finance",
    "claims:payment_file_new": "finance",
    "desk:home": "office",
    "clocks:clocks": "office",
    "clocks:duties": "office",
    "enquiries:desks": "office",
    "enquiries:enquiries": "zealand_broker",
    "enquiries:scouting": "zealand_broker",
    "inbox:list": "office",
    "desk:search": "office",
    "desk:sample": "office",
    "indicators:indicators": "",
    "indicators:periods": "office",
    "introductions:introductions": "office",
    "introductions:templates": "office",
    "memberships:everyone": "office",
    "memberships:hats": "danish_sme",
    "organisations:organisations": "office",
    "organisations:waiting_bank_accounts": "finance",
    "outbox:list": "office",
    "profiles:interests": "office",
    "profiles:of_desk": "office",
    "profiles:profiles": "",
    "programmes:programmes": "office",
    "programmes:regions": "office",
    "public:awards": "",
    "catalogue:directory": "",
    "catalogue:map": "",
    "catalogue:saved_searches": "danish_sme",
    "catalogue:shortlists": "danish_sme",
    "public:awards_export": "",
    "public:awards_sheet": "",
    "public:giving": "",
    "public:open_awards": "",
    "public:opportunities": "",
    "public:calls": "",
    "public:figures": "",
    "public:home": "",
    "public:programmes": "",
    "public:regions": "",
    "public:sitemap": "",
    "record:export": "office",
    "record:record": "office",
    "coaching:calendar": "german_provider",
    "coaching:cases": "office",
    "coaching:coaches": "office",
    "coaching:figures": "office",
    "coaching:figures_table": "office",
    "events:events": "",
    "events:feed": "",
    "public:awards_feed": "",
    "public:calls_feed": "",
    "public:directory_feed": "",
    "events:kept": "office",
    "events:mine": "danish_sme",
    "vouchers:vouchers": "office",
    "pitches:calls": "office",
    "pitches:deal_room": "investor",
    "pitches:investors": "office",
    "pitches:juries": "assessor",
    "pitches:reactions": "investor",
    "stories:all_news": "",
    "stories:feed": "",
    "stories:kept": "office",
    "stories:kept_news": "office",
    "stories:news_feed": "",
    "stories:stories": "",
    "surveys:companies": "office",
    "surveys:mine": "danish_sme",
    "surveys:surveys": "office",
    "webinars:kept": "office",
    "webinars:mine": "danish_sme",
    "webinars:webinars": "",
}
# Pages of one object that list what belongs to it.
INSIDE: dict[str, str] = {
    "collaborations:collaboration": "office",
    "pitches:call": "office",
    "pitches:following": "investor",
    "pitches:jury": "office",
    "pitches:live": "assessor",
    "pitches:marks": "assessor",
    "pitches:order": "office",
    "pitches:pitch": "office",
    "pitches:ranking": "office",
    "pitches:reactions_csv": "office",
    "pitches:results": "office",
    "pitches:selection": "office",
    "meetings:agenda": "danish_sme",
    "meetings:contacts": "danish_sme",
    "meetings:contacts_csv": "danish_sme",
    "meetings:contacts_vcf": "danish_sme",
    "meetings:people": "danish_sme",
    "meetings:requests": "danish_sme",
    "events:challenge_answers": "office",
    "events:challenges": "office",
    "events:check_in": "office",
    "events:check_in_list": "office",
    "events:registration": "danish_sme",
    "events:registrations": "office",
    "events:registrations_csv": "office",
    "events:statistics": "office",
    "events:event": "",
    "events:kept_event": "office",
    "events:programme": "office",
    "events:questions": "office",
    "events:slots": "office",
    "events:tables": "office",
    "events:texts": "office",
    "enquiries:desk_of": "office",
    "enquiries:enquiry": "zealand_broker",
    "enquiries:partners": "zealand_broker",
    "enquiries:shortlist": "zealand_broker",
    "enquiries:sight": "zealand_broker",
    "coaching:booking": "danish_sme",
    "coaching:case": "zealand_broker",
    "coaching:coach": "office",
    "coaching:coaches_of": "zealand_broker",
    "access:request": "office",
    "access:slots": "german_provider",
    "budgets:line": "office",
    "budgets:phase": "office",
    "catalogue:import": "office",
    "catalogue:kept": "german_provider",
    "catalogue:record": "",
    "catalogue:shortlist": "danish_sme",
    "catalogue:source": "office",
    "introductions:introduction": "office",
    "profiles:profile": "office",
    "claims:of_voucher": "office",
    "memberships:people": "danish_sme",
    "organisations:organisation": "office",
    "programmes:phase": "office",
    "programmes:programme": "office",
    "programmes:region": "office",
    "public:call": "",
    "public:programme": "",
    "public:region": "",
    "surveys:baselines": "danish_sme",
    "surveys:questionnaire": "office",
    "surveys:results": "office",
    "surveys:sheets": "office",
    "webinars:listeners": "office",
    "webinars:series": "",
    "webinars:webinar": "office",
}
# Pages without a place in their address that list nothing, and why.
EXCUSED: dict[str, str] = {
    "indicators:dashboard": "figures, each counted by the database: no row of anything is listed",
    "indicators:dashboard_money": "figures, each counted by the database: no row of anything is listed",
    "indicators:dashboard_time": "figures, each counted by the database: no row of anything is listed",
    "indicators:dashboard_regions": "figures, each counted by the database: no row of anything is listed",
    "indicators:dashboard_answers": "figures, each counted by the database: no row of anything is listed",
    "indicators:dashboard_waiting": "figures, each counted by the database: no row of anything is listed",
    "indicators:results": "figures, each counted by the database: no row of anything is listed",
    "indicators:results_answers": "figures, each counted by the database: no row of anything is listed",
    "indicators:results_money": "figures, each counted by the database: no row of anything is listed",
    "indicators:results_regions": "figures, each counted by the database: no row of anything is listed",
    "indicators:dashboard_table": "a download of one chart",
    "indicators:results_table": "a download of one chart",
    "indicators:new": "a form",
    "indicators:period_new": "a form",
    "indicators:table_csv": "a download: each indicator is counted anew, with a query or two",
    "indicators:table_xlsx": "the same as a spreadsheet",
    "pitches:new": "a form",
    "pitches:profile": "a form",
    "pitches:profile_withdrawal": "a form",
    "events:new": "a form",
    "surveys:new": "a form",
    "webinars:new": "a form",
    "webinars:series_new": "a form",
    "enquiries:desk": "the page of one desk, measured as enquiries:desk_of",
    "enquiries:new": "a form",
    "enquiries:number": "a form, and at most a handful of numbers beside the one that was said",
    "coaching:coach_edit": "a form",
    "coaching:coach_new": "a form",
    "coaching:new": "a form",
    "coaching:stretch": "a form",
    "coaching:week": "a form",
    "access:new": "a form; an enquiry's shortlist is chosen from it",
    "access:rules_new": "a form",
    "collaborations:new": "a form",
    "stories:news_new": "a form",
    "stories:press": "figures, each counted by the database; the pictures and stories on it are one query each",
    "stories:press_figures": "a download: each indicator is counted anew, with a query or two",
    "stories:press_sheet": "the same as a PDF",
    "catalogue:beginning": "a form",
    "catalogue:comparison": "the records named in the address, four at most",
    "catalogue:import_new": "a form",
    "catalogue:search_saving": "a form",
    "catalogue:source_new": "a form",
    "catalogue:shortlist_new": "a form",
    "catalogue:thanks": "a text",
    "claims:paid_vouchers": "a form: the days of the report",
    "budgets:overview": "leads on to the one phase there is",
    "calls:new": "a form",
    "introductions:limit": "a form",
    "introductions:template_new": "a form",
    "profiles:new": "a form",
    "memberships:giving": "a form",
    "memberships:registration": "a form",
    "programmes:programme_new": "a form",
    "programmes:region_new": "a form",
    "public:about": "a text",
    "public:open_data": "a text and a count",
    "public:dcat": "a description of the whole",
    "public:json_lines": "streamed in portions, each with the same number of questions",
    "public:uniquip": "streamed in portions, each with the same number of questions",
    "public:oai": "without a verb an error; its lists are measured in tests/public/test_open_data.py",
    "api:documentation": "a text, and a count of what the table holds",
    "api:calendar": "one address",
    "api:key_new": "a form",
    "api:webhook_new": "a form",
    "api:openapi-json": "a description",
    "api:api-root": "a text",
    "api:records": "measured in tests/api/test_records.py",
    "api:competences": "one question, two columns",
    "api:regions": "one question",
    "idp:oidc:authorization": "a door of OAuth 2, tested in tests/api/test_oauth.py",
    "idp:oidc:configuration": "a door of OAuth 2, tested in tests/api/test_oauth.py",
    "idp:oidc:device_code": "a door of OAuth 2, tested in tests/api/test_oauth.py",
    "idp:oidc:jwks": "a door of OAuth 2, tested in tests/api/test_oauth.py",
    "idp:oidc:logout": "a door of OAuth 2, tested in tests/api/test_oauth.py",
    "idp:oidc:revoke": "a door of OAuth 2, tested in tests/api/test_oauth.py",
    "idp:oidc:token": "a door of OAuth 2, tested in tests/api/test_oauth.py",
    "idp:oidc:userinfo": "a door of OAuth 2, tested in tests/api/test_oauth.py",
    "public:accessibility": "a text",
    "public:data_protection": "a text",
    "public:healthz": "one answer",
    "public:how_it_works": "a text",
    "public:robots": "a text",
    "public:security": "a text",
    "record:verification": "one answer: whether the record and its seals agree",
    "ui:components": "shows the components with examples of its own",
}
# Lists that the world of these tests does not lengthen, and why.
WITHOUT_MORE_ROWS = {
    "events:mine": "one's own registrations; measured in tests/events/test_mine.py",
    "pitches:reactions": "one investor of the cast has one reaction; measured in tests/pitches/test_pages.py",
    "access:rules": "the versions of the network's one set of rules",
    "catalogue:map": "records without a place on the map are on its list alone",
    "catalogue:terms": "proposed terms stand there for the office alone",
    "clocks:duties": "come with the product",
    "enquiries:desks": "a desk stands there once, however much it leads",
    "desk:sample": "draws as many as it is asked for",
    "desk:search": "finds nothing before something is looked for",
    "memberships:hats": "a person's own roles",
    "record:record": "shows the newest entries, a slice at a time",
    "public:figures": "figures of the whole, and programmes of the past",
}


def pages() -> Iterator[Door]:
    """Every page that is opened without a place in its address; the account's own pages list nothing of the programme."""
    for door in doors():
        if ":" in door.name and "GET" in door.methods and not places_of(door):
            yield door


def unregistered(found: list[Door]) -> list[str]:
    """Pages of which nobody said whether they list something."""
    return [
        f"{door.pattern} ({door.name}) is new: put it into LISTS, or into EXCUSED with the reason"
        for door in found
        if door.name not in LISTS and door.name not in EXCUSED
    ]


def counts(world: World, side: Side) -> dict[str, tuple[int, int]]:
    """For each list: the number of questions, and the length of the page."""
    looking = {**LISTS, **INSIDE}
    found: dict[str, tuple[int, int]] = {}
    for door in doors():
        if door.name in looking and "GET" in door.methods:
            name = looking[door.name]
            visitor = Visitor(getattr(world.cast, name) if name else None)
            visitor.get(address(door, side))  # what a first visit fills: content types, caches
            with CaptureQueriesContext(connection) as queries:
                response = visitor.get(address(door, side))
            assert response.status_code == 200, (
                f"{door.name} answers {response.status_code} to {name or 'anyone'} {failure(response)}"
            )
            own = [
                query
                for query in queries
                if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))
            ]
            content = b"".join(response)
            found[door.name] = (len(own), len(content))
    return found


def most(name: str) -> int:
    return MOST_AT_HOME if name == "desk:home" else MOST_INSIDE if name in INSIDE else MOST


def findings(few: dict[str, tuple[int, int]], many: dict[str, tuple[int, int]]) -> list[str]:
    """Lists that ask more for more rows, or too much."""
    return [
        *(f"{name}: {few[name][0]} queries for one row, {many[name][0]} for three" for name in few
          if few[name][0] != many[name][0]),
        *(f"{name}: {many[name][0]} queries, {most(name)} at most" for name in few if many[name][0] > most(name)),
    ]  # fmt: skip


@pytest.mark.once
def test_every_page_without_places_is_a_list_or_excused():
    assert unregistered(list(pages())) == []
    known = {door.name for door in doors()}
    assert {*LISTS, *INSIDE, *EXCUSED} - known == set(), "these pages are gone"


@pytest.mark.once
@pytest.mark.django_db
def test_more_rows_need_no_more_queries(settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    world = make_world(at=clock.now())
    first = dict(world.own.things)
    few = counts(world, world.own)
    for _ in range(2):
        fill(world.own)
    world.own.things |= first
    many = counts(world, world.own)
    print("\n".join(f"{name:<36}{few[name][0]:>4}{many[name][0]:>4}{many[name][1]:>9}" for name in few))
    assert findings(few, many) == []
    still = [name for name in few if many[name][1] <= few[name][1] and name in LISTS]
    assert set(still) <= set(WITHOUT_MORE_ROWS), "these lists show no more rows, so nothing was measured"


@pytest.mark.once
def test_a_list_that_asks_for_each_row_and_a_page_nobody_registered_are_found():
    assert findings({"a": (5, 10)}, {"a": (7, 20)}) == ["a: 5 queries for one row, 7 for three"]
    assert findings({"a": (13, 10)}, {"a": (13, 20)}) == ["a: 13 queries, 12 at most"]
    [found] = unregistered([Door("/poems/", "poems:poems", None, ("GET",))])
    assert "put it into LISTS" in found

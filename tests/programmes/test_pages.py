from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from landbridge.foundation.money import euro
from landbridge.programmes.models import (
    ClosedDay,
    Incentive,
    Partner,
    Phase,
    Programme,
    PublishedFigure,
    Region,
    Target,
)
from landbridge.programmes.states import S
from tests.factories import calls
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db

PROGRAMME = {
    "name": "IN2LifeSciences",
    "accent": "moss",
    "funder": "Interreg IVB",
    "contact_email": "a@example.org",
}
PHASE = {"name": "Phase 2", "starts_on": "2029-01-01", "ends_on": "2031-12-31"}
REGION = {
    "name": "Kent", "country": "GB", "postcode_prefixes": "me, ct tn23", "languages": ["en"], "is_active": "on",
    "time_zone": "Europe/London", "subdivision": "eng", "latitude": "51.272", "longitude": "0.529",
}  # fmt: skip
PARTNER = {
    "name": "Kent County Council", "short_name": "KCC", "country": "GB", "street": "County Hall", "postcode": "ME14 1XQ",
    "town": "Maidstone", "iban": "GB82 WEST 1234 5698 7654 32",
}  # fmt: skip
INCENTIVE = {
    "name": "Meet & Greet", "purpose": "Travel and meet.", "cap_eur": "500", "basis": "real_cost",
    "legal_basis": "de_minimis", "validity_months": "12", "extension_months": "6", "evidence": "Ticket\n\nReport",
}  # fmt: skip
TARGET = {"name": "Companies supported", "value": "330", "unit": "companies"}
FIGURE = {"name": "Vouchers granted", "value": "169", "as_of": "2019-12-31", "source": "Final report"}


@pytest.fixture
def as_(client, cast, settings):
    """The browser of the named person; the second factor has tests of its own."""
    settings.LANDBRIDGE_SECOND_FACTOR = "off"

    def sign_in(name):
        client.force_login(getattr(cast, name))
        return client

    return sign_in


def page_of(name, *args):
    return reverse(f"programmes:{name}", args=args)


class TestReading:
    def test_the_list_tells_where_each_programme_stands(self, as_, cast):
        response = as_("stuttgart_broker").get(page_of("programmes"))

        assert response.status_code == 200
        assert b"Test programme" in response.content
        assert b"Running" in response.content

    def test_a_word_finds_a_programme(self, as_):
        response = as_("auditor").get(page_of("programmes"), {"q": "oTHer"})

        assert b"Other programme" in response.content
        assert b"Test programme" not in response.content.partition(b"<main")[2]

    def test_a_word_that_finds_nothing_says_so(self, as_):
        response = as_("network_office").get(page_of("programmes"), {"q": "nothing is called like this"})

        assert b"No programme is called like this" in response.content

    def test_a_programme_shows_its_whole_network(self, as_, cast):
        make.meet_and_greet(phase=cast.phase)
        make.a_target(phase=cast.phase, partner=cast.german_partner)
        make.a_published_figure(programme=cast.programme)
        make.a_published_figure(programme=cast.programme, phase=cast.phase)

        response = as_("assessor").get(page_of("programme", cast.programme.pk))

        assert response.status_code == 200
        for shown in (
            b"Phase 1",
            b"Meet &amp; Greet",
            "€500".encode(),
            b"330",
            b"German partner",
            b"Zealand",
            b"164",
        ):
            assert shown in response.content

    @pytest.mark.parametrize("name", ["phase", "incentive", "partner", "region"])
    def test_each_thing_has_a_page_of_its_own(self, as_, cast, name):
        things = {
            "phase": cast.phase,
            "incentive": make.insight(phase=cast.phase),
            "partner": cast.belgian_partner,
            "region": cast.liege,
        }

        response = as_("zealand_broker").get(page_of(name, things[name].pk))

        assert response.status_code == 200
        assert str(things[name].name).encode() in response.content

    def test_the_office_sees_its_next_step(self, as_, cast):
        planned = make.a_planned_phase(programme=cast.programme, number=2)

        before = as_("office").get(page_of("phase", planned.pk))
        make.insight(phase=planned)
        after = as_("office").get(page_of("phase", planned.pk))
        asleep = as_("office").get(
            page_of("phase", make.a_hibernating_phase(programme=cast.programme, number=3).pk)
        )

        assert b"Add the first incentive" in before.content
        assert b"Start the phase" in after.content
        assert b"Begin the next phase" in asleep.content
        assert b"Wake it" in asleep.content

    @pytest.mark.parametrize(
        ("person", "sees"),
        [("office", True), ("belgian_finance", True), ("auditor", True), ("finance", False), ("liege_broker", False),
         ("other_office", False)],
    )  # fmt: skip
    def test_an_account_is_not_for_everyone(self, as_, cast, person, sees):
        response = as_(person).get(page_of("partner", cast.belgian_partner.pk))

        assert (b"BE68539007547034" in response.content) is sees

    def test_the_calendar_goes_from_year_to_year(self, as_, cast):
        make.a_closed_day(region=cast.liege, day=date(2030, 7, 22), reason="Bridge day")

        response = as_("liege_broker").get(page_of("region", cast.liege.pk), {"year": "2030"})

        assert b"Bridge day" in response.content
        assert "Noël".encode() in response.content

    @pytest.mark.parametrize("year", ["", "0", "99999", "²026", "-1", "1066"])
    def test_a_strange_year_is_no_fault(self, as_, cast, year):
        assert as_("office").get(page_of("region", cast.liege.pk), {"year": year}).status_code == 200

    @pytest.mark.parametrize("person", ["danish_sme", "german_provider", "investor", "mallory"])
    def test_outsiders_are_refused(self, as_, cast, person):
        assert as_(person).get(page_of("programmes")).status_code == 403

    def test_a_stranger_is_led_to_the_sign_in_page(self, client, cast):
        assert client.get(page_of("programmes")).status_code == 302

    @pytest.mark.parametrize("name", ["programme", "phase", "incentive", "partner", "region"])
    @pytest.mark.parametrize("pk", [0, 10**18, 10**30])
    def test_what_is_not_there_is_not_found(self, as_, name, pk):
        assert as_("network_office").get(page_of(name, pk)).status_code == 404


class TestEditing:
    def test_the_network_office_sets_a_programme_up(self, as_):
        response = as_("network_office").post(page_of("programme_new"), PROGRAMME)

        made = Programme.objects.get(key="in2lifesciences")
        assert response.headers["Location"] == made.get_absolute_url()
        assert (made.accent, made.funder) == ("moss", "Interreg IVB")

    def test_a_programmes_office_sets_none_up(self, as_):
        assert as_("office").post(page_of("programme_new"), PROGRAMME).status_code == 403

    def test_the_office_plans_what_it_offers(self, as_, cast):
        client = as_("office")

        client.post(page_of("programme_edit", cast.programme.pk), {**PROGRAMME, "key": "renamed"})
        client.post(page_of("phase_new", cast.programme.pk), PHASE)
        planned = Phase.objects.get(programme=cast.programme, name="Phase 2")
        client.post(page_of("phase_edit", planned.pk), {**PHASE, "name": "Phase two"})
        client.post(page_of("incentive_new", planned.pk), INCENTIVE)
        client.post(page_of("target_new", planned.pk), {**TARGET, "partner": cast.german_partner.pk})
        client.post(page_of("figure_new", cast.programme.pk), {**FIGURE, "phase": planned.pk})
        client.post(page_of("partner_new", cast.programme.pk), PARTNER)
        client.post(page_of("phase_beginning", planned.pk))

        planned.refresh_from_db()
        incentive = Incentive.objects.get(phase=planned)
        assert (planned.name, planned.state) == ("Phase two", S.RUNNING)
        assert (incentive.key, incentive.cap_eur, incentive.evidence) == (
            "meet-greet",
            euro(500),
            ["Ticket", "Report"],
        )
        assert Target.objects.get(phase=planned).partner == cast.german_partner
        assert PublishedFigure.objects.get(phase=planned).as_of == date(2019, 12, 31)
        assert (
            Partner.objects.get(programme=cast.programme, short_name="KCC").iban == "GB82WEST12345698765432"
        )
        assert Programme.objects.get(pk=cast.programme.pk).key == "renamed"

    def test_the_office_edits_incentive_and_partner(self, as_, cast):
        client = as_("office")
        incentive = make.insight(phase=cast.phase)

        client.post(
            page_of("incentive_edit", incentive.pk), {**INCENTIVE, "key": "insight", "cap_eur": "4.500,00"}
        )
        client.post(page_of("partner_edit", cast.german_partner.pk), {**PARTNER, "is_lead": "on"})

        incentive.refresh_from_db()
        assert incentive.cap_eur == euro(4500)
        assert Partner.objects.get(pk=cast.german_partner.pk).short_name == "KCC"

    def test_the_next_phase_begins_with_a_copy(self, as_, cast):
        make.insight(phase=cast.phase)

        response = as_("office").post(page_of("phase_next", cast.phase.pk), PHASE)

        following = Phase.objects.get(follows=cast.phase)
        assert response.headers["Location"] == following.get_absolute_url()
        assert Incentive.objects.filter(phase=following, key="insight").exists()

    @pytest.mark.parametrize(
        ("moves", "state"),
        [(["hibernation"], S.HIBERNATING), (["hibernation", "awakening"], S.RUNNING), (["end"], S.CLOSED)],
    )
    def test_a_phase_is_moved(self, as_, cast, moves, state):
        for move in moves:
            as_("office").post(page_of(f"phase_{move}", cast.phase.pk))

        assert Phase.objects.get(pk=cast.phase.pk).state == state

    def test_a_move_that_came_too_late_says_so(self, as_, cast):
        response = as_("office").post(page_of("phase_beginning", cast.phase.pk))

        assert response.status_code == 409
        assert b"no longer possible" in response.content

    def test_a_region_is_added_and_edited(self, as_, cast):
        client = as_("office")

        client.post(page_of("region_new"), REGION)
        kent = Region.objects.get(key="kent")
        client.post(
            page_of("region_edit", kent.pk), {**REGION, "key": "kent", "desk_email": "kent@example.org"}
        )

        kent.refresh_from_db()
        assert kent.postcode_prefixes == ["ME", "CT", "TN23"]
        assert (kent.subdivision, kent.desk_email) == ("ENG", "kent@example.org")

    def test_the_desk_is_closed_and_opened(self, as_, cast):
        client = as_("office")

        closed = client.post(
            page_of("closed_days", cast.liege.pk), {"day": "2026-12-24", "reason": "Holy Eve"}
        )
        again = client.post(
            page_of("closed_days", cast.liege.pk), {"day": "2026-12-24", "reason": "Holy Eve"}
        )
        opened = client.post(page_of("closed_day_removal", ClosedDay.objects.get().pk))

        assert (closed.status_code, again.status_code, opened.status_code) == (302, 409, 302)
        assert not ClosedDay.objects.exists()

    def test_the_known_regions_are_added(self, as_):
        as_("office").post(page_of("known_regions"))

        assert Region.objects.filter(key="hauts-de-france").exists()

    def test_a_target_is_given_up(self, as_, cast):
        target = make.a_target(phase=cast.phase)

        as_("office").post(page_of("target_removal", target.pk))

        assert not Target.objects.exists()

    def test_the_same_form_twice_is_carried_out_once(self, as_, cast):
        client = as_("office")
        form = {**PHASE, "operation_key": "5f0c3a52-3a0a-4dd5-9c71-0e3a3f6f6a10"}

        answers = [client.post(page_of("phase_new", cast.programme.pk), form) for _ in range(2)]

        assert answers[0].headers["Location"] == answers[1].headers["Location"]
        assert Phase.objects.filter(name="Phase 2").count() == 1

    @pytest.mark.parametrize(
        "name",
        ["programme_edit", "figure_new", "phase_new", "partner_new", "phase_edit", "phase_next", "phase_beginning",
         "incentive_new", "target_new", "incentive_edit", "target_removal", "partner_edit", "closed_day_removal",
         "region_edit", "closed_days"],
    )  # fmt: skip
    def test_another_programmes_office_finds_nothing_to_edit(self, as_, cast, name):
        things = {
            "programme": cast.programme, "figure": cast.programme, "phase": cast.phase, "partner": cast.german_partner,
            "incentive": make.insight(phase=cast.phase), "target": make.a_target(phase=cast.phase),
            "closed": make.a_closed_day(region=cast.liege), "region": cast.liege,
        }  # fmt: skip
        thing = things[name.split("_")[0]]
        if name in ("incentive_new", "target_new"):
            thing = cast.phase
        if name in ("phase_new", "partner_new"):
            thing = cast.programme
        if name == "closed_days":
            thing = cast.liege

        assert as_("other_office").post(page_of(name, thing.pk), PHASE).status_code == 404

    @pytest.mark.parametrize("person", ["liege_broker", "finance", "auditor", "assessor"])
    def test_readers_do_not_edit(self, as_, cast, person):
        client = as_(person)

        assert client.get(page_of("programme_edit", cast.programme.pk)).status_code == 403
        assert b"/edit" not in client.get(page_of("programme", cast.programme.pk)).content


class TestBadInput:
    def test_every_form_opens(self, as_, cast):
        client = as_("network_office")
        incentive = make.insight(phase=cast.phase)
        pages = [
            ("programme_new",), ("programme_edit", cast.programme.pk), ("figure_new", cast.programme.pk),
            ("phase_new", cast.programme.pk), ("partner_new", cast.programme.pk), ("phase_edit", cast.phase.pk),
            ("phase_next", cast.phase.pk), ("incentive_new", cast.phase.pk), ("target_new", cast.phase.pk),
            ("incentive_edit", incentive.pk), ("partner_edit", cast.german_partner.pk), ("region_new",),
            ("region_edit", cast.liege.pk), ("regions",),
        ]  # fmt: skip

        assert {client.get(page_of(*page)).status_code for page in pages} == {200}

    @pytest.mark.parametrize(
        "form",
        [
            ("programme_edit", PROGRAMME, {"name": ""}),
            ("programme_edit", PROGRAMME, {"name": "x" * 121}),
            ("programme_edit", PROGRAMME, {"accent": "pink"}),
            ("programme_edit", PROGRAMME, {"key": "Not a key"}),
            ("phase_new", PHASE, {"starts_on": "2026-02-30"}),
            ("phase_new", PHASE, {"ends_on": "9999-12-31"}),
            ("phase_new", PHASE, {"name": "nul\x00byte"}),
            ("incentive_new", INCENTIVE, {"cap_eur": "0"}),
            ("incentive_new", INCENTIVE, {"cap_eur": "10000000.01"}),
            ("incentive_new", INCENTIVE, {"cap_eur": "much"}),
            ("incentive_new", INCENTIVE, {"basis": "gift"}),
            ("incentive_new", INCENTIVE, {"validity_months": "9" * 30}),
            ("target_new", TARGET, {"value": "-1"}),
            ("target_new", TARGET, {"partner": "9" * 30}),
            ("figure_new", FIGURE, {"phase": "abc"}),
            ("partner_new", PARTNER, {"iban": "BE68 5390 0754 7035"}),
            ("partner_new", PARTNER, {"country": "UK"}),
            ("partner_new", PARTNER, {"region_id": "9" * 30}),
            ("region_new", REGION, {"languages": ["tlh"]}),
            ("region_new", REGION, {"latitude": "NaN"}),
            ("region_new", REGION, {"longitude": "181"}),
            ("region_new", REGION, {"time_zone": "Mars/Olympus"}),
        ],
    )  # fmt: skip
    def test_the_page_comes_back_with_the_problem_in_words(self, as_, cast, form):
        page, good, bad = form
        on = {"programme_edit": cast.programme, "phase_new": cast.programme, "partner_new": cast.programme,
              "figure_new": cast.programme, "incentive_new": cast.phase, "target_new": cast.phase}.get(page)  # fmt: skip

        response = as_("office").post(page_of(page, *([on.pk] if on else [])), good | bad)

        assert response.status_code == 422
        assert b"There is a problem" in response.content

    @pytest.mark.parametrize(
        "form",
        [
            ("programme_edit", PROGRAMME, {"key": "other-programme"}),
            ("phase_new", PHASE, {"ends_on": "2028-12-31"}),
            ("phase_next", PHASE, {"starts_on": "2028-12-31"}),
            ("figure_new", FIGURE, {"as_of": "2060-01-01"}),
            ("partner_new", PARTNER, {"name": "German partner"}),
            ("partner_new", PARTNER, {"is_lead": "on"}),
            ("partner_new", PARTNER, {"town": ""}),
            ("region_new", REGION, {"key": "liege"}),
            ("region_new", REGION, {"subdivision": "KENT"}),
            ("region_new", REGION, {"postcode_prefixes": "ME CT-1"}),
            ("region_new", REGION, {"country": "AQ"}),
        ],
    )
    def test_the_rules_refuse_beside_the_field(self, as_, cast, form):
        page, good, bad = form
        on = {"phase_next": cast.phase, "region_new": None}.get(page, cast.programme)

        response = as_("office").post(page_of(page, *([on.pk] if on else [])), good | bad)

        assert response.status_code == 409
        assert b"There is a problem" in response.content

    def test_a_stale_form_is_told_and_may_be_sent_again(self, as_, cast):
        client = as_("office")
        page = page_of("phase_edit", cast.phase.pk)
        seen = client.get(page).context["form"].mark
        client.post(page, {**PHASE, "name": "Theirs", "seen": seen})

        told = client.post(page, {**PHASE, "name": "Mine", "seen": seen})
        again = client.post(page, {**PHASE, "name": "Mine", "seen": told.context["form"].mark})

        assert (told.status_code, again.status_code) == (409, 302)
        assert b"Somebody else has changed this" in told.content
        assert Phase.objects.get(pk=cast.phase.pk).name == "Mine"

    def test_what_was_typed_stays(self, as_, cast):
        response = as_("office").post(
            page_of("phase_new", cast.programme.pk), {**PHASE, "starts_on": "2026-02-30"}
        )

        assert b'value="30"' in response.content
        assert b'value="Phase 2"' in response.content


class TestCost:
    def test_more_rows_need_no_more_queries(self, as_, cast):
        client = as_("network_office")
        pages = [page_of("programmes"), page_of("programme", cast.programme.pk), page_of("regions")]

        def cost():
            counts = []
            for page in pages:
                with CaptureQueriesContext(connection) as queries:
                    client.get(page)
                counts.append(len(queries))
            return counts

        make.insight(phase=cast.phase)
        make.a_target(phase=cast.phase)
        before = cost()
        for number in (2, 3):
            phase = make.a_phase(programme=cast.programme, number=number)
            make.insight(phase=phase)
            make.a_target(phase=phase)
            make.a_partner(programme=cast.programme)
            make.a_phase()

        assert cost() == before
        assert max(before) <= 16


class TestFrozenTerms:
    def test_an_incentive_says_which_calls_keep_their_terms(self, as_, cast):
        call = calls.a_published_call()
        offer = calls.offer_of(call)
        incentive = offer.incentive
        draft = calls.a_draft(phase=call.phase)
        calls.an_offer(draft, incentive=incentive)
        client = as_("network_office")

        client.post(
            page_of("incentive_edit", incentive.pk), {**INCENTIVE, "key": incentive.key, "cap_eur": "1"}
        )
        page = client.get(page_of("incentive", incentive.pk))
        for_readers = as_("liege_broker").get(page_of("incentive", incentive.pk))

        cap = offer.cap_eur
        offer.refresh_from_db()
        assert offer.cap_eur == cap != euro(1)
        assert [use.cap_eur for use in page.context["calls"]][-1] == cap
        assert b"does not reach these calls" in page.content
        assert (len(page.context["calls"]), len(for_readers.context["calls"])) == (2, 1)

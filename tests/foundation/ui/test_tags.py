"""Tags write accessible parts: fields tied to hints and errors, keys that stay, lists that keep their filters."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from uuid import UUID

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from landbridge.foundation.permissions.actor import ANYONE, Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.examples import PROBLEMS, ExampleForm
from landbridge.foundation.ui.forms import Form
from landbridge.foundation.ui.parts import Next, Slice, Step

pytestmark = pytest.mark.once
NOW = dt.datetime(2014, 5, 1, 12, 0, tzinfo=dt.UTC)


def request_of(path: str = "/", *, actor: Actor = ANYONE, post: dict[str, str] | None = None) -> HttpRequest:
    request = RequestFactory().get(path) if post is None else RequestFactory().post(path, post)
    request.actor, request.now = actor, NOW  # type: ignore[attr-defined]
    return request


def rendered(source: str, request: HttpRequest | None = None, **context: object) -> str:
    return Template(source).render(RequestContext(request, context) if request else Context(context))


def attribute(page: str, name: str) -> str:
    return re.search(rf'{name}="([^"]*)"', page)[1]


def test_a_field_is_tied_to_its_hint_and_count():
    page = rendered("{% field form.question %}", form=ExampleForm())
    assert attribute(page, "aria-describedby") == "id_question_hint id_question_count"
    assert 'for="id_question"' in page
    assert 'id="id_question_hint"' in page
    assert 'data-limit="2000"' in page
    assert "aria-invalid" not in page


def test_a_wrong_field_is_tied_to_its_error():
    page = rendered("{% field form.title %}", form=ExampleForm({}))
    assert attribute(page, "aria-describedby") == "id_title_error"
    assert attribute(page, "aria-invalid") == "true"
    assert "Fill this in." in page


def test_a_field_takes_attributes_and_other_words():
    page = rendered('{% field form.title label="Name" hint="As registered" autocomplete="organization" width="short" %}',
                    form=ExampleForm())  # fmt: skip
    assert "Name" in page
    assert "As registered" in page
    assert attribute(page, "autocomplete") == "organization"
    assert 'class="width-short"' in page


def test_optional_fields_say_so():
    assert "(optional)" in rendered("{% field form.iban %}", form=ExampleForm())
    assert "(optional)" not in rendered("{% field form.title %}", form=ExampleForm())


def test_money_shows_its_currency_and_keeps_what_was_typed():
    page = rendered("{% field form.amount_eur %}", form=ExampleForm({"amount_eur": "12.000 or so"}))
    assert '<span aria-hidden="true">€</span>' in page
    assert 'value="12.000 or so"' in page


def test_days_are_a_group_with_a_legend():
    page = rendered(
        "{% field form.begins_on %}", form=ExampleForm({"begins_on_day": "31", "begins_on_month": "2"})
    )
    assert "<legend>" in page
    assert page.index("aria-describedby") < page.index("<legend>")
    assert 'name="begins_on_day" value="31"' in page
    assert page.count("aria-describedby") == 1


def test_choices_are_a_group_with_labels():
    page = rendered("{% field form.purpose %}{% field form.agreed %}", form=ExampleForm())
    assert page.count('type="radio"') == 2
    assert 'for="id_purpose_0"' in page
    assert 'type="checkbox"' in page


def test_a_file_field_says_what_it_takes():
    assert 'accept=".pdf' in rendered("{% field form.evidence %}", form=ExampleForm())


def test_hidden_fields_are_bare():
    class Hidden(Form):
        secret = forms.CharField(widget=forms.HiddenInput, max_length=5)

    assert "<label" not in rendered("{% field form.secret %}", form=Hidden())


def test_the_summary_links_to_the_fields():
    form = ExampleForm({"begins_on_day": "31", "begins_on_month": "2", "begins_on_year": "2014"})
    page = rendered("{% form_errors form %}", form=form)
    assert 'role="alert"' in page
    assert 'href="#id_title"' in page
    assert 'href="#id_begins_on_0"' in page
    assert 'href="#id_purpose_0"' in page
    assert "What is it for? Choose one of these." in page
    assert "There are 6 problems" in page
    assert rendered("{% form_errors form %}", form=ExampleForm()).strip() == ""


def test_the_links_of_the_summary_lead_somewhere():
    form = ExampleForm({})
    page = rendered("{% form_errors form %}{% for one in form %}{% field one %}{% endfor %}", form=form)
    targets = re.findall(r'href="#([^"]+)"', page)
    assert targets
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_the_operation_key_is_new_on_a_fresh_page_and_stays_on_one_that_comes_back():
    fresh = attribute(rendered("{% operation_key %}", request_of()), "value")
    assert UUID(fresh) != UUID(attribute(rendered("{% operation_key %}", request_of()), "value"))
    again = rendered("{% operation_key %}", request_of(post={"operation_key": fresh}))
    assert attribute(again, "value") == fresh
    here = rendered("{% operation_key '/x' %}", request_of("/x", post={"operation_key": fresh}))
    assert attribute(here, "value") == fresh
    elsewhere = rendered("{% operation_key '/y' %}", request_of("/x", post={"operation_key": fresh}))
    assert attribute(elsewhere, "value") != fresh
    forged = rendered("{% operation_key %}", request_of(post={"operation_key": '"><b>' * 30}))
    assert UUID(attribute(forged, "value"))


@pytest.mark.urls("landbridge.foundation.ui.urls")
def test_navigation_leaves_out_what_is_not_there_or_not_allowed(settings):
    settings.LANDBRIDGE_NAVIGATION = [
        ("Components", "components", None),
        ("Nowhere", "nowhere:page", None),
        ("Calls", "components", P.CALL_EDIT),
    ]
    page = rendered("{% main_navigation %}", request_of("/"))
    assert re.findall(r">(\w+)</a>", page) == ["Components"]
    assert 'aria-current="page"' in page
    office = Actor(person_id=1, name="Office", role=Role.OFFICE)
    assert re.findall(r">(\w+)</a>", rendered("{% main_navigation %}", request_of("/", actor=office))) == [
        "Components",
        "Calls",
    ]


@pytest.mark.urls("landbridge.foundation.ui.urls")
def test_few_pages_of_work_stand_in_one_row_and_many_in_groups(settings):
    page = ("Components", "components", None)
    office = Actor(person_id=1, name="Office", role=Role.OFFICE)

    def words(path="/"):
        shown = rendered("{% work_navigation %}", request_of(path, actor=office))
        return re.findall(r">(\w+)</a>", shown)

    settings.LANDBRIDGE_WORK = [("Desk", [page]), ("Money", [page, page])]
    assert words() == ["Components"] * 3
    settings.LANDBRIDGE_WORK = [("Desk", [("Page", "nowhere:page", None)]), ("Money", [page] * 10)]
    assert words("/elsewhere/") == ["Components"] * 10
    settings.LANDBRIDGE_WORK = [("Calls", [page]), ("Money", [page] * 10)]
    assert words("/elsewhere/") == ["Calls", "Money"]
    assert words("/") == ["Calls", "Money", *["Components"] * 10]
    assert rendered("{% work_navigation %}", request_of("/")).strip() == ""


@pytest.mark.urls("landbridge.foundation.ui.urls")
def test_the_account_shows_the_hat(settings):
    settings.LANDBRIDGE_ACCOUNT_PAGES = {
        "sign_in": "components",
        "sign_out": "components",
        "hats": "components",
    }
    broker = Actor(person_id=1, name="Sofie Maes", role=Role.BROKER)
    page = rendered("{% account %}", request_of(actor=broker))
    assert "Sofie Maes" in page
    assert "Access Broker" in page
    assert "Sign out" in page
    assert "Sign in" in rendered("{% account %}", request_of())


def test_the_way_says_each_state():
    steps = [
        Step("Draft", NOW, "done"),
        Step("Submitted", None, "current", "now"),
        Step("Paid"),
        Step("Lapsed", state="off"),
    ]
    page = rendered("{% way steps %}", steps=steps)
    assert 'aria-current="step"' in page
    assert [word in page for word in (": done", ": now", ": to come", ": ended here")] == [True] * 4
    assert 'datetime="2014-05-01T12:00:00+00:00"' in page


def test_deadlines_are_late_only_when_owed():
    page = rendered("{% deadline at 'Europe/Brussels' %}", request_of(), at=NOW - dt.timedelta(days=2))
    assert "2 days ago" in page
    assert 'data-tone="calm"' in page
    assert 'data-tone="late"' in rendered(
        "{% deadline at owed=True %}", request_of(), at=NOW - dt.timedelta(days=2)
    )
    assert rendered("{% deadline at %}", at=None).count("<time") == 0
    assert "in 9 days" in rendered("{% deadline at %}", request_of(), at=dt.date(2014, 5, 10))


def test_problems_come_with_their_cures():
    page = rendered("{% problems problems %}", problems=PROBLEMS)
    assert "The amount exceeds the cap of €4,000 for this incentive." in page
    assert "Ask for €4,000 or less" in page
    assert 'href="#id_amount_eur"' in page
    assert rendered("{% problems problems %}", problems=[]).strip() == ""


def test_the_next_step_has_one_button():
    page = rendered(
        "{% next_step 'Submit' action='Send' post='/x' who='Your turn' until=at %}", request_of(), at=NOW
    )
    assert page.count("<button") == 1
    assert "operation_key" in page
    assert "csrfmiddlewaretoken" in page
    assert "Your turn" in page
    link = rendered("{% next_step 'Read' action='Open' href='/x' %}", request_of())
    assert 'href="/x"' in link
    assert "<form" not in link
    given = Next("Submit", who="Your turn", until=NOW, action="Send", post="/x")
    assert "<button" in rendered("{% next_step next %}", request_of(), next=given)
    assert rendered("{% next_step next %}", request_of(), next=None).strip() == ""


def test_pages_keep_the_filters():
    page = rendered(
        "{% pages page %}", request_of("/list?state=draft&page=3"), page=Paginator(range(200), 10).page(3)
    )
    assert 'href="?state=draft&amp;page=4"' in page
    assert 'aria-current="page"' in page
    assert "200 entries" in page
    keyed = rendered(
        "{% pages page %}", request_of("/list?state=draft&after=9"), page=Slice(previous="10", next="20")
    )
    assert 'href="?state=draft&amp;before=10"' in keyed
    assert 'href="?state=draft&amp;after=20"' in keyed
    assert rendered("{% pages page %}", request_of(), page=Paginator([1], 10).page(1)).strip() == ""


def test_progress_is_bounded_by_nothing():
    assert "65%" in rendered("{% progress 53 82 'Used' %}")
    assert "0%" in rendered("{% progress 0 0 'Used' %}")


def test_status_and_filters():
    assert 'data-tone="good"' in rendered("{% status 'awarded' %}")
    assert 'data-tone="bad"' in rendered("{% status 'awarded' 'bad' %}")
    assert rendered("{{ 'BE'|country }} {{ n|number }}", n=1234) == "Belgium 1,234"


def test_plain_euro_are_written_as_money():
    assert rendered("{{ value|as_euro }}", value=Decimal("5500.00")) == "€5,500"
    assert rendered("{{ value|as_euro }}", value=Decimal("1240.5")) == "€1,240.50"
    assert rendered("{{ value|as_euro }}", value=None) == ""


def test_notices_take_the_tags_of_messages():
    source = '{% include "ui/_notice.html" with tone=tone text="Done" %}'
    assert 'data-tone="good"' in rendered(source, tone="success")
    assert 'role="alert"' in rendered(source, tone="extra error")
    assert 'data-tone="info"' in rendered(source, tone="")


def test_an_asset_survives_a_missing_manifest(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    assert rendered("{% asset 'ui/base.css' %}") == "/static/ui/base.css"

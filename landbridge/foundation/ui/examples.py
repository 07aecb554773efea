"""Invented values for the page that shows all components."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.money import euro
from landbridge.foundation.problems import N_, Problem, Refused
from landbridge.foundation.ui import drawn_examples, formatting
from landbridge.foundation.ui.charts import Bar, Stack
from landbridge.foundation.ui.forms import (
    DateField,
    Filters,
    Form,
    IbanField,
    MomentField,
    MoneyFormField,
    UploadField,
)
from landbridge.foundation.ui.map import Flow, RegionMark
from landbridge.foundation.ui.parts import Crumb, Event, FileLine, Step, Task

PROBLEMS = (
    Problem(
        code="same_region",
        message=N_("The provider must be in another region."),
        cure=N_("Choose a provider outside your own region, or ask your Access Broker to search for one."),
        field="provider",
    ),
    Problem(
        code="above_cap",
        message=N_("The amount exceeds the cap of %(cap)s for this incentive."),
        cure=N_("Ask for %(cap)s or less; what exceeds it your company pays itself."),
        field="amount_eur",
        params={"cap": euro(4000)},
    ),
)


class ExampleForm(Form):
    title = forms.CharField(label=_l("Title of the project"), max_length=120)
    question = forms.CharField(
        label=_l("What do you need to find out?"),
        help_text=_l("Two or three sentences that a scientist abroad understands."),
        widget=forms.Textarea,
        max_length=2000,
    )
    amount_eur = MoneyFormField(
        label=_l("Amount you ask for"), most=euro(7000), help_text=_l("At most €7,000.")
    )
    begins_on = DateField(label=_l("Work begins on"), help_text=_l("For example 4 5 2014."))
    closes_at = MomentField(label=_l("Call closes at"), required=False)
    provider = forms.ChoiceField(
        label=_l("Provider"), choices=[("", "–"), ("liege", "BioLiège"), ("oxford", "Oxford")], required=False
    )
    purpose = forms.ChoiceField(
        label=_l("What is it for?"),
        widget=forms.RadioSelect,
        choices=[("insight", _l("Insight")), ("collaboration", _l("Collaboration"))],
    )
    languages = forms.MultipleChoiceField(
        label=_l("Languages you work in"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("en", "English"), ("de", "Deutsch"), ("fr", "Français")],
        required=False,
    )
    iban = IbanField(label=_l("Bank account (IBAN)"), required=False)
    evidence = UploadField(label=_l("Evidence"), help_text=_l("PDF or picture, up to 10 MB."), required=False)
    agreed = forms.BooleanField(label=_l("The work has not begun before this application."))


class ExampleFilters(Filters):
    words = forms.CharField(label=_l("Words"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_l("State"), choices=[("", _l("All")), ("draft", _l("Draft"))], required=False
    )


def refused_form() -> ExampleForm:
    """The form as it comes back: everything typed is still there, each problem beside its field."""
    form = ExampleForm(
        {"title": "Bioavailability of a peptide", "amount_eur": "12.000", "begins_on_day": "31", "begins_on_month": "2",
         "begins_on_year": "2014", "question": "", "purpose": "", "provider": "liege", "iban": "BE71 0961 2345 6768"},
        prefix="wrong",
    )  # fmt: skip
    form.data = {f"wrong-{name}": value for name, value in form.data.items()}
    form.refuse(Refused(PROBLEMS[:1]))
    return form


def context(*, now: dt.datetime) -> dict[str, Any]:
    """Everything the page of components shows."""
    now = now.replace(minute=0, second=0, microsecond=0)
    call = dt.datetime(2014, 5, 4, 15, 0, tzinfo=dt.UTC)
    return {
        "breadcrumbs": [Crumb(_("Home"), "/"), Crumb(_("Components"))],
        "form": ExampleForm(),
        "refused": refused_form(),
        "filters": ExampleFilters(),
        "problems": PROBLEMS,
        "steps": _steps(call),
        "steps_ended": [*_steps(call)[:2], Step(_("Withdrawn"), call, "off", _("by the company"))],
        "tasks": _tasks(now),
        "closes_at": now + dt.timedelta(days=2, hours=3),
        "closed_at": now - dt.timedelta(days=12),
        "icons": sorted(_icon_names()),
        "tones": ("good", "bad", "wait", "info", "quiet", "accent"),
        "accents": ("sea", "moss", "plum", "clay", "night", "amber"),
        "states": ("draft", "submitted", "returned", "awarded", "rejected"),
        "tabs": [
            {"label": _("Waiting for me"), "href": "#tabs", "current": True, "count": 3},
            {"label": _("With others"), "href": "#tabs", "count": 12},
            {"label": _("Done"), "href": "#tabs"},
        ],
        "facts": [(_("Company"), "Nordlys Diagnostics ApS"), (_("Region"), "Medicon Valley"), (_("Asked for"), formatting.money(euro(4000)))],
        "rows": _rows(),
        "page": Paginator(range(173), 25).page(3),
        "events": _events(call),
        "files": [FileLine(_("Receipt"), "#files", 48_213, call), FileLine(_("Quote of the laboratory"), "#files", 1_240_000, call)],
        "letter": {"to": "Anne Sørensen", "at": call, "subject": _("Your application has arrived"), "body": _LETTER},
        "bars": [Bar(_("Meet & Greet"), 82), Bar(_("Collaboration"), 53), Bar(_("Insight"), 29)],
        "stacks": _stacks(),
        "weeks": [Bar(_("Week %(number)s") % {"number": n}, v) for n, v in enumerate((1, 2, 2, 4, 3, 6, 9, 8, 14, 21), 1)],
        "trend": (1, 2, 2, 4, 3, 6, 9, 8, 14, 21),
        "shapes": drawn_examples.context(),
        "marks": marks(),
        "flows": (Flow("Oxford", "Liège", 4), Flow("Copenhagen", "Stuttgart", 6), Flow("Barcelona", "Nantes", 2), Flow("Eindhoven", "Oxford", 3)),
    }  # fmt: skip


def marks() -> list[RegionMark]:
    """Eleven places of the network, for the map."""
    places = (
        ("Oxford", 51.75, -1.26, 23), ("Kent", 51.28, 1.08, 11), ("Eindhoven", 51.44, 5.48, 31),
        ("Nijmegen", 51.84, 5.86, 28), ("Liège", 50.63, 5.57, 19), ("Lille", 50.63, 3.06, 14),
        ("Nantes", 47.22, -1.55, 9), ("Stuttgart", 48.78, 9.18, 26), ("Copenhagen", 55.68, 12.57, 22),
        ("Barcelona", 41.39, 2.17, 16), ("Dublin", 53.35, -6.26, 7),
    )  # fmt: skip
    return [RegionMark(name, lat, lon, href="#map", count=count) for name, lat, lon, count in places]


def _icon_names() -> list[str]:
    from landbridge.foundation.ui.icons import STROKES

    return list(STROKES)


def _steps(call: dt.datetime) -> list[Step]:
    return [
        Step(_("Draft"), call - dt.timedelta(days=40), "done"),
        Step(_("Submitted"), call - dt.timedelta(days=12), "done"),
        Step(_("Evaluation"), call, "current", _("with two assessors")),
        Step(_("Awarded"), call + dt.timedelta(days=30), "coming", _("expected")),
        Step(_("Paid")),
    ]


def _tasks(now: dt.datetime) -> list[Task]:
    late, soon = now - dt.timedelta(days=1), now + dt.timedelta(days=2)
    return [
        Task(
            _("Confirm that you will do the work"),
            "#tasks",
            _("Kestrel Bio Ltd, Insight"),
            late,
            state="overdue",
            tone="bad",
        ),
        Task(
            _("Read the enquiry of Nordlys Diagnostics"), "#tasks", _("Medicon Valley"), soon, state="waiting"
        ),
        Task(_("Evidence of payment"), "#tasks", state="done"),
    ]


def _events(call: dt.datetime) -> list[Event]:
    return [
        Event(_("Handed in"), call - dt.timedelta(days=12), "Anne Sørensen", _("Receipt IN2-2014-0173")),
        Event(_("Confirmed by the provider"), call - dt.timedelta(days=13), "Prof. Marc Dubois"),
        Event(_("Begun"), call - dt.timedelta(days=40), "Anne Sørensen"),
    ]


def _rows() -> list[dict[str, Any]]:
    companies = (("Nordlys Diagnostics ApS", "Medicon Valley", 4000, "awarded"), ("Kestrel Bio Ltd", "Oxford", 7000, "submitted"),
                 ("Aachtal Sensorik GmbH", "BioRegio STERN", 500, "draft"))  # fmt: skip
    return [{"company": c, "region": r, "amount": euro(a), "state": s} for c, r, a, s in companies]


def _stacks() -> list[Stack]:
    names = (_("Paid"), _("Committed"), _("Reserved"), _("Free"))
    given = (("BioRegio STERN", (41, 22, 11, 26)), ("BioLiège", (30, 14, 7, 49)), ("Oxford", (55, 25, 15, 5)))

    def stack(label: str, thousands: tuple[int, ...]) -> Stack:
        parts = [
            Bar(name, n, formatting.money(euro(n * 1000))) for name, n in zip(names, thousands, strict=True)
        ]
        return Stack(label, parts, shown=_("%(free)s free") % {"free": parts[-1].shown})

    return [stack(label, thousands) for label, thousands in given]


_LETTER = """Dear Anne Sørensen,

your application “Bioavailability of a peptide” arrived on 22 April 2014 at 11:04 (Europe/Brussels).
Its number is IN2-2014-0173.

You need not do anything now. The call closes on 4 May; you will hear from us by 3 June.

With kind regards
The programme office"""

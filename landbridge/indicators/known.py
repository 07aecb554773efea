"""The common indicators: those of Interreg that such a network can count, and what it counts besides.

Codes and names of RCO and RCR: Regulation (EU) 2021/1058, Annex I (in force until 2027). Their definitions here say
how this product counts them; the authority's indicator sheet decides what a programme reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from landbridge.foundation.problems import N_
from landbridge.indicators.states import Kind


@dataclass(frozen=True, slots=True)
class Common:
    """One common indicator; without a definition it is that of its source, without a source entered by hand."""

    code: str
    name: str
    unit: str
    source: str = ""
    definition: str = ""
    kind: Kind | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    targets: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    decimals: int = 0
    is_public: bool = True

    def links(self) -> dict[str, list[str]]:
        """Under which codes targets and published figures mean it, and what counts the same otherwise."""
        found = {"targets": self.targets, "published": self.published, "beside": self.beside}
        return {name: list(codes) for name, codes in found.items() if codes}


ENTERPRISES, VOUCHERS, EURO, DAYS = N_("enterprises"), N_("vouchers"), N_("euro"), N_("days")
PER_CENT, JOBS, POINTS = N_("per cent"), N_("full-time equivalents"), N_("points of 5")
COLLABORATIONS, ORGANISATIONS = N_("collaborations"), N_("organisations")

COMMON = (
    Common(
        "rco01", N_("Enterprises supported"), ENTERPRISES, "enterprises-supported",
        targets=("smes-supported",), published=("smes-supported",), beside=("rco02", "rco04"),
    ),
    Common(
        "rco02", N_("Enterprises supported by grants"), ENTERPRISES, "enterprises-with-vouchers",
        beside=("rco01", "vouchers-granted"),
    ),
    Common(
        "rco04", N_("Enterprises with non-financial support"), ENTERPRISES, "enterprises-without-money",
        beside=("rco01", "companies-coached"),
    ),
    Common(
        "rco10", N_("Enterprises cooperating with research organisations"), ENTERPRISES, "companies-with-research",
    ),
    Common(
        "rco87", N_("Organisations cooperating across borders"), ORGANISATIONS, "organisations-across-borders",
        beside=("rcr84",),
    ),
    Common(
        "rcr01", N_("Jobs created in supported entities"), JOBS, "jobs-gained", parameters={"months": 12},
        definition=N_(
            "Full-time equivalents that a company says it has 12 months after its support, less those of the baseline "
            "recorded before the support began. Without such a baseline nothing counts; losses are taken off. One row "
            "is one company."
        ),
        targets=("jobs-created",), decimals=1, beside=("jobs-expected",),
    ),
    Common(
        "rcr02", N_("Private investments matching public support"), EURO, "private-money", parameters={"months": 12},
        definition=N_(
            "What companies say, 12 months after their support, that they put in themselves or found privately. One "
            "row is one answer."
        ),
        beside=("money-paid",),
    ),
    Common(
        "rcr03", N_("Enterprises introducing product or process innovation"), ENTERPRISES,
        "companies-with-new-products",
    ),
    Common(
        "rcr84", N_("Organisations cooperating across borders after project completion"), ORGANISATIONS,
        "organisations-still-across-borders", parameters={"months": 6},
        definition=N_(
            "Both sides of a collaboration in two countries that still ran six months after its voucher was closed or "
            "its access delivered; each organisation counts once. One row is one organisation."
        ),
        beside=("rco87",),
    ),
    Common(
        "vouchers-granted", N_("Vouchers granted"), VOUCHERS, "vouchers-granted",
        targets=("vouchers-granted",), published=("vouchers-granted", "incentives-granted"),
        beside=("vouchers-kept", "development-projects"),
    ),
    Common(
        "vouchers-kept", N_("Vouchers granted and not lapsed"), VOUCHERS, "vouchers-kept",
        beside=("vouchers-granted", "development-projects"),
    ),
    Common(
        "development-projects", N_("Development projects"), N_("projects"), kind=Kind.OUTPUT,
        definition=N_(
            "Projects that a voucher paid for, as a programme itself tells of them. A voucher that was given back, and "
            "two vouchers for one project, make the difference from the vouchers granted; it is entered by hand."
        ),
        published=("development-projects",), beside=("vouchers-granted", "vouchers-kept"),
    ),
    Common("money-committed", N_("Money committed to companies"), EURO, "money-committed", beside=("money-paid",)),
    Common(
        "money-paid", N_("Money paid to companies"), EURO, "money-paid",
        published=("injected",), beside=("money-committed",),
    ),
    Common("money-allocated", N_("Money set aside for vouchers"), EURO, "money-allocated"),
    Common("applications", N_("Applications received"), N_("applications"), "applications"),
    Common("enquiries", N_("Enquiries received"), N_("enquiries"), "enquiries-received"),
    Common("introductions", N_("Introductions made"), N_("introductions"), "introductions-made"),
    Common(
        "collaborations", N_("Collaborations begun"), COLLABORATIONS, "collaborations-begun",
        published=("collaborations-initiated",), beside=("collaborations-running", "collaborations-renewed"),
    ),
    Common(
        "collaborations-running", N_("Collaborations running"), COLLABORATIONS, "collaborations-running",
        beside=("collaborations",),
    ),
    Common("collaborations-renewed", N_("Renewals of collaborations"), N_("renewals"), "collaborations-renewed"),
    Common("access-delivered", N_("Access delivered"), N_("requests"), "access-delivered"),
    Common("events", N_("Events held"), N_("events"), "events-held"),
    Common("participants", N_("Participants present at events"), N_("people"), "participants-present"),
    Common("webinars", N_("Webinars held"), N_("webinars"), "webinars-held", published=("webinars",)),
    Common("listeners", N_("Listeners present at webinars"), N_("people"), "listeners-present"),
    Common(
        "companies-coached", N_("Companies coached"), ENTERPRISES, "companies-coached",
        published=("smes-coached",), beside=("rco04",),
    ),
    Common("satisfaction", N_("How helpful it was"), POINTS, "satisfaction", decimals=2, beside=("very-helpful",)),
    Common(
        "very-helpful", N_("Rated very helpful"), PER_CENT, kind=Kind.RESULT,
        definition=N_("Of the surveyed firms, how many called the help very helpful, as a programme published it."),
        published=("rated-very-helpful-percent",), beside=("satisfaction",),
    ),
    Common("would-recommend", N_("Would recommend it"), POINTS, "would-recommend", decimals=2),
    Common(
        "continues-6", N_("Cooperation continues after 6 months"), PER_CENT, "continues",
        parameters={"months": 6}, decimals=1, beside=("continues-12", "continues-24"),
    ),
    Common(
        "continues-12", N_("Cooperation continues after 12 months"), PER_CENT, "continues",
        parameters={"months": 12}, decimals=1, beside=("continues-6", "continues-24"),
    ),
    Common(
        "continues-24", N_("Cooperation continues after 24 months"), PER_CENT, "continues",
        parameters={"months": 24}, decimals=1, beside=("continues-6", "continues-12"),
    ),
    Common("follow-on-money", N_("Follow-on money"), EURO, "follow-on-money"),
    Common(
        "follow-on-projects", N_("Follow-on projects"), N_("projects"), "follow-ons",
        parameters={"followed": "project"},
    ),
    Common(
        "jobs-expected", N_("Jobs expected"), JOBS, kind=Kind.RESULT,
        definition=N_("Jobs that companies said they expect, as a programme published it; not jobs that were created."),
        published=("jobs-expected",), beside=("rcr01",),
    ),
    Common("days-to-introduction", N_("Days from question to introduction"), DAYS, "days-to-introduction"),
    Common("days-to-payment", N_("Days from application to payment"), DAYS, "days-to-payment"),
    Common("response-rate", N_("Response rate of surveys"), PER_CENT, "response-rate", decimals=1),
)  # fmt: skip

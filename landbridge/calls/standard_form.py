"""The form and the criteria that a new call starts from; the office changes them for each call.

The declarations follow the rules of the field: size (Recommendation 2003/361/EC), no double funding, work not begun,
provider not related, de minimis aid of the last three years (Regulation (EU) 2023/2831), data protection.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from landbridge.calls.models import Question
from landbridge.foundation.problems import N_

Kind = Question.Kind

CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """One question of a form before it belongs to a call."""

    section: str
    key: str
    kind: str
    label: str
    help_text: str = ""
    is_required: bool = True
    longest: int = CHARACTERS
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """One criterion before it belongs to a call."""

    name: str
    points: int
    threshold: int = 0
    description: str = ""


_WHAT = N_("What you need")
_HOW = N_("How the work is done")
_WHY = N_("What it brings")
_MONEY = N_("What it costs")
_DECLARATIONS = N_("Declarations")

QUESTIONS: tuple[QuestionDraft, ...] = (
    QuestionDraft(
        _WHAT,
        "need",
        Kind.LONG_TEXT,
        N_("Which question or problem do you want to solve?"),
        N_("Your product or idea, where it stands, and what keeps you from the next step."),
    ),
    QuestionDraft(
        _WHAT,
        "why_abroad",
        Kind.LONG_TEXT,
        N_("Why this partner, and why in another region?"),
        N_("What the partner has or knows that you did not find in your own region."),
        longest=1500,
    ),
    QuestionDraft(
        _HOW,
        "work_plan",
        Kind.LONG_TEXT,
        N_("What will be done, by whom, and when?"),
        N_("The steps in their order: who does each, how long it takes, what is there at its end."),
        longest=3000,
    ),
    QuestionDraft(
        _HOW,
        "months",
        Kind.NUMBER,
        N_("How many months does the work take?"),
        N_("From its first day to the last result."),
        longest=12,
    ),
    QuestionDraft(
        _WHY,
        "expected_result",
        Kind.LONG_TEXT,
        N_("What will you have in hand at the end?"),
        N_("Data, a report, a prototype, a contract: something that can be shown."),
        longest=1500,
    ),
    QuestionDraft(
        _WHY,
        "impact",
        Kind.LONG_TEXT,
        N_("What will it change for your company?"),
        N_("Next steps, market, turnover, jobs; how you would know in two years that it was worth it."),
    ),
    QuestionDraft(
        _WHY,
        "employees",
        Kind.NUMBER,
        N_("How many people work for your company today?"),
        N_("In full-time equivalents. We ask again after the work, to count jobs created."),
        longest=249,
    ),
    QuestionDraft(
        _MONEY,
        "budget",
        Kind.LONG_TEXT,
        N_("How is the amount made up?"),
        N_("Each cost with its amount: services, use of a facility, travel, material. Amounts without VAT."),
        longest=1500,
    ),
    QuestionDraft(
        _MONEY,
        "own_share",
        Kind.TEXT,
        N_("Who pays what exceeds the voucher?"),
        N_("Leave this empty if the voucher covers all."),
        is_required=False,
        longest=300,
    ),
    QuestionDraft(
        _DECLARATIONS,
        "company_size",
        Kind.CHOICE,
        N_("What size is your company?"),
        N_(
            "As defined in Commission Recommendation 2003/361/EC, with partner and linked enterprises counted in."
        ),
        choices=(
            N_("Micro: fewer than 10 people, turnover or balance sheet up to EUR 2 million"),
            N_("Small: fewer than 50 people, turnover or balance sheet up to EUR 10 million"),
            N_(
                "Medium: fewer than 250 people, turnover up to EUR 50 million or balance sheet up to EUR 43 million"
            ),
        ),
    ),
    QuestionDraft(
        _DECLARATIONS,
        "is_sme",
        Kind.DECLARATION,
        N_("We are a micro, small or medium-sized enterprise in the sense of Recommendation 2003/361/EC."),
        N_("Partner and linked enterprises are counted in. We can show the figures of the last two years."),
    ),
    QuestionDraft(
        _DECLARATIONS,
        "de_minimis_received",
        Kind.NUMBER,
        N_("How much de minimis aid did your company receive in the last three years, in whole euro?"),
        N_("All companies under the same control together, in this Member State. Write 0 if there was none."),
        longest=10_000_000,
    ),
    QuestionDraft(
        _DECLARATIONS,
        "de_minimis_list",
        Kind.LONG_TEXT,
        N_("Which de minimis aid was that?"),
        N_("One line each: date, who granted it, amount."),
        is_required=False,
        longest=1500,
    ),
    QuestionDraft(
        _DECLARATIONS,
        "no_double_funding",
        Kind.DECLARATION,
        N_("No other public money pays for the same costs, and none is asked for."),
    ),
    QuestionDraft(
        _DECLARATIONS,
        "not_begun",
        Kind.DECLARATION,
        N_("The work has not begun, and nothing has been ordered for it."),
    ),
    QuestionDraft(
        _DECLARATIONS,
        "not_related",
        Kind.DECLARATION,
        N_("The partner is not related to us."),
        N_(
            "No shares or votes either way; no common manager, director, employee or shareholder; nor are their "
            "spouses, partners or relatives to the second degree."
        ),
    ),
    QuestionDraft(
        _DECLARATIONS,
        "data_protection",
        Kind.DECLARATION,
        N_("We have read how the programme uses these data, and told the people we name."),
        N_(
            "Name of the company, partner's region, amount and purpose are published when a voucher is awarded."
        ),
    ),
)

# A proven grid: 100 points, three criteria, each with a threshold at 60 %.
CRITERIA: tuple[CriterionDraft, ...] = (
    CriterionDraft(
        N_("Excellence"),
        30,
        18,
        N_("Is the question clear, new for the company, and is the partner the right one?"),
    ),
    CriterionDraft(
        N_("Impact"), 40, 24, N_("What changes for the company: product, market, jobs, later co-operation?")
    ),
    CriterionDraft(
        N_("Implementation"), 30, 18, N_("Can it be done in this time, for this money, by these people?")
    ),
)

_OURS = frozenset(
    text for one in QUESTIONS for text in (one.section, one.label, one.help_text, *one.choices)
) | {text for one in CRITERIA for text in (one.name, one.description)}


def in_readers_words(text: str) -> str:
    """A text of a call: ours in the reader's language, one that the office wrote as it is."""
    return gettext(text) if text and text in _OURS else text

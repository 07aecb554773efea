"""The form and the criteria that a new call starts from; the office changes them for each call.

The declarations follow the rules of the field: size (Recommendation 2003/361/EC), no double funding, work not begun,
provider not related, de minimis aid of the last three years (Regulation (EU) 2023/2831), data protection.
"""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.calls.models import Question

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


_WHAT = "What you need"
_HOW = "How the work is done"
_WHY = "What it brings"
_MONEY = "What it costs"
_DECLARATIONS = "Declarations"

QUESTIONS: tuple[QuestionDraft, ...] = (
    QuestionDraft(
        _WHAT,
        "need",
        Kind.LONG_TEXT,
        "Which question or problem do you want to solve?",
        "Your product or idea, where it stands, and what keeps you from the next step.",
    ),
    QuestionDraft(
        _WHAT,
        "why_abroad",
        Kind.LONG_TEXT,
        "Why this partner, and why in another region?",
        "What the partner has or knows that you did not find in your own region.",
        longest=1500,
    ),
    QuestionDraft(
        _HOW,
        "work_plan",
        Kind.LONG_TEXT,
        "What will be done, by whom, and when?",
        "The steps in their order: who does each, how long it takes, what is there at its end.",
        longest=3000,
    ),
    QuestionDraft(
        _HOW,
        "months",
        Kind.NUMBER,
        "How many months does the work take?",
        "From its first day to the last result.",
        longest=12,
    ),
    QuestionDraft(
        _WHY,
        "expected_result",
        Kind.LONG_TEXT,
        "What will you have in hand at the end?",
        "Data, a report, a prototype, a contract: something that can be shown.",
        longest=1500,
    ),
    QuestionDraft(
        _WHY,
        "impact",
        Kind.LONG_TEXT,
        "What will it change for your company?",
        "Next steps, market, turnover, jobs; how you would know in two years that it was worth it.",
    ),
    QuestionDraft(
        _WHY,
        "employees",
        Kind.NUMBER,
        "How many people work for your company today?",
        "In full-time equivalents. We ask again after the work, to count jobs created.",
        longest=249,
    ),
    QuestionDraft(
        _MONEY,
        "budget",
        Kind.LONG_TEXT,
        "How is the amount made up?",
        "Each cost with its amount: services, use of a facility, travel, material. Amounts without VAT.",
        longest=1500,
    ),
    QuestionDraft(
        _MONEY,
        "own_share",
        Kind.TEXT,
        "Who pays what exceeds the voucher?",
        "Leave this empty if the voucher covers all.",
        is_required=False,
        longest=300,
    ),
    QuestionDraft(
        _DECLARATIONS,
        "company_size",
        Kind.CHOICE,
        "What size is your company?",
        "As defined in Commission Recommendation 2003/361/EC, with partner and linked enterprises counted in.",
        choices=(
            "Micro: fewer than 10 people, turnover or balance sheet up to EUR 2 million",
            "Small: fewer than 50 people, turnover or balance sheet up to EUR 10 million",
            "Medium: fewer than 250 people, turnover up to EUR 50 million or balance sheet up to EUR 43 million",
        ),
    ),
    QuestionDraft(
        _DECLARATIONS,
        "is_sme",
        Kind.DECLARATION,
        "We are a micro, small or medium-sized enterprise in the sense of Recommendation 2003/361/EC.",
        "Partner and linked enterprises are counted in. We can show the figures of the last two years.",
    ),
    QuestionDraft(
        _DECLARATIONS,
        "de_minimis_received",
        Kind.NUMBER,
        "How much de minimis aid did your company receive in the last three years, in whole euro?",
        "All companies under the same control together, in this Member State. Write 0 if there was none.",
        longest=10_000_000,
    ),
    QuestionDraft(
        _DECLARATIONS,
        "de_minimis_list",
        Kind.LONG_TEXT,
        "Which de minimis aid was that?",
        "One line each: date, who granted it, amount.",
        is_required=False,
        longest=1500,
    ),
    QuestionDraft(
        _DECLARATIONS,
        "no_double_funding",
        Kind.DECLARATION,
        "No other public money pays for the same costs, and none is asked for.",
    ),
    QuestionDraft(
        _DECLARATIONS,
        "not_begun",
        Kind.DECLARATION,
        "The work has not begun, and nothing has been ordered for it.",
    ),
    QuestionDraft(
        _DECLARATIONS,
        "not_related",
        Kind.DECLARATION,
        "The partner is not related to us.",
        "No shares or votes either way; no common manager, director, employee or shareholder; nor are their "
        "spouses, partners or relatives to the second degree.",
    ),
    QuestionDraft(
        _DECLARATIONS,
        "data_protection",
        Kind.DECLARATION,
        "We have read how the programme uses these data, and told the people we name.",
        "Name of the company, partner's region, amount and purpose are published when a voucher is awarded.",
    ),
)

# A proven grid: 100 points, three criteria, each with a threshold at 60 %.
CRITERIA: tuple[CriterionDraft, ...] = (
    CriterionDraft(
        "Excellence", 30, 18, "Is the question clear, new for the company, and is the partner the right one?"
    ),
    CriterionDraft(
        "Impact", 40, 24, "What changes for the company: product, market, jobs, later co-operation?"
    ),
    CriterionDraft("Implementation", 30, 18, "Can it be done in this time, for this money, by these people?"),
)

"""Resources of money: calls, applications, vouchers, claims, payments, budgets."""

from __future__ import annotations

from landbridge.api.table.resource import Part, Resource
from landbridge.applications.models import Application, Decision, Return
from landbridge.budgets.models import Entry, Line, Transfer
from landbridge.calls.models import Call, Criterion, Offer, Question
from landbridge.claims.models import Claim, CostLine, Payment, PaymentFile
from landbridge.foundation.permissions.permissions import P
from landbridge.vouchers.models import Extension, Voucher

RESOURCES = (
    Resource(
        "calls", "Call", Call, None,
        "phase_id number title summary guidance opens_at closes_at time_zone selection_mode contact_email version state "
        "published_at terms_hash ended_at cancellation",
        parts=(
            Part("offers", Offer, "name purpose cap_eur basis legal_basis evidence validity_months extension_months"),
            Part("criteria", Criterion, "position name description points threshold"),
            Part("questions", Question, "position section key kind label help_text is_required longest choices"),
        ),
        inner=P.CALL_SEE,
    ),
    Resource(
        "applications", "Application", Application, P.APPLICATION_SEE,
        "call_id offer_id applicant_id provider_id partner_id title answers requested_eur version state number "
        "started_at shared_at first_submitted_at submitted_at",
        parts=(
            Part("returns", Return, "reason at"),
            Part("decisions", Decision, "awarded_eur reason at"),
        ),
    ),
    Resource(
        "vouchers", "Voucher", Voucher, P.VOUCHER_SEE,
        "application_id number amount_eur legal_basis granted_on valid_until state awarded_at accepted_at ended_at",
        parts=(Part("extensions", Extension, "was_valid_until valid_until reason at"),),
    ),
    Resource(
        "claims", "Claim", Claim, P.CLAIM_SEE,
        "voucher_id number report is_final state started_at first_submitted_at submitted_at verified_at accepted_eur "
        "finding approved_at paid_on",
        parts=(
            Part(
                "costs", CostLine,
                "category description supplier invoice_number invoiced_on paid_on currency net_eur accepted_eur remark",
            ),
        ),
    ),
    Resource(
        "claims/payments", "Payment file", PaymentFile, P.CLAIM_PAY,
        "partner_id message_id state total_eur execute_on made_at made_by_name released_at released_by_name xml_hash",
        parts=(Part("payments", Payment, "claim_id end_to_end_id amount_eur result answered_on"),),
    ),
    Resource(
        "budgets/lines", "Budget line", Line, P.BUDGET_SEE, "partner_id phase_id incentive_id",
        parts=(Part("entries", Entry, "number kind source target amount_eur reason about_name person_name at"),),
    ),
    Resource(
        "budgets/transfers", "Transfer between partners", Transfer, P.BUDGET_SEE,
        "giver_id receiver_id amount_eur reason state proposed_by_name proposed_at decided_at decided_by_name refusal",
        has_page=False,
    ),
)  # fmt: skip

"""What the record says of organisations and their bank accounts, in words of people."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "organisation.registered": N_("Registered"),
    "organisation.registered_many": N_("Registered with others from a file"),
    "organisation.edited": N_("Facts changed"),
    "organisation.closed": N_("Closed"),
    "bank_account.proposed": N_("Account named"),
    "bank_account.superseded": N_("A newer account was named"),
    "bank_account.approved": N_("Account approved"),
    "bank_account.replaced": N_("Replaced by another account"),
    "bank_account.refused": N_("Account refused"),
}

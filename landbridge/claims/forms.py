"""What people send about a claim, read into clean values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.claims.actions import Answer, CostDetails
from landbridge.claims.models import Claim, CostLine, Payment
from landbridge.claims.rules import LONGEST_REASON
from landbridge.claims.states import NAME_OF
from landbridge.foundation.files.forms import ReceivedFileField
from landbridge.foundation.money import Money, euro
from landbridge.foundation.ui.formatting import money
from landbridge.foundation.ui.forms import DateField, Filters, Form, MoneyFormField

# The currencies of the network's countries (ISO 4217).
CURRENCIES = [("EUR", "EUR"), ("DKK", "DKK"), ("GBP", "GBP"), ("SEK", "SEK"), ("CHF", "CHF"), ("USD", "USD")]
LARGEST_RATE = Decimal(1000)
MOST_TYPED = euro(10_000_000)


class ReportForm(Form):
    """What was done, and whether this is the last claim."""

    report = forms.CharField(
        label=_l("What was done, with whom, and what came of it?"),
        help_text=_l("A few sentences. Say also what the next step is."),
        max_length=5000,
        required=False,
        widget=forms.Textarea,
    )
    is_final = forms.BooleanField(
        label=_l("This is the last claim for this voucher"),
        help_text=_l("When it is paid, the voucher is closed and what is left goes back."),
        required=False,
    )


class CostForm(Form):
    """One cost with its evidence."""

    category = forms.ChoiceField(label=_l("Kind of cost"), choices=CostLine.Category.choices)
    description = forms.CharField(label=_l("What for"), max_length=200)
    supplier = forms.CharField(label=_l("Who sent the invoice"), max_length=150)
    invoice_number = forms.CharField(label=_l("Invoice number"), max_length=60)
    invoiced_on = DateField(label=_l("Date of the invoice"))
    paid_on = DateField(label=_l("Paid on"))
    net = MoneyFormField(
        label=_l("Amount without VAT"),
        help_text=_l("In the currency of the invoice."),
        least=Money(1),
        most=MOST_TYPED,
    )
    vat = MoneyFormField(
        label=_l("VAT"), help_text=_l("It is noted but does not count."), required=False, most=MOST_TYPED
    )
    currency = forms.ChoiceField(label=_l("Currency"), choices=CURRENCIES, initial="EUR")
    rate = forms.DecimalField(
        label=_l("Euro for one unit"),
        help_text=_l(
            "For an invoice in another currency: the European Commission's monthly rate, such as 0.134."
        ),
        required=False,
        min_value=Decimal("0.000001"),
        max_value=LARGEST_RATE,
        max_digits=10,
        decimal_places=6,
    )
    rated_on = DateField(label=_l("Rate of"), required=False)
    evidence = ReceivedFileField(
        label=_l("Invoice and proof of payment"), help_text=_l("One file: PDF, PNG or JPEG, or a document.")
    )

    def __init__(self, *arguments: Any, line: CostLine | None = None, **options: Any) -> None:
        if line is not None:
            options["initial"] = _typed(line)
        super().__init__(*arguments, **options)
        if line is not None:
            self.fields["evidence"].required = False
            self.fields["evidence"].label = _("Another file")
            self.fields["evidence"].help_text = _("Leave it empty to keep %(name)s.") % {
                "name": line.evidence.name
            }

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        currency = clean.get("currency")
        if currency == "EUR":
            clean["rate"], clean["rated_on"] = Decimal(1), None
        elif currency:
            if clean.get("rate") is None and "rate" not in self.errors:
                self.add_error(
                    "rate", _("Say how many euro one unit of %(currency)s is.") % {"currency": currency}
                )
            if clean.get("rated_on") is None and "rated_on" not in self.errors:
                self.add_error("rated_on", _("Say of which day or month the rate is."))
        return clean

    def cost(self) -> CostDetails:
        """The clean values as the action takes them."""
        clean = self.cleaned_data
        currency = clean["currency"]
        return CostDetails(
            category=clean["category"],
            description=clean["description"],
            supplier=clean["supplier"],
            invoice_number=clean["invoice_number"],
            invoiced_on=clean["invoiced_on"],
            paid_on=clean["paid_on"],
            net=Money(clean["net"].cents, currency),
            vat=Money(clean["vat"].cents if clean["vat"] else 0, currency),
            rate=clean["rate"],
            rated_on=clean["rated_on"],
        )


def _typed(line: CostLine) -> dict[str, Any]:
    """A stored cost as it would be typed."""
    return {
        "category": line.category,
        "description": line.description,
        "supplier": line.supplier,
        "invoice_number": line.invoice_number,
        "invoiced_on": line.invoiced_on,
        "paid_on": line.paid_on,
        "net": Money(line.net_cents),
        "vat": Money(line.vat_cents) if line.vat_cents else None,
        "currency": line.currency,
        "rate": None if line.currency == "EUR" else line.rate.normalize(),
        "rated_on": line.rated_on,
    }


class VerificationForm(Form):
    """How much of each cost counts, and why not more."""

    finding = forms.CharField(
        label=_l("Finding"),
        help_text=_l("For the company, where less is accepted than was claimed."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *arguments: Any, lines: list[CostLine], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.lines = lines
        for line in lines:
            self.fields[f"accepted_{line.pk}"] = MoneyFormField(
                label=_("Accepted"),
                least=euro(0),
                most=line.net_eur,
                initial=line.net_eur,
            )
            self.fields[f"remark_{line.pk}"] = forms.CharField(
                label=_("Remark"), max_length=300, required=False
            )
        self.order_fields([name for name in self.fields if name != "finding"] + ["finding"])

    def accepted(self) -> dict[int, Money]:
        """The accepted amount by the id of its cost."""
        return {line.pk: self.cleaned_data[f"accepted_{line.pk}"] for line in self.lines}

    def remarks(self) -> dict[int, str]:
        """The remark by the id of its cost."""
        return {line.pk: self.cleaned_data[f"remark_{line.pk}"] for line in self.lines}


class PaymentFileForm(Form):
    """Which approved claims are paid, and when."""

    claims = forms.MultipleChoiceField(
        label=_l("Claims to pay"), widget=forms.CheckboxSelectMultiple, required=False
    )
    execute_on = DateField(
        label=_l("Day of the transfer"),
        help_text=_l("A banking day; the bank needs the file the day before."),
    )

    def __init__(self, *arguments: Any, ready: list[Claim], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["claims"].choices = [  # type: ignore[attr-defined]
            (
                str(claim.pk),
                f"{claim.number} · {claim.voucher.application.applicant.name} · {money(claim.accepted_eur)}",
            )
            for claim in ready
        ]
        self.fields["claims"].initial = [str(claim.pk) for claim in ready]


class AnswerForm(Form):
    """What the bank says about each payment of a file."""

    on = DateField(label=_l("Day of the bank's answer"))

    def __init__(self, *arguments: Any, payments: list[Payment], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.payments = payments
        for payment in payments:
            self.fields[f"result_{payment.pk}"] = forms.ChoiceField(
                label=f"{payment.end_to_end_id} · {payment.holder} · {money(payment.amount_eur)}",
                choices=[("executed", _l("Executed")), ("rejected", _l("Rejected by the bank"))],
                initial="executed",
                widget=forms.RadioSelect,
            )
            self.fields[f"text_{payment.pk}"] = forms.CharField(
                label=_l("What the bank says"), max_length=200, required=False
            )

    def answers(self) -> dict[int, Answer]:
        """The bank's answer by the id of its payment."""
        clean = self.cleaned_data
        return {
            payment.pk: Answer(
                executed=clean[f"result_{payment.pk}"] == "executed",
                on=clean["on"],
                text=clean[f"text_{payment.pk}"],
            )
            for payment in self.payments
        }


class PeriodForm(Form):
    """Which days a report covers."""

    since = DateField(label=_l("Paid from"), required=False, help_text=_l("Empty: from the beginning."))
    until = DateField(label=_l("Paid until"), required=False, help_text=_l("Empty: until today."))

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        since, until = clean.get("since"), clean.get("until")
        if since and until and since > until:
            self.add_error("until", _("The end is before the beginning."))
        return clean


class ClaimFilters(Filters):
    """Which claims the list shows."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    text = forms.CharField(label=_l("Number or company"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("All"), [(state, _(name)) for state, name in NAME_OF.items()])

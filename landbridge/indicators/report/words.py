"""The headings of a report, the same in both files."""

from __future__ import annotations

from django.utils.translation import gettext as _


def headings() -> dict[str, str]:
    """Each heading by the name that both layouts use, in the active language."""
    return {
        "narrative": _("In words"),
        "no_narrative": _("Nothing was written yet."),
        "figures": _("Figures"),
        "no_figures": _("No indicators are in use."),
        "targets": _("Progress against targets"),
        "drawings": _("Charts"),
        "vouchers": _("Vouchers granted in the period"),
        "no_vouchers": _("No voucher was granted in the period."),
        "definitions": _("How the figures are counted"),
        "evidence": _("Evidence"),
        "hash": _("SHA-256 of what was frozen"),
        "signature": _("Signature of the network"),
        "page": _("Page"),
    }

"""The four cases of IN2LifeSciences, as the programme published them: who worked with whom, on what, and what came next.

Published are the company, the partner, their countries, the subject and the next step; of two cases also the
incentive. The day, and the voucher of the replay behind each, are the replay's own and say so.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from landbridge.collaborations import actions
from landbridge.collaborations.models import Collaboration
from landbridge.collaborations.rules import LONGEST_TITLE
from landbridge.collaborations.states import Origin
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.vouchers.models import Voucher

KEY = "in2lifesciences"
SOURCE = (
    "Source: the programme IN2LifeSciences (Interreg IVB North-West Europe), as of 26 March 2014. Neither the day "
    "nor the voucher behind it was published; both are those of the replay."
)


def published() -> list[dict[str, Any]]:
    """The cases as published."""
    told = json.loads(Path(__file__).with_name("programmes.json").read_text(encoding="utf-8"))
    programme = next(one for one in told["programmes"] if one["key"] == KEY)
    return list(programme["cases"])


def is_there() -> bool:
    """Whether the cases were recorded before."""
    return Collaboration.objects.filter(text__contains=SOURCE).exists()


def play(*, at: datetime) -> list[Collaboration]:
    """Record each case once, from the voucher by which the replay plays it; a case without one is left out."""
    kept = []
    for case in published():
        voucher = (
            Voucher.objects.filter(
                application__applicant__name=case["sme"], application__provider__name=case["partner"]
            )
            .order_by("pk")
            .first()
        )
        if voucher is not None:
            kept.append(_recorded(case, voucher, at=at))
    return kept


def text_of(case: dict[str, Any]) -> str:
    """What is said of a case: its facts alone, and their source."""
    about, following = case["about"], case["next"]
    return f"{about[0].upper()}{about[1:]}.\n\nWhat came next: {following}.\n\n{SOURCE}"


def _recorded(case: dict[str, Any], voucher: Voucher, *, at: datetime) -> Collaboration:
    found = actions.record_from(origin=Origin.VOUCHER, row_id=voucher.pk, by=SYSTEM, at=at)
    incentive = case["incentive"]
    instrument = (
        f"{incentive} incentive of IN2LifeSciences"
        if incentive
        else "IN2LifeSciences; the incentive was not published"
    )
    title = f"{case['about'][0].upper()}{case['about'][1:]}"
    return actions.describe(
        collaboration_id=found.pk,
        title=title[:LONGEST_TITLE],
        text=text_of(case),
        instrument=instrument,
        by=SYSTEM,
        at=at,
    )

"""Results as a programme published them: quoted and dated, never computed here."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import refuse_if
from landbridge.programmes.actions.columns import columns_of
from landbridge.programmes.models import Phase, Programme, PublishedFigure
from landbridge.programmes.rules.facts import FigureFacts
from landbridge.programmes.rules.incentives import problems_with_figure


@transaction.atomic
def publish(
    *, programme_id: int, facts: FigureFacts, by: Actor, at: datetime, phase_id: int | None = None
) -> PublishedFigure:
    """Quote a figure of the programme, or of one phase. It is not edited afterwards: another figure gets another code."""
    programme = Programme.objects.edited_by(by).for_update().get(pk=programme_id)
    phase = Phase.objects.get(pk=phase_id, programme=programme) if phase_id else None
    siblings = PublishedFigure.objects.filter(programme=programme, phase=phase)
    refuse_if(problems_with_figure(facts, on=at.date(), taken=set(siblings.values_list("code", flat=True))))

    figure = PublishedFigure.objects.create(programme=programme, phase=phase, **columns_of(facts))

    record("programme.figure_published", programme, by=by, at=at, figure=facts.code, value=facts.value)
    return figure

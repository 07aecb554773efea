"""Calls for pitches, pitches with their decks, juries and scores, investors and what they say."""

from __future__ import annotations

from landbridge.pitches.models.investors import (
    Download,
    Investor,
    InvestorRows,
    MoneyRaised,
    Reaction,
    ReactionRows,
)
from landbridge.pitches.models.judging import Conflict, Juror, JurorRows, Score
from landbridge.pitches.models.pitches import Pitch, PitchCall, PitchCallRows, PitchRows

__all__ = [
    "Conflict",
    "Download",
    "Investor",
    "InvestorRows",
    "Juror",
    "JurorRows",
    "MoneyRaised",
    "Pitch",
    "PitchCall",
    "PitchCallRows",
    "PitchRows",
    "Reaction",
    "ReactionRows",
    "Score",
]

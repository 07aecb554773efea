"""What people send about pitches, read into clean values."""

from __future__ import annotations

from landbridge.pitches.forms.calls import CallFilters, CallForm, LaterForm, OrderForm, SelectionForm
from landbridge.pitches.forms.investing import (
    DealFilters,
    FollowForm,
    InvestorFilters,
    MoneyForm,
    OutcomeForm,
    ProfileForm,
    ReactionForm,
)
from landbridge.pitches.forms.judging import DeclarationForm, InvitationForm, MarksForm
from landbridge.pitches.forms.pitching import DeckForm, PitchForm

__all__ = [
    "CallFilters",
    "CallForm",
    "DealFilters",
    "DeckForm",
    "DeclarationForm",
    "FollowForm",
    "InvestorFilters",
    "InvitationForm",
    "LaterForm",
    "MarksForm",
    "MoneyForm",
    "OrderForm",
    "OutcomeForm",
    "PitchForm",
    "ProfileForm",
    "ReactionForm",
    "SelectionForm",
]

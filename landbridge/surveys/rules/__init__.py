"""What a questionnaire, a rule, an answer and a baseline must be. No database."""

from __future__ import annotations

from landbridge.surveys.rules.baselines import counts

__all__ = ["counts"]

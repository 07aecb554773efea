"""The pages of introductions: lists, a side's page, a desk's page, answers by letter, the agreement."""

from __future__ import annotations

from landbridge.introductions.views.answering import (
    by_letter,
    by_letter_consent,
    by_letter_refusal,
    consent,
    refusal,
)
from landbridge.introductions.views.listing import introductions, limit, of_enquiry
from landbridge.introductions.views.page import introduction
from landbridge.introductions.views.papers import (
    agreement,
    agreement_need,
    agreement_sending,
    agreement_signature,
    agreement_signed,
    release,
    template_new,
    templates,
)
from landbridge.introductions.views.preparing import outcome, preparation, question, texts, withdrawal

__all__ = [
    "agreement",
    "agreement_need",
    "agreement_sending",
    "agreement_signature",
    "agreement_signed",
    "by_letter",
    "by_letter_consent",
    "by_letter_refusal",
    "consent",
    "introduction",
    "introductions",
    "limit",
    "of_enquiry",
    "outcome",
    "preparation",
    "question",
    "refusal",
    "release",
    "template_new",
    "templates",
    "texts",
    "withdrawal",
]

"""Competences: the controlled terms under which offers and questions meet, with their synonyms."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from landbridge.catalogue.states import Term
from landbridge.foundation.models import Rows, Table


class CompetenceRows(Rows["Competence"]):
    def accepted(self) -> Self:
        return self.filter(state=Term.ACCEPTED)

    def waiting(self) -> Self:
        """Proposed by somebody; nobody has decided."""
        return self.filter(state=Term.PROPOSED)


class Competence(Table):
    """One term of the vocabulary: its name, other spellings, what it stands under. Proposed ones wait in a queue."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    names = models.JSONField(default=dict, help_text="By language, such as {'de': …}.")
    synonyms = models.JSONField(default=list)
    broader = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="narrower"
    )
    vocabulary = models.CharField(max_length=40, default="landbridge")
    identifier = models.CharField(max_length=200, blank=True, help_text="Its address in that vocabulary.")
    state = models.CharField(max_length=20, default=Term.ACCEPTED)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    proposed_by_name = models.CharField(max_length=150, blank=True)
    proposed_at = models.DateTimeField(null=True)

    objects = CompetenceRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(Term)), name="a_competence_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(state=Term.MERGED, merged_into__isnull=False)
                | (~Q(state=Term.MERGED) & Q(merged_into__isnull=True)),
                name="a_merged_competence_says_into_which",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_accepted(self) -> bool:
        return self.state == Term.ACCEPTED

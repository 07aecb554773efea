"""Which cases and coaches a list shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.catalogue.models import Competence
from landbridge.coaching.states import NAME_OF
from landbridge.foundation.ui.forms import Filters
from landbridge.programmes.models import Region


class FigureFilters(Filters):
    """Of which region's cases the figures are."""

    region = forms.TypedChoiceField(label=_l("Region"), required=False, coerce=int, empty_value=None)

    def __init__(self, *arguments: Any, regions: Iterable[Region], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("region", _("All regions"), [(str(region.pk), region.name) for region in regions])


class CaseFilters(FigureFilters):
    """Which cases the list shows."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    turn = forms.ChoiceField(label=_l("Whose turn"), required=False)
    text = forms.CharField(label=_l("Number, title or company"), required=False, max_length=100)
    field_order = ("text", "state", "turn", "region")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("All"), [(state, _(name)) for state, name in NAME_OF.items()])
        turns = [
            ("company", _("The company's")),
            ("desk", _("The desk's")),
            ("coach", _("The coach's")),
            ("office", _("The office's")),
            ("over", _("Nobody's: over")),
        ]
        self.offer("turn", _("Everybody's"), turns)


class CoachFilters(Filters):
    """Which coaches the list shows."""

    text = forms.CharField(label=_l("Name or headline"), required=False, max_length=100)
    competence = forms.TypedChoiceField(label=_l("Competence"), required=False, coerce=int, empty_value=None)
    which = forms.ChoiceField(label=_l("Coaches"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        terms = Competence.objects.filter(coaches__isnull=False).distinct().order_by("name")
        self.offer("competence", _("All competences"), [(str(term.pk), term.name) for term in terms])
        which = [("active", _("Take cases")), ("waiting", _("Wait for a look")), ("resting", _("Rest"))]
        self.offer("which", _("All"), which)

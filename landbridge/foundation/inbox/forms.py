"""What people send who sort the quarantine."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.inbox.kinds import Kinds
from landbridge.foundation.inbox.verdicts import VERDICT_NAMES
from landbridge.foundation.ui.forms import Filters, Form


class AttachForm(Form):
    """Where an e-mail belongs."""

    kind = forms.ChoiceField(label=_l("What it belongs to"))
    about = forms.CharField(label=_l("Its number"), help_text=_l("As it stands on its page."), max_length=40)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [(one.key, _(one.name)) for one in Kinds.known.values()]
        if len(kind.choices) == 1:
            kind.widget, kind.initial = forms.HiddenInput(), kind.choices[0][0]


class MailFilters(Filters):
    """Which e-mails the list shows; those that wait, unless told otherwise."""

    verdict = forms.ChoiceField(label=_l("What became of it"), required=False)
    text = forms.CharField(label=_l("Sender or subject"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer(
            "verdict", _("Waiting to be sorted"), [(key, _(name)) for key, name in VERDICT_NAMES.items()]
        )

"""What people type about a webhook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.ui.forms import ZONES, Form, MomentField, in_zone

GROUPS = (
    ("access_request.*", _l("Access to facilities")),
    ("application.*", _l("Applications")),
    ("call.*", _l("Calls")),
    ("claim.*", _l("Claims")),
    ("coaching_case.*", _l("Coaching")),
    ("collaboration.*", _l("Collaborations")),
    ("enquiry.*", _l("Enquiries")),
    ("event.*", _l("Events")),
    ("registration.*", _l("Registrations for events")),
    ("introduction.*", _l("Introductions")),
    ("meeting.*", _l("Meetings")),
    ("meeting_request.*", _l("Requests for meetings")),
    ("organisation.*", _l("Organisations")),
    ("pitch.*", _l("Pitches")),
    ("profile.*", _l("Partner profiles")),
    ("record.*", _l("Records of the directory")),
    ("voucher.*", _l("Vouchers")),
    ("webinar.*", _l("Webinars")),
)


class WebhookForm(Form):
    """A name, the address, and what is told to it."""

    name = forms.CharField(label=_l("Name"), help_text=_l("So that you know it again."), max_length=80)
    url = forms.CharField(
        label=_l("Address"),
        help_text=_l(
            "Where your program listens, such as https://example.org/landbridge. It must be reachable from anywhere."
        ),
        max_length=400,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    groups = forms.MultipleChoiceField(
        label=_l("Everything that happens to"),
        required=False,
        choices=GROUPS,
        widget=forms.CheckboxSelectMultiple,
    )
    single = forms.CharField(
        label=_l("Single events"),
        help_text=_l("One a line, such as voucher.awarded. Leave it empty where a group above is enough."),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def details(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "url": given["url"],
            "events": [*given["groups"], *given["single"].split()],
        }


def initial_of(events: list[str]) -> dict[str, Any]:
    """The chosen events as the form shows them."""
    groups = [one for one, _label in GROUPS if one in events]
    return {"groups": groups, "single": "\n".join(one for one in events if one not in groups)}


class SinceForm(Form):
    """From which moment on."""

    moment = MomentField(label=_l("Everything since"))
    time_zone = forms.ChoiceField(
        label=_l("Time zone"), choices=[(zone, zone) for zone in ZONES], initial="Europe/Brussels"
    )

    def clean(self) -> dict[str, Any]:
        """The wall's moment becomes one of the world."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("moment") and given.get("time_zone"):
            try:
                given["moment"] = in_zone(given["moment"], given["time_zone"])
            except forms.ValidationError as error:
                self.add_error("moment", error)
        return given

"""What organisers send about registrations: filters, and a guest entered by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from landbridge.events.states import ATTENDEE_NAMES, REGISTERED_NAMES, Attendee
from landbridge.foundation.ui.forms import Filters, Form
from landbridge.programmes.models import Region

LACKS = (("slots", _l("Has not said when")), ("profile", _l("Profile has gaps")))


class RegistrationFilters(Filters):
    """By what the list of registrations can be narrowed."""

    state = forms.ChoiceField(label=_l("State"), required=False)
    attendee = forms.ChoiceField(label=_l("Comes as"), required=False)
    region = forms.TypedChoiceField(label=_l("Region"), required=False, coerce=int, empty_value=None)
    lacks = forms.ChoiceField(label=_l("What is missing"), required=False)
    text = forms.CharField(label=_l("Name, organisation, e-mail or code"), required=False, max_length=100)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offer("state", _("All"), [(state, _(name)) for state, name in REGISTERED_NAMES.items()])
        self.offer("attendee", _("All"), [(kind, _(name)) for kind, name in ATTENDEE_NAMES.items()])
        regions = Region.objects.order_by("name").values_list("pk", "name")
        self.offer("region", _("All"), [(str(pk), name) for pk, name in regions])
        self.offer("lacks", _("Nothing in particular"), [(key, str(name)) for key, name in LACKS])


class GuestForm(Form):
    """Somebody whom the organiser enters: a speaker, or who stands at the door."""

    name = forms.CharField(label=_l("Name"), max_length=120)
    email = forms.EmailField(
        label=_l("E-mail"), max_length=254, help_text=_l("The letter with the code goes there at once.")
    )
    organisation_name = forms.CharField(label=_l("Organisation"), max_length=150)
    job_title = forms.CharField(label=_l("Position"), max_length=120, required=False)
    attendee = forms.ChoiceField(label=_l("Comes as"))
    region_id = forms.TypedChoiceField(
        label=_l("Region of the network"), coerce=int, empty_value=None, required=False
    )
    language = forms.ChoiceField(label=_l("Language of letters"))
    wants_meetings = forms.BooleanField(label=_l("Wants one-to-one meetings"), required=False)

    def __init__(self, *arguments: Any, has_meetings: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        fields: Any = self.fields
        fields["attendee"].choices = [(kind.value, _(ATTENDEE_NAMES[kind])) for kind in Attendee]
        fields["attendee"].initial = Attendee.GUEST.value
        regions = Region.objects.active().order_by("name").values_list("pk", "name")
        fields["region_id"].choices = [("", _("None of them")), *regions]
        fields["language"].choices = list(settings.LANGUAGES)
        if not has_meetings:
            del self.fields["wants_meetings"]

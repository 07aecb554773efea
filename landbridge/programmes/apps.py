"""Django application of programmes."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Tells the outbox below how to find the key of a programme, so that an office sees its programme's letters."""

    name = "landbridge.programmes"

    def ready(self) -> None:
        from landbridge.foundation.outbox.models import keys_of_programmes
        from landbridge.programmes.models import Programme

        keys_of_programmes(lambda pk: Programme.objects.filter(pk=pk).values("key"))

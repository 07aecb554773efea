"""A call may ask for attendance: whoever applies must have been at one event."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0001_initial"),
        ("events", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="call",
            name="asks_for_event",
            field=models.ForeignKey(
                blank=True,
                help_text="Whoever applies must have been there.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="events.event",
            ),
        ),
    ]

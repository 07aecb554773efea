import django.db.models.deletion
import landbridge.api.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("memberships", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Window",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        help_text="key: and its number, or a hash of the address.", max_length=64, unique=True
                    ),
                ),
                ("begins_at", models.DateTimeField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="CalendarAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=43, unique=True)),
                ("created_at", models.DateTimeField()),
                (
                    "membership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="memberships.membership",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_address",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("url", models.URLField(max_length=400)),
                (
                    "secret",
                    models.CharField(help_text="Both sides know it; it signs every delivery.", max_length=64),
                ),
                (
                    "events",
                    models.JSONField(
                        default=list, help_text="Names of events, such as voucher.awarded, or voucher.*"
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "watermark",
                    models.BigIntegerField(help_text="The last entry of the record that was looked at."),
                ),
                (
                    "failures",
                    models.PositiveIntegerField(default=0, help_text="Without one success between."),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "stopped_at",
                    models.DateTimeField(
                        help_text="Paused by its owner, or after too many failures.", null=True
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhooks",
                        to="memberships.membership",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Archive",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(default=landbridge.api.states.Ordered["ORDERED"], max_length=20)),
                ("ordered_by_name", models.CharField(max_length=150)),
                ("ordered_at", models.DateTimeField()),
                ("written_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(help_text="When the file is deleted.", null=True)),
                ("size", models.PositiveBigIntegerField(help_text="Octets.", null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("rows", models.PositiveBigIntegerField(null=True)),
                ("files", models.PositiveIntegerField(null=True)),
                ("problem", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    landbridge.api.states.Ordered["ORDERED"],
                                    landbridge.api.states.Ordered["READY"],
                                    landbridge.api.states.Ordered["SPOILT"],
                                    landbridge.api.states.Ordered["GONE"],
                                ],
                            )
                        ),
                        name="an_ordered_archive_has_a_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", landbridge.api.states.Ordered["READY"]), _negated=True),
                            models.Q(
                                ("ends_at__isnull", False),
                                ("size__isnull", False),
                                ("written_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_archive_that_is_ready_has_its_moment_and_size",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", landbridge.api.states.Ordered["ORDERED"])),
                        fields=("state",),
                        name="one_archive_is_written_at_a_time",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "prefix",
                    models.CharField(
                        help_text="By which its owner knows it again.", max_length=12, unique=True
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "scopes",
                    models.JSONField(
                        default=list, help_text="Permissions; it can never do more than its holder."
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        blank=True,
                        help_text="The hat; none: what whoever has signed in may do.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="memberships.membership",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="a_key_ends_after_it_begins",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.CharField(max_length=80)),
                (
                    "entry_id",
                    models.BigIntegerField(help_text="The entry of the record; none: a test.", null=True),
                ),
                ("body", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(default=landbridge.api.states.Delivered["WAITING"], max_length=20),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                (
                    "log",
                    models.JSONField(
                        default=list, help_text="Each try: when, what came back, how long it took."
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(null=True)),
                ("next_at", models.DateTimeField(null=True)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="api.webhook",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "next_at"], name="delivery_by_next_try")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("webhook", "entry_id"), name="an_event_is_told_once_to_a_webhook"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    landbridge.api.states.Delivered["WAITING"],
                                    landbridge.api.states.Delivered["DELIVERED"],
                                    landbridge.api.states.Delivered["FAILED"],
                                ],
                            )
                        ),
                        name="a_delivery_has_a_known_state",
                    ),
                ],
            },
        ),
    ]

import django.db.models.deletion
import landbridge.collaborations.states
import landbridge.foundation.fields
from django.db import migrations, models

from landbridge.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("coaching", "0001_initial"),
        ("collaborations", "0001_initial"),
        ("enquiries", "0001_initial"),
        ("introductions", "0001_initial"),
        ("meetings", "0001_initial"),
        ("organisations", "0001_initial"),
        ("vouchers", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="FollowOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=150)),
                ("text", models.TextField(blank=True, max_length=2000)),
                (
                    "amount_eur",
                    landbridge.foundation.fields.MoneyField(
                        blank=True, help_text="Of a project or of money: what came in.", null=True
                    ),
                ),
                ("funder", models.CharField(blank=True, max_length=150)),
                (
                    "jobs",
                    models.DecimalField(
                        decimal_places=1, help_text="Full-time equivalents.", max_digits=8, null=True
                    ),
                ),
                ("on", models.DateField()),
                ("told_by", models.CharField(help_text="Which side told it.", max_length=20)),
                ("told_by_name", models.CharField(max_length=150)),
                ("told_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(help_text="Told by mistake.", null=True)),
                (
                    "collaboration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ons",
                        to="collaborations.collaboration",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    landbridge.collaborations.states.Followed["PROJECT"],
                                    landbridge.collaborations.states.Followed["MONEY"],
                                    landbridge.collaborations.states.Followed["SPIN_OFF"],
                                    landbridge.collaborations.states.Followed["PRODUCT"],
                                    landbridge.collaborations.states.Followed["LICENCE"],
                                    landbridge.collaborations.states.Followed["PUBLICATION"],
                                    landbridge.collaborations.states.Followed["JOBS"],
                                ],
                            )
                        ),
                        name="what_followed_is_of_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "told_by__in",
                                [
                                    landbridge.collaborations.states.Owner["COMPANY"],
                                    landbridge.collaborations.states.Owner["PROVIDER"],
                                    landbridge.collaborations.states.Owner["DESK"],
                                ],
                            )
                        ),
                        name="what_followed_is_told_by_a_side",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="NextStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("owner", models.CharField(max_length=20)),
                ("owner_name", models.CharField(blank=True, max_length=150)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        default=landbridge.collaborations.states.Stepped["PLANNED"], max_length=20
                    ),
                ),
                ("ended_on", models.DateField(null=True)),
                ("outcome", models.TextField(blank=True, max_length=2000)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("planned_by_name", models.CharField(max_length=150)),
                ("planned_at", models.DateTimeField()),
                ("is_demonstration", models.BooleanField(default=False)),
                (
                    "coaching_case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_steps",
                        to="coaching.case",
                    ),
                ),
                (
                    "collaboration",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_steps",
                        to="collaborations.collaboration",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_steps",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_steps",
                        to="introductions.introduction",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_steps",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_steps_as_provider",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "voucher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_steps",
                        to="vouchers.voucher",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "due_on"], name="next_step_by_due_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    landbridge.collaborations.states.Stepped["PLANNED"],
                                    landbridge.collaborations.states.Stepped["DONE"],
                                    landbridge.collaborations.states.Stepped["DROPPED"],
                                ],
                            )
                        ),
                        name="a_next_step_has_a_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "owner__in",
                                [
                                    landbridge.collaborations.states.Owner["COMPANY"],
                                    landbridge.collaborations.states.Owner["PROVIDER"],
                                    landbridge.collaborations.states.Owner["DESK"],
                                ],
                            )
                        ),
                        name="a_next_step_has_an_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("collaboration__isnull", False),
                            ("voucher__isnull", False),
                            ("introduction__isnull", False),
                            ("meeting__isnull", False),
                            ("coaching_case__isnull", False),
                            _connector="OR",
                        ),
                        name="a_next_step_follows_from_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", landbridge.collaborations.states.Stepped["PLANNED"]),
                            ("ended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="an_ended_step_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(help_text="The state that it reached.", max_length=20)),
                ("on", models.DateField()),
                ("reason", models.TextField(blank=True, max_length=2000)),
                ("told_by_name", models.CharField(max_length=150)),
                ("told_at", models.DateTimeField()),
                (
                    "collaboration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="collaborations.collaboration",
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
                                    landbridge.collaborations.states.S["RUNNING"],
                                    landbridge.collaborations.states.S["FINISHED"],
                                    landbridge.collaborations.states.S["STOPPED"],
                                ],
                            )
                        ),
                        name="a_turn_reaches_a_known_state",
                    )
                ]
            },
        ),
        migrations.RemoveConstraint(model_name="collaboration", name="a_collaboration_has_a_known_origin"),
        migrations.AddField(
            model_name="collaboration",
            name="end",
            field=models.TextField(
                blank=True, help_text="How it ended, in a sentence or two.", max_length=2000
            ),
        ),
        migrations.AddField(
            model_name="collaboration",
            name="ended_on",
            field=models.DateField(help_text="The day on which it finished or stopped.", null=True),
        ),
        migrations.AddField(
            model_name="collaboration",
            name="meeting",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="collaboration",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="collaboration",
            name="partnership",
            field=models.OneToOneField(
                blank=True,
                help_text="Of a coaching's report.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="collaboration",
                to="coaching.partnership",
            ),
        ),
        migrations.AddField(
            model_name="collaboration", name="renewals", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="collaboration",
            name="state",
            field=models.CharField(default=landbridge.collaborations.states.S["RUNNING"], max_length=20),
        ),
        migrations.AddIndex(
            model_name="collaboration",
            index=models.Index(fields=["state", "since"], name="collaboration_by_state"),
        ),
        migrations.AddConstraint(
            model_name="collaboration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "origin__in",
                        [
                            landbridge.collaborations.states.Origin["ENQUIRY"],
                            landbridge.collaborations.states.Origin["INTRODUCTION"],
                            landbridge.collaborations.states.Origin["ACCESS"],
                            landbridge.collaborations.states.Origin["EVENT"],
                            landbridge.collaborations.states.Origin["COACHING"],
                            landbridge.collaborations.states.Origin["VOUCHER"],
                            landbridge.collaborations.states.Origin["OTHER"],
                        ],
                    )
                ),
                name="a_collaboration_has_a_known_origin",
            ),
        ),
        migrations.AddConstraint(
            model_name="collaboration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            landbridge.collaborations.states.S["RUNNING"],
                            landbridge.collaborations.states.S["FINISHED"],
                            landbridge.collaborations.states.S["STOPPED"],
                        ],
                    )
                ),
                name="a_collaboration_has_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="collaboration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_on__isnull", True), ("state", landbridge.collaborations.states.S["RUNNING"])
                    ),
                    models.Q(
                        models.Q(("state", landbridge.collaborations.states.S["RUNNING"]), _negated=True),
                        ("ended_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="an_ended_collaboration_has_its_day",
            ),
        ),
        append_only("collaborations_turn"),
    ]

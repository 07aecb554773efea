import django.db.models.deletion
import landbridge.surveys.states
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("calls", "0002_asks_for_event"),
        ("organisations", "0001_initial"),
        ("programmes", "0002_target_baseline"),
    ]
    operations = [
        migrations.CreateModel(
            name="Refusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "address_hash",
                    models.CharField(help_text="SHA-256 of the address.", max_length=64, unique=True),
                ),
                ("refused_at", models.DateTimeField()),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("created_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField()),
                ("is_demonstration", models.BooleanField(default=False)),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questionnaires",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Baseline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(help_text="The day for which the figures hold.")),
                (
                    "jobs",
                    models.DecimalField(
                        decimal_places=1, help_text="Full-time equivalents.", max_digits=8, null=True
                    ),
                ),
                (
                    "turnover_eur",
                    models.BigIntegerField(help_text="Whole euro of the last closed year.", null=True),
                ),
                ("markets", models.PositiveSmallIntegerField(help_text="Countries sold to.", null=True)),
                (
                    "evidence",
                    models.CharField(
                        blank=True, help_text="Annual accounts, payroll, own statement.", max_length=300
                    ),
                ),
                ("recorded_by_name", models.CharField(max_length=150)),
                ("recorded_at", models.DateTimeField()),
                ("is_demonstration", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="baselines",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "recorded_at"], name="baseline_by_organisation")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("jobs__isnull", False),
                            ("turnover_eur__isnull", False),
                            ("markets__isnull", False),
                            _connector="OR",
                        ),
                        name="a_baseline_says_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("trigger", models.CharField(max_length=30)),
                ("side", models.CharField(max_length=20)),
                ("after_months", models.PositiveSmallIntegerField(default=0)),
                ("after_hours", models.PositiveSmallIntegerField(default=0)),
                (
                    "open_days",
                    models.PositiveSmallIntegerField(default=60, help_text="How long an answer is taken."),
                ),
                ("since", models.DateField(help_text="What happened before this day is not asked about.")),
                ("is_active", models.BooleanField(default=True)),
                ("created_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only this call's: of a comparison group.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_rules",
                        to="calls.call",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_rules",
                        to="programmes.programme",
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="surveys.questionnaire",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "trigger__in",
                                [
                                    landbridge.surveys.states.Trigger["VOUCHER_GRANTED"],
                                    landbridge.surveys.states.Trigger["VOUCHER_CLOSED"],
                                    landbridge.surveys.states.Trigger["INTRODUCTION_MADE"],
                                    landbridge.surveys.states.Trigger["ACCESS_DELIVERED"],
                                    landbridge.surveys.states.Trigger["COACHING_CLOSED"],
                                    landbridge.surveys.states.Trigger["EVENT_HELD"],
                                    landbridge.surveys.states.Trigger["WEBINAR_HELD"],
                                    landbridge.surveys.states.Trigger["ENQUIRY_CLOSED"],
                                    landbridge.surveys.states.Trigger["APPLICATION_SUBMITTED"],
                                    landbridge.surveys.states.Trigger["APPLICATION_REJECTED"],
                                ],
                            )
                        ),
                        name="a_rule_has_a_known_trigger",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "side__in",
                                [
                                    landbridge.surveys.states.Side["COMPANY"],
                                    landbridge.surveys.states.Side["PROVIDER"],
                                    landbridge.surveys.states.Side["GUEST"],
                                ],
                            )
                        ),
                        name="a_rule_asks_a_known_side",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("state", models.CharField(default=landbridge.surveys.states.S["DRAFT"], max_length=20)),
                ("language", models.CharField(default="en-gb", max_length=10)),
                ("title", models.CharField(max_length=150)),
                ("lead", models.TextField(blank=True, max_length=1000)),
                ("thanks", models.TextField(blank=True, max_length=1000)),
                (
                    "texts",
                    models.JSONField(default=dict, help_text="Title, lead and thanks in further languages."),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="surveys.questionnaire",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("questionnaire", "number"), name="a_version_has_one_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", landbridge.surveys.states.S["PUBLISHED"])),
                        fields=("questionnaire",),
                        name="one_version_of_a_questionnaire_is_in_use",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    landbridge.surveys.states.S["DRAFT"],
                                    landbridge.surveys.states.S["PUBLISHED"],
                                    landbridge.surveys.states.S["RETIRED"],
                                ],
                            )
                        ),
                        name="a_version_has_a_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", landbridge.surveys.states.S["DRAFT"]),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_version_in_use_has_its_moment",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40)),
                ("position", models.PositiveSmallIntegerField()),
                ("asks", models.CharField(max_length=20)),
                ("measure", models.CharField(blank=True, max_length=20)),
                ("text", models.CharField(max_length=300)),
                ("help", models.CharField(blank=True, max_length=300)),
                ("low", models.CharField(blank=True, help_text="What 1 means on a scale.", max_length=60)),
                ("high", models.CharField(blank=True, help_text="What 5 means on a scale.", max_length=60)),
                ("unit", models.CharField(blank=True, max_length=30)),
                ("choices", models.JSONField(default=list, help_text='[{"key": "yes", "text": "Yes"}]')),
                (
                    "texts",
                    models.JSONField(
                        default=dict, help_text="Text, help, low, high and choices in further languages."
                    ),
                ),
                (
                    "condition",
                    models.JSONField(default=dict, help_text='{"question": "continues", "is": ["yes"]}'),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="surveys.version",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("of", "key"), name="a_question_has_one_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "asks__in",
                                [
                                    landbridge.surveys.states.Asks["SCALE"],
                                    landbridge.surveys.states.Asks["CHOICE"],
                                    landbridge.surveys.states.Asks["SEVERAL"],
                                    landbridge.surveys.states.Asks["NUMBER"],
                                    landbridge.surveys.states.Asks["MONEY"],
                                    landbridge.surveys.states.Asks["TEXT"],
                                ],
                            )
                        ),
                        name="a_question_asks_for_something_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("measure", ""),
                            (
                                "measure__in",
                                [
                                    landbridge.surveys.states.Measure["JOBS"],
                                    landbridge.surveys.states.Measure["TURNOVER"],
                                    landbridge.surveys.states.Measure["MARKETS"],
                                    landbridge.surveys.states.Measure["SATISFACTION"],
                                    landbridge.surveys.states.Measure["RECOMMENDS"],
                                    landbridge.surveys.states.Measure["CONTINUES"],
                                    landbridge.surveys.states.Measure["NEW_PRODUCT"],
                                    landbridge.surveys.states.Measure["PRIVATE_MONEY"],
                                    landbridge.surveys.states.Measure["WITHOUT_HELP"],
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="a_question_has_a_known_measure",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("side", models.CharField(max_length=20)),
                ("trigger", models.CharField(max_length=30)),
                (
                    "about_table",
                    models.CharField(help_text="The table of the thing that it is about.", max_length=60),
                ),
                ("about_id", models.BigIntegerField()),
                ("about_name", models.CharField(max_length=200)),
                ("happened_on", models.DateField()),
                (
                    "months",
                    models.PositiveSmallIntegerField(default=0, help_text="After how many months it asks."),
                ),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(default=landbridge.surveys.states.Sheeted["WAITING"], max_length=20),
                ),
                ("is_comparison", models.BooleanField(default=False)),
                ("due_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("closes_at", models.DateTimeField()),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("begun_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("is_demonstration", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="programmes.programme",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="programmes.region",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="surveys.rule",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="surveys.version",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "due_at"], name="sheet_by_due_moment"),
                    models.Index(fields=["about_table", "about_id"], name="sheet_by_what_it_is_about"),
                    models.Index(fields=["trigger", "months", "state"], name="sheet_by_trigger"),
                    models.Index(fields=["email", "sent_at"], name="sheet_by_address"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule", "about_table", "about_id", "side", "email"),
                        name="nobody_is_asked_twice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    landbridge.surveys.states.Sheeted["WAITING"],
                                    landbridge.surveys.states.Sheeted["SENT"],
                                    landbridge.surveys.states.Sheeted["BEGUN"],
                                    landbridge.surveys.states.Sheeted["DONE"],
                                    landbridge.surveys.states.Sheeted["DECLINED"],
                                    landbridge.surveys.states.Sheeted["LAPSED"],
                                ],
                            )
                        ),
                        name="a_sheet_has_a_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "side__in",
                                [
                                    landbridge.surveys.states.Side["COMPANY"],
                                    landbridge.surveys.states.Side["PROVIDER"],
                                    landbridge.surveys.states.Side["GUEST"],
                                ],
                            )
                        ),
                        name="a_sheet_asks_a_known_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reminders__lte", 2)), name="nobody_is_reminded_a_third_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", landbridge.surveys.states.Sheeted["WAITING"]),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_sent_sheet_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.DecimalField(
                        decimal_places=2, help_text="Scales, numbers, euro.", max_digits=14, null=True
                    ),
                ),
                ("chosen", models.JSONField(default=list, help_text="The keys of the choices.")),
                ("text", models.TextField(blank=True, max_length=3000)),
                (
                    "answered_at",
                    models.DateTimeField(help_text="When it was first answered: from then on it counts."),
                ),
                (
                    "changed_at",
                    models.DateTimeField(help_text="Corrected while the sheet was open.", null=True),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="surveys.question",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="surveys.sheet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "question"), name="a_question_is_answered_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__isnull", False),
                            models.Q(("chosen", []), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_answer_says_something",
                    ),
                ]
            },
        ),
    ]

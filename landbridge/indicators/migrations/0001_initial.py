import django.db.models.deletion
import django.db.models.functions.comparison
import landbridge.indicators.states
from django.db import migrations, models
from landbridge.foundation.append_only import append_only
from landbridge.indicators.frozen import frozen_for_good


class Migration(migrations.Migration):
    initial = True
    dependencies = [("files", "0001_initial"), ("programmes", "0002_target_baseline")]
    operations = [
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=150)),
                ("unit", models.CharField(max_length=40)),
                ("definition", models.TextField(max_length=2000)),
                (
                    "texts",
                    models.JSONField(
                        default=dict, help_text="Name, unit and definition in further languages."
                    ),
                ),
                (
                    "kind",
                    models.CharField(default=landbridge.indicators.states.Kind["OUTPUT"], max_length=20),
                ),
                (
                    "source",
                    models.SlugField(
                        help_text="The named query that counts it; empty: entered by hand.", max_length=60
                    ),
                ),
                ("parameters", models.JSONField(default=dict)),
                (
                    "links",
                    models.JSONField(
                        default=dict,
                        help_text="Codes under which targets and published figures mean it; codes of what counts the same otherwise.",
                    ),
                ),
                ("decimals", models.PositiveSmallIntegerField(default=0)),
                ("is_public", models.BooleanField(default=True)),
                ("is_active", models.BooleanField(default=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "version",
                    models.PositiveIntegerField(default=1, help_text="Counts the changes of the definition."),
                ),
                (
                    "earlier",
                    models.JSONField(
                        default=list, help_text="Earlier wordings, each with the day until which it held."
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        help_text="None: a common one, of every programme.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("programme", 0),
                        models.F("code"),
                        name="an_indicator_has_one_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    landbridge.indicators.states.Kind["OUTPUT"],
                                    landbridge.indicators.states.Kind["RESULT"],
                                    landbridge.indicators.states.Kind["PROCESS"],
                                ],
                            )
                        ),
                        name="an_indicator_has_a_known_kind",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "narrative",
                    models.TextField(
                        blank=True, help_text="What the report says in words.", max_length=10000
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("frozen_at", models.DateTimeField(null=True)),
                ("frozen_by_name", models.CharField(blank=True, max_length=150)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "signature",
                    models.CharField(
                        blank=True, help_text="Over the hash, with the network's key.", max_length=200
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="programmes.partner",
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="programmes.phase",
                    ),
                ),
                (
                    "word",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("phase"),
                        django.db.models.functions.comparison.Coalesce("partner", 0),
                        models.F("begins_on"),
                        models.F("ends_on"),
                        name="a_period_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("begins_on"))),
                        name="a_period_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frozen_at__isnull", True),
                            models.Q(("sha256", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_frozen_period_has_its_hash",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_of", models.DateField()),
                ("since", models.DateField(help_text="What came earlier does not count.", null=True)),
                ("came", models.CharField(max_length=20)),
                ("value", models.DecimalField(decimal_places=2, max_digits=16, null=True)),
                (
                    "said",
                    models.CharField(
                        blank=True, help_text="As it was published: more than 400.", max_length=60
                    ),
                ),
                ("part", models.PositiveIntegerField(null=True)),
                ("whole", models.PositiveIntegerField(null=True)),
                ("asked", models.PositiveIntegerField(null=True)),
                ("definition", models.TextField(help_text="As it was when this was read.", max_length=2000)),
                (
                    "source_text",
                    models.CharField(
                        blank=True, help_text="Where it was published, who said it.", max_length=300
                    ),
                ),
                (
                    "rows",
                    models.JSONField(
                        default=dict,
                        help_text="By table: the id of every row behind it, or its id and share.",
                    ),
                ),
                ("rows_sha256", models.CharField(blank=True, max_length=64)),
                ("read_at", models.DateTimeField()),
                ("read_by_name", models.CharField(max_length=150)),
                ("is_demonstration", models.BooleanField(default=False)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="indicators.indicator",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="programmes.partner",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="indicators.period",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="programmes.phase",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="programmes.region",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["indicator", "as_of"], name="reading_by_indicator_and_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "came__in",
                                [
                                    landbridge.indicators.states.Came["COMPUTED"],
                                    landbridge.indicators.states.Came["PUBLISHED"],
                                    landbridge.indicators.states.Came["ENTERED"],
                                ],
                            )
                        ),
                        name="a_reading_came_from_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("came", landbridge.indicators.states.Came["COMPUTED"]),
                            models.Q(("source_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_was_not_counted_has_its_source",
                    ),
                ],
            },
        ),
        append_only("indicators_reading"),
        frozen_for_good(),
    ]

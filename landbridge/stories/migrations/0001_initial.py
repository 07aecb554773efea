import django.db.models.deletion
import landbridge.stories.states
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("collaborations", "0002_later_life"),
        ("files", "0001_initial"),
        ("organisations", "0001_initial"),
        ("programmes", "0002_target_baseline"),
    ]
    operations = [
        migrations.CreateModel(
            name="Story",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("state", models.CharField(default=landbridge.stories.states.S["DRAFT"], max_length=20)),
                (
                    "language",
                    models.CharField(
                        default="en-gb", help_text="In which it was written first.", max_length=10
                    ),
                ),
                (
                    "shown_version",
                    models.PositiveIntegerField(
                        default=0, help_text="Put before both sides last; 0: none yet."
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1, help_text="Counts the edits; a stale one is refused."
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="Why it was withdrawn.", max_length=1000)),
                ("created_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("is_demonstration", models.BooleanField(default=False)),
                (
                    "collaboration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="story",
                        to="collaborations.collaboration",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stories",
                        to="programmes.programme",
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
                                    landbridge.stories.states.S["DRAFT"],
                                    landbridge.stories.states.S["SHOWN"],
                                    landbridge.stories.states.S["APPROVED"],
                                    landbridge.stories.states.S["PUBLISHED"],
                                    landbridge.stories.states.S["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="a_story_has_a_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", landbridge.stories.states.S["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_published_story_has_its_moment",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="News",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("state", models.CharField(default=landbridge.stories.states.Newsed["DRAFT"], max_length=20)),
                ("language", models.CharField(default="en-gb", max_length=10)),
                ("title", models.CharField(max_length=120)),
                ("lead", models.CharField(max_length=300)),
                ("body", models.TextField(max_length=12000)),
                (
                    "texts",
                    models.JSONField(default=dict, help_text="Title, lead and body in further languages."),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_by_name", models.CharField(max_length=150)),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("is_demonstration", models.BooleanField(default=False)),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="programmes.programme",
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
                                    landbridge.stories.states.Newsed["DRAFT"],
                                    landbridge.stories.states.Newsed["PUBLISHED"],
                                    landbridge.stories.states.Newsed["WITHDRAWN"],
                                ],
                            )
                        ),
                        name="news_has_a_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", landbridge.stories.states.Newsed["PUBLISHED"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="published_news_has_its_moment",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("alt", models.CharField(help_text="What it shows, for who cannot see it.", max_length=250)),
                (
                    "texts",
                    models.JSONField(
                        default=dict, help_text="Alternative text and caption in further languages."
                    ),
                ),
                ("caption", models.CharField(blank=True, max_length=250)),
                ("credit", models.CharField(help_text="Who made it, under which terms.", max_length=150)),
                ("added_by_name", models.CharField(max_length=150)),
                ("added_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("alt", ""), _negated=True), name="a_picture_has_its_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credit", ""), _negated=True), name="a_picture_names_its_maker"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("side", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField(help_text="The version that was read.")),
                ("sha256", models.CharField(help_text="Of all its wordings and pictures.", max_length=64)),
                ("person_name", models.CharField(max_length=120)),
                ("approved_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, help_text="Why it was taken back.", max_length=1000)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="story_approvals",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "side__in",
                                [
                                    landbridge.stories.states.Side["COMPANY"],
                                    landbridge.stories.states.Side["PROVIDER"],
                                ],
                            )
                        ),
                        name="a_story_is_approved_by_a_side",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("story", "side", "number"),
                        name="a_side_approves_a_version_once",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(help_text="The version: one number for all its languages."),
                ),
                ("language", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=120)),
                ("standfirst", models.CharField(max_length=300)),
                ("body", models.TextField(help_text="Paragraphs, emphasis, lists, links.", max_length=12000)),
                ("quote", models.CharField(blank=True, max_length=400)),
                ("quoted", models.CharField(blank=True, help_text="Who says the quote.", max_length=150)),
                (
                    "is_machine",
                    models.BooleanField(default=False, help_text="Translated by machine; the page says so."),
                ),
                ("written_by_name", models.CharField(max_length=150)),
                ("written_at", models.DateTimeField()),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("story", "number", "language"), name="a_version_is_worded_once_in_a_language"
                    )
                ]
            },
        ),
    ]

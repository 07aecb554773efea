"""Every sentence is found in the source, kept in a catalogue, checked, and said."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation.template import templatize

from landbridge.foundation.messages import catalogue, checking, compiled, keeping, reading_python, source
from landbridge.foundation.messages import reading_template as templates
from landbridge.foundation.messages.message import Found, Message, short_names
from landbridge.foundation.messages.scope import POLICY, Scope, scope
from landbridge.foundation.messages.tongues import NBSP, TONGUES
from tests.foundation.messages.said import speak

pytestmark = pytest.mark.once


def said(singular: str, plural: str = "", *, context: str = "", word: str = "events") -> Message:
    return Message(context, singular, plural, word, (f"landbridge/{word}/views.py",))


# ── Reading the source ───────────────────────────────────────────────────────────────────────────────────────────────
def texts_of(source_code: str) -> list[tuple[str, str, str]]:
    found = reading_python.messages_of(source_code, path="x.py")
    return [(one.singular, one.plural, one.context) for one in found]


def test_python_says_its_sentences_in_order():
    found = texts_of(
        'a = _("One")\nb = N_("Two " "and a half")\nc = ngettext("%(n)s file", "%(n)s files", n)\n'
        'd = pgettext("a verb", "Open")\ne = _("Yes" if x else "No")\nf = _(name)\ng = translation.gettext("Far")\n'
    )
    assert found == [
        ("One", "", ""),
        ("Two and a half", "", ""),
        ("%(n)s file", "%(n)s files", ""),
        ("Open", "", "a verb"),
        ("Yes", "", ""),
        ("No", "", ""),
        ("Far", "", ""),
    ]


def test_plain_labels_of_choices_and_states_are_sentences():
    found = texts_of(
        'class Kind(models.TextChoices):\n    A = "a", "First kind"\n    ON_HOLD = "h"\n'
        'class Named(StrEnum):\n    X = "x"\n    @property\n    def label(self): ...\n'
    )
    assert [text for text, _plural, _context in found] == ["First kind", "On Hold"]


TEMPLATE = """{% extends "x.html" %}{% translate 'One' %} {% translate "Two" as two %}{{ _("Three")|upper }}
{% blocktranslate trimmed with a=b|default:_("Four") %}
  Five {{ a }}
  of 100%
{% endblocktranslate %}{% blocktranslate count n=n %}One {{ n }}{% plural %}Many {{ n }}{% endblocktranslate %}
{% translate "Open" context "a verb" %}{% include "y.html" with label=_("Six") %}{% comment %}{% endcomment %}"""


def test_templates_say_theirs():
    found = [
        (one.singular, one.plural, one.context) for one in templates.messages_of(TEMPLATE, path="x.html")
    ]
    assert found == [
        ("One", "", ""),
        ("Two", "", ""),
        ("Three", "", ""),
        ("Four", "", ""),
        ("Five %(a)s of 100%%", "", ""),
        ("One %(n)s", "Many %(n)s", ""),
        ("Open", "", "a verb"),
        ("Six", "", ""),
    ]


def test_what_a_template_says_is_what_django_would_have_found():
    """Django makes Python of a template, for gettext's own reader: ours must find the same."""
    for path in sorted(source.PACKAGE.rglob("templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        ours = {(one.singular, one.plural) for one in templates.messages_of(text, path="x.html")}
        code = templatize(text)
        for singular, plural in ours:
            for part in (singular, plural):
                assert repr(part)[1:-1] in code or part in code, (path, part)


def test_the_lowest_word_keeps_a_sentence_and_every_sentence_is_kept_once():
    messages = source.messages()
    assert len(messages) > 5_000
    ladder = list(source.ladder())
    for message in messages.values():
        words = [path.split("/")[1] for path in message.paths]
        assert message.word == min(words, key=ladder.index)
    assert len(short_names(messages.values())) == len(messages)


def test_one_sentence_with_two_plurals_is_refused(monkeypatch):
    places = [Found("One file", many, "", "landbridge/events/x.py") for many in ("%s files", "files")]
    monkeypatch.setattr(source, "all_found", lambda: iter(places))
    with pytest.raises(source.TwoPlurals, match="One file"):
        source.messages()


# ── Catalogues ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_catalogue_is_read_as_it_was_written(tmp_path):
    messages = [
        said('Say "yes" \\ no\tnow'),
        said("Two\nlines\n"),
        said("%(n)s file", "%(n)s files"),
        said("Open", context="a verb"),
        said("Missing"),
    ]
    given = {
        messages[0].key: ('Sag "ja" \\ nein\tjetzt',),
        messages[1].key: ("Zwei\nZeilen\n",),
        messages[2].key: ("%(n)s Datei", "%(n)s Dateien"),
        messages[3].key: ("Öffnen",),
    }
    path = tmp_path / "locale" / "de.po"
    assert catalogue.write(messages, given, language="de", path=path)
    assert not catalogue.write(messages, given, language="de", path=path)
    read = catalogue.read(path.read_text(encoding="utf-8"))
    assert {key: texts for key, texts in read.items() if any(texts)} == given
    assert read[messages[4].key] == ("",)


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not on this machine")
def test_gettext_itself_reads_our_catalogues():
    for path in catalogue.files("fr"):
        subprocess.run(["msgfmt", "--check-format", "-o", "/dev/null", str(path)], check=True)


def test_what_a_program_guessed_is_not_said():
    text = '#, fuzzy\nmsgid "One"\nmsgstr ""\n"Eins"\n\nmsgid "Two"\nmsgstr "Zwei"\n'
    assert catalogue.read(text) == {("", "One"): ("",), ("", "Two"): ("Zwei",)}


def test_a_catalogue_that_is_none_says_where():
    with pytest.raises(catalogue.Unreadable, match=r"de\.po, line 2"):
        catalogue.read('msgid "One"\nmsgstr Eins\n', name="de.po")


def test_taking_writes_what_is_right_and_refuses_the_rest(tmp_path):
    one, two = said("Dear %(name)s,"), said("A file", word="claims")
    for word in ("events", "claims"):
        (tmp_path / word).mkdir()
    known = {one.key: one, two.key: two}
    changed, refused = keeping.take(
        {one.key: ("Guten Tag %(nam)s,",), two.key: ("Eine Datei",)}, known, language="de", package=tmp_path
    )
    assert [refusal.message for refusal in refused] == [one]
    assert len(changed) == 2
    assert catalogue.read_all("de", package=tmp_path) == {one.key: ("",), two.key: ("Eine Datei",)}
    # What is gone from the source for a moment stays until somebody brings the catalogues up to date.
    keeping.take({one.key: ("Guten Tag %(name)s,",)}, {one.key: one}, language="de", package=tmp_path)
    assert catalogue.read_all("de", package=tmp_path)[two.key] == ("Eine Datei",)
    keeping.update({one.key: one}, language="de", package=tmp_path)
    assert catalogue.read_all("de", package=tmp_path) == {one.key: ("Guten Tag %(name)s,",)}


def test_a_sentence_that_moves_to_another_word_keeps_its_translation(tmp_path):
    for word in ("events", "claims"):
        (tmp_path / word).mkdir()
    before, after = said("A file", word="claims"), said("A file", word="events")
    keeping.take({before.key: ("Eine Datei",)}, {before.key: before}, language="de", package=tmp_path)
    keeping.update({after.key: after}, language="de", package=tmp_path)
    assert not catalogue.path_of("claims", "de", package=tmp_path).exists()
    assert "Eine Datei" in catalogue.path_of("events", "de", package=tmp_path).read_text(encoding="utf-8")


# ── Checking ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("english", "translated", "language", "about"),
    [
        ("Dear %(name)s,", "Guten Tag,", "de", "places differ"),
        ("Dear %(name)s,", "Guten Tag %(name)s, %(more)s", "de", "places differ"),
        ("Dear {name},", "Guten Tag {nam},", "de", "places differ"),
        ("%s of %d", "%d von %s", "de", "%s or %d"),
        ("%(share)s of 100%%", "%(share)s von 100 %", "de", "%%"),
        ("<strong>Now</strong> go", "<em>Jetzt</em> los", "de", "HTML differs"),
        ('See <a href="/a/">here</a>', 'Siehe <a href="/b/">hier</a>', "de", "HTML differs"),
        ("One&nbsp;two", "Eins zwei", "de", "entities"),
        ("Write {{ name }} and {% if x %}", "Schreiben Sie {{ nam }} und {% if x %}", "de", "template tags"),
        ("One\n", "Eins", "de", "ends with other"),
        ("One ", "Eins", "de", "ends with other"),
        ("One", "\nEins", "de", "begins with other"),
        ("One thing is said", "Eine  Sache", "de", "two spaces"),
        ("The claim was paid in time", "The claim was paid in time", "de", "English sentence"),
        ("It is paid.", "Es ist bezahlt", "de", "ends with “.”"),
        ("Call (soon)", "Rufen Sie (bald", "de", "( and )"),
        ("Say “yes”", "Sagen Sie „ja", "de", "do not match"),
        ("Say “yes”", "Sagen Sie «ja»", "de", "not a quotation mark"),
        ("Say “yes”", 'Sagen Sie "ja', "de", "straight"),
        ("Nothing", "", "de", "missing"),
    ],
)  # fmt: skip
def test_what_is_broken_is_found(english, translated, language, about):
    problems = list(checking.problems_with(said(english), (translated,), language=language))
    assert any(about in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("english", "translated", "language"),
    [
        ("Dear %(name)s,", "Guten Tag %(name)s,", "de"),
        ("%(a)s of %(b)s", "%(b)s davon %(a)s", "de"),
        ("Say “yes” (soon).", "Sagen Sie „ja“ (bald).", "de"),
        ("Say “yes”.", f"Dites «{NBSP}oui{NBSP}».", "fr"),
        ("Say “yes”.", "Sig »ja«.", "da"),
        ("Say “yes”.", "Zeg “ja”.", "nl"),
        ("Programme", "Programme", "fr"),
        ("It's <strong>here</strong>", "Es ist <strong>hier</strong>", "de"),
        ('<abbr title="Value added tax">VAT</abbr>', '<abbr title="Mehrwertsteuer">MwSt.</abbr>', "de"),
        ("Landbridge %(number)s", "Landbridge %(number)s", "de"),
    ],
)
def test_what_is_right_passes(english, translated, language):
    assert list(checking.problems_with(said(english), (translated,), language=language)) == []


def test_plurals_have_as_many_forms_as_the_language():
    one = said("One file", "%(count)s files")
    assert not list(checking.problems_with(one, ("Eine Datei", "%(count)s Dateien"), language="de"))
    assert not list(checking.problems_with(one, ("%(count)s fichier", "%(count)s fichiers"), language="fr"))
    assert list(checking.problems_with(one, ("Eine Datei",), language="de"))
    assert list(checking.problems_with(one, ("Eine Datei", "Dateien"), language="de"))
    assert list(checking.problems_with(said("A file"), ("Eine", "Zwei"), language="de"))


def test_typography_is_put_right_where_there_is_no_doubt():
    assert checking.tidied("Sagen Sie “ja”", language="de") == "Sagen Sie „ja“"
    assert checking.tidied("Sagen Sie „ja“", language="de") == "Sagen Sie „ja“"
    assert (
        checking.tidied("Dites “oui” : vite !", language="fr")
        == f"Dites «{NBSP}oui{NBSP}»{NBSP}: vite{NBSP}!"
    )
    assert checking.tidied("Zeg “ja”", language="nl") == "Zeg “ja”"


def test_the_check_of_all_finds_missing_broken_and_stale(tmp_path):
    one, two, desk = said("A file"), said("Dear %(name)s,"), said("A line", word="budgets")
    known = {message.key: message for message in (one, two, desk)}
    within = Scope(complete=("de",), desks_alone=("landbridge/budgets/*",))
    (tmp_path / "events").mkdir()
    stranger = said("Gone")
    catalogue.write(
        [two, stranger],
        {two.key: ("Guten Tag,",), stranger.key: ("Weg",)},
        language="de",
        path=catalogue.path_of("events", "de", package=tmp_path),
    )
    found = list(keeping.findings(known, within=within, package=tmp_path))
    assert len(found) == 3, found
    assert "places differ" in " ".join(found)
    assert "missing: “A file”" in " ".join(found)
    assert "messages update" in " ".join(found)


def test_no_message_of_the_product_is_broken():
    assert list(keeping.findings(source.messages(), within=scope())) == []


# ── Scope ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_letter_and_what_stands_elsewhere_too_are_in_scope():
    within = Scope(desks_alone=("landbridge/budgets/*",))
    alone = Message("", "x", "", "budgets", ("landbridge/budgets/forms.py",))
    assert not within.holds(alone)
    assert within.holds(Message("", "x", "", "budgets", (*alone.paths, "landbridge/public/views.py")))
    assert within.holds(
        Message("", "x", "", "budgets", ("landbridge/budgets/templates/letters/budgets/x.txt",))
    )


def test_the_policy_names_files_that_are_there_and_languages_that_we_speak():
    assert set(scope().complete) <= set(TONGUES)
    for pattern in scope().desks_alone:
        assert any(source.ROOT.glob(pattern)), f"{POLICY.name} names {pattern}, which is nowhere."


# ── Compiled ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_start_compiles_what_changed_and_nothing_else(tmp_path):
    package, folder = tmp_path / "package", tmp_path / "out"
    one = said("%(count)s word", "%(count)s words")
    for language in TONGUES:
        (package / "events").mkdir(parents=True, exist_ok=True)
        path = catalogue.path_of("events", language, package=package)
        catalogue.write([one], {one.key: ("a %(count)s", "b %(count)s")}, language=language, path=path)
    assert set(compiled.bring_up_to_date(folder, package=package)) == set(TONGUES)
    assert compiled.bring_up_to_date(folder, package=package) == ()
    path = catalogue.path_of("events", "de", package=package)
    catalogue.write([one], {one.key: ("c %(count)s", "d %(count)s")}, language="de", path=path)
    assert compiled.bring_up_to_date(folder, package=package) == ("de",)


def test_each_language_counts_in_its_own_way(settings, tmp_path: Path):
    one = said("%(count)s tiny word", "%(count)s tiny words")
    for language in TONGUES:
        place = compiled.path_of(tmp_path, language)
        place.parent.mkdir(parents=True)
        place.write_bytes(compiled.compile_one(language, {one.key: ("one", "many")}))
    settings.LOCALE_PATHS = [tmp_path]
    heard = {}
    for language in TONGUES:
        with translation.override(language):
            heard[language] = [
                translation.ngettext(one.singular, one.plural, count) for count in (0, 1, 2, 10**6)
            ]
    assert heard.pop("fr") == ["one", "one", "many", "many"]
    assert all(forms == ["many", "one", "many", "many"] for forms in heard.values()), heard


def test_what_is_not_translated_is_said_in_english(settings, tmp_path: Path):
    speak(settings, tmp_path, language="da", messages={"A word nobody says": "Et ord"})
    with translation.override("da"):
        assert translation.gettext("A word nobody says") == "Et ord"
        assert translation.gettext("Another word nobody says") == "Another word nobody says"

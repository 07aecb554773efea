"""The office writes a questionnaire."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from landbridge.foundation.operations.form_pages import button_pressed, form_page, posted
from landbridge.foundation.permissions.guards import Request, needs
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Programme
from landbridge.surveys import actions, queries, wording
from landbridge.surveys.forms import BeginForm, LanguageForm, QuestionForm, TextsForm, TranslationForm
from landbridge.surveys.models import Question, Questionnaire
from landbridge.surveys.states import S
from landbridge.surveys.views.shared import draft_of, kept_by, latest_of, questionnaire_page, trail


@needs(P.SURVEY_EDIT)
def new(request: Request) -> HttpResponse:
    """Begin a questionnaire."""
    own = request.actor.programme_id
    programmes = Programme.objects.visible_to(request.actor).order_by("name") if own is None else ()
    form = BeginForm(posted(request), programmes=programmes)
    return form_page(
        request,
        form,
        act=lambda: actions.begin(**form.details, by=request.actor, at=request.now),
        title=_("New questionnaire"),
        save=_("Begin"),
        crumbs=trail(),
    )


@needs(P.SURVEY_EDIT)
def text(request: Request, slug: str) -> HttpResponse:
    """What people read before and after the questions."""
    found = kept_by(request.actor, slug)
    version = draft_of(found)
    initial = {name: getattr(version, name) for name in ("title", "lead", "thanks", "version")}
    form = TextsForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.edit(
            version_id=version.pk, **form.cleaned_data, by=request.actor, at=request.now
        ),
        title=_("Around the questions"),
        save=_("Save"),
        crumbs=trail(found),
    )


@needs(P.SURVEY_EDIT)
def question_new(request: Request, slug: str) -> HttpResponse:
    """Ask one more thing."""
    found = kept_by(request.actor, slug)
    version = draft_of(found)
    form = QuestionForm(posted(request), before=list(version.questions.order_by("position", "pk")))
    return form_page(
        request,
        form,
        act=lambda: actions.add_question(
            version_id=version.pk, **form.details, by=request.actor, at=request.now
        ),
        title=_("New question"),
        save=_("Add"),
        to=found.get_absolute_url(),
        crumbs=trail(found),
    )


@needs(P.SURVEY_EDIT)
def question(request: Request, survey_question_pk: int) -> HttpResponse:
    """Ask it in other words."""
    asked, found = _asked(request, survey_question_pk)
    before = list(asked.of.questions.filter(position__lt=asked.position).order_by("position", "pk"))
    form = QuestionForm(posted(request), before=before, found=asked)
    return form_page(
        request,
        form,
        act=lambda: actions.edit_question(
            question_id=asked.pk, **form.details, by=request.actor, at=request.now
        ),
        title=_("Question %(number)s") % {"number": asked.position},
        save=_("Save"),
        to=found.get_absolute_url(),
        crumbs=trail(found),
    )


@needs(P.SURVEY_EDIT)
@require_POST
def question_removal(request: Request, survey_question_pk: int) -> HttpResponse:
    """Ask it no more."""
    asked, found = _asked(request, survey_question_pk)
    return button_pressed(
        request,
        lambda: actions.remove_question(question_id=asked.pk, by=request.actor, at=request.now),
        refused=lambda problems: questionnaire_page(request, found.slug, problems=problems),
        done=_("Removed."),
    )


@needs(P.SURVEY_EDIT)
@require_POST
def question_place(request: Request, survey_question_pk: int) -> HttpResponse:
    """One place earlier, or later."""
    asked, found = _asked(request, survey_question_pk)
    return button_pressed(
        request,
        lambda: actions.move_question(
            question_id=asked.pk, up=request.POST.get("to") == "up", by=request.actor, at=request.now
        ),
        refused=lambda problems: questionnaire_page(request, found.slug, problems=problems),
    )


@needs(P.SURVEY_EDIT)
def languages(request: Request, slug: str) -> HttpResponse:
    """The languages it has, and one more."""
    found = kept_by(request.actor, slug)
    version = latest_of(found)
    questions = list(version.questions.order_by("position", "pk"))
    form = LanguageForm(posted(request), found=version)
    if request.method == "POST" and form.is_valid():
        return redirect("surveys:translation", found.slug, form.cleaned_data["language"])
    context = {
        "found": found,
        "version": version,
        "own": wording.language_name(version.language),
        "form": form,
        "languages": [
            (code, wording.language_name(code), queries.missing_in(version, questions, code))
            for code in queries.languages_of(version)
            if code != version.language
        ],
        "breadcrumbs": [*trail(found), Crumb(_("Languages"))],
    }
    return render(request, "surveys/languages.html", context, status=form.http_status)


@needs(P.SURVEY_EDIT)
def translation(request: Request, slug: str, language: str) -> HttpResponse:
    """All texts in one further language, each beside its original."""
    found = kept_by(request.actor, slug)
    version = latest_of(found)
    if language not in dict(settings.LANGUAGES) or language == version.language:
        raise Http404
    questions = list(version.questions.order_by("position", "pk"))
    form = TranslationForm(posted(request), found=version, questions=questions, language=language)
    back = reverse("surveys:languages", args=[found.slug])
    return form_page(
        request,
        form,
        act=lambda: actions.translate(
            version_id=version.pk,
            language=language,
            texts=form.texts,
            questions=form.of_questions,
            by=request.actor,
            at=request.now,
        ),
        title=_("Texts in %(language)s") % {"language": wording.language_name(language)},
        lead=_("What stays empty is shown in %(language)s, and marked so. All empty: the language goes.")
        % {"language": wording.language_name(version.language)},
        save=_("Save"),
        to=back,
        crumbs=[*trail(found), Crumb(_("Languages"), back)],
    )


@needs(P.SURVEY_EDIT)
@require_POST
def publication(request: Request, slug: str) -> HttpResponse:
    """Take the version that is being written into use."""
    found = kept_by(request.actor, slug)
    version = latest_of(found)
    return button_pressed(
        request,
        lambda: actions.publish(version_id=version.pk, by=request.actor, at=request.now),
        refused=lambda problems: questionnaire_page(request, slug, problems=problems),
        done=_("It is in use. Rules say when it goes out."),
    )


@needs(P.SURVEY_EDIT)
@require_POST
def retirement(request: Request, slug: str) -> HttpResponse:
    """Ask nobody with it any more."""
    found = kept_by(request.actor, slug)
    return button_pressed(
        request,
        lambda: actions.retire(questionnaire_id=found.pk, by=request.actor, at=request.now),
        refused=lambda problems: questionnaire_page(request, slug, problems=problems),
        done=_("Nobody is asked with it any more; whoever was asked may still answer."),
    )


@needs(P.SURVEY_EDIT)
@require_POST
def version_new(request: Request, slug: str) -> HttpResponse:
    """Copy the latest version, to write it anew."""
    found = kept_by(request.actor, slug)
    return button_pressed(
        request,
        lambda: actions.begin_version(questionnaire_id=found.pk, by=request.actor, at=request.now),
        refused=lambda problems: questionnaire_page(request, slug, problems=problems),
        done=_("A new version is being written; until it is in use, the one before it goes on asking."),
    )


def _asked(request: Request, pk: int) -> tuple[Question, Questionnaire]:
    """A question of a version that is being written, of a questionnaire that one keeps."""
    kept = Questionnaire.objects.kept_by(request.actor)
    rows = Question.objects.filter(of__questionnaire__in=kept.values("pk"), of__state=S.DRAFT)
    asked = get_object_or_404(rows.select_related("of__questionnaire"), pk=pk)
    return asked, asked.of.questionnaire

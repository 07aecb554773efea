"""A person's own account, and the pages at the door that allauth does not have."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import views as account
from allauth.account.forms import RequestLoginCodeForm
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from landbridge.foundation.operations.form_pages import posted
from landbridge.foundation.people import actions, door, queries
from landbridge.foundation.people.forms import ProfileForm
from landbridge.foundation.people.models import Consent, Person
from landbridge.foundation.people.sign_in_forms import RequestCode
from landbridge.foundation.permissions.guards import Request, public, signed_in
from landbridge.foundation.problems import Refused


@signed_in
def profile(request: Request) -> HttpResponse:
    """Name and language to change; how one signs in; what one agreed to."""
    person = cast(Person, request.user)
    form = ProfileForm(posted(request), initial={"name": person.name, "language": person.language})
    if request.method == "POST" and form.is_valid():
        actions.change_profile(person_id=person.pk, **form.cleaned_data, by=request.actor, at=request.now)
        messages.success(request, _("Your profile is saved."))
        response = redirect("account_profile")
        door.show_in(response, form.cleaned_data["language"])
        return response
    return render(request, "people/profile.html", _profile(person, form), status=form.http_status)


@signed_in
@require_POST
def consent(request: Request, purpose: str) -> HttpResponse:
    """Give a consent, or take it back."""
    if purpose not in Consent.Purpose.values:
        raise Http404
    person = cast(Person, request.user)
    change = actions.withdraw_consent if "withdraw" in request.POST else actions.give_consent
    try:
        change(person_id=person.pk, purpose=purpose, by=request.actor, at=request.now)
    except Refused as refusal:
        form = ProfileForm(initial={"name": person.name, "language": person.language})
        context = {**_profile(person, form), "problems": refusal.problems}
        return render(request, "people/profile.html", context, status=409)
    return redirect(f"{reverse('account_profile')}#agreements")


@signed_in
@require_POST
def session_end(request: Request, pk: int) -> HttpResponse:
    """Sign another browser out."""
    actions.end_session(session_id=pk, by=request.actor, at=request.now)
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


@signed_in
def sessions(request: Request) -> HttpResponse:
    """Where one is signed in."""
    mine = queries.sessions_of(cast(Person, request.user), session_key=request.session.session_key)
    return render(request, "usersessions/usersession_list.html", {"sessions": mine})


@signed_in
@require_GET
def second_factor_needed(request: Request) -> HttpResponse:
    """Why a second factor is needed, and the ways to one."""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("account_profile")
    if queries.gave_second_factor(request):
        return redirect(back)
    context = {
        "has_one": queries.has_second_factor(cast(Person, request.user)),
        "next": back,
        "passkeys_possible": door.passkeys_possible(request),
    }
    return render(request, "people/second_factor_needed.html", context)


@public
@require_safe
def privacy(request: Request) -> HttpResponse:
    """How Landbridge uses the data of people."""
    return render(request, "people/privacy.html")


@public
def walk_in(request: Request) -> HttpResponseBase:
    """Choose one of the invented people and walk in as them: in the demonstration alone."""
    if not settings.LANDBRIDGE_DEMONSTRATION:
        raise Http404
    if request.method != "POST":
        return render(request, "people/cast.html", {"cast": door.cast()})
    pk = request.POST.get("person", "")
    person = get_object_or_404(Person.objects.cast(), pk=int(pk) if pk.isdecimal() and len(pk) < 19 else 0)
    door.leave(request)
    back = request.POST.get("next", "")
    safe = back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else None
    return perform_login(request, Login(user=person, email=person.email, redirect_url=safe))


class SignIn(account.LoginView):
    """The door: a code by letter, a passkey, a password, single sign-on; in the demonstration the cast."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["code_form"] = _code_form(self.request)
        context["passkeys_possible"] = door.passkeys_possible(self.request)
        context["cast"] = door.cast()
        return context


def _code_form(request: HttpRequest) -> RequestLoginCodeForm:
    """The short form at the top; it goes to a page of its own, which shows what is wrong with it."""
    return RequestCode(initial={"email": request.GET.get("email", "")[:254]}, auto_id="id_code_%s")


def _profile(person: Person, form: ProfileForm) -> dict[str, Any]:
    holding = queries.consents_of(person)
    return {
        "form": form,
        "person": person,
        "has_second_factor": queries.has_second_factor(person),
        "agreements": [
            {"purpose": purpose, "label": Consent.Purpose(purpose).label, "consent": holding[purpose]}
            for purpose in Consent.Purpose.values
        ],
    }


class OtherSessions(ListUserSessionsView):
    """Sign out everywhere else."""

    http_method_names = ["post"]

"""The staff's own pages: how pages look to them, who works here and what each may do."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions, queries
from accounts.access import reader, role_required
from accounts.changes import CHANGES, holdings, label
from accounts.forms import AppearanceForm
from accounts.models import Role, User

PER_PAGE = 25


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Let people choose language, time zone, colours and shortcuts."""
    form = AppearanceForm(request.POST or None, instance=reader(request))
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with translation.override(user.language):
            messages.success(request, _("Saved. This is how pages look to you from now on."))
        return redirect("accounts:appearance")
    return render(request, "accounts/appearance.html", {"form": form})


@role_required(Role.ADMINISTRATOR)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List everyone who works here, a page at a time."""
    page = Paginator(queries.staff(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page})


@role_required(Role.ADMINISTRATOR)
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one account may do, and what can be given and ended."""
    user = get_object_or_404(queries.staff(), pk=pk)
    return render(request, "accounts/person.html", {"person": user, "holdings": holdings(user, reader(request))})


@role_required(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int, verb: str, noun: str, code: str) -> HttpResponse:
    """Ask once more, then give or end a role or a compartment."""
    user = get_object_or_404(User, pk=pk)
    wanted = CHANGES.get((verb, noun))
    subject = wanted.subject(code) if wanted else None
    if wanted is None or subject is None:
        raise Http404
    if request.method != "POST":
        question = wanted.question % {"name": user.name, "subject": label(subject)}
        return render(request, "accounts/change.html", {"person": user, "question": question, "verb": verb})
    try:
        wanted.make(user, subject, reader(request), timezone.now())
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, wanted.done % {"name": user.name, "subject": label(subject)})
    return redirect("accounts:person", pk=user.pk)

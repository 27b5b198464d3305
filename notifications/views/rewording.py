"""Saying a mail in other words: writing a version, proposing it, approving another's, ending one."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import reader, role_required
from accounts.models import Role
from cases.actions.changing import Refused
from notifications.actions import wordings
from notifications.catalogue import MAILS
from notifications.languages import LANGUAGES
from notifications.starting import starting_words
from notifications.versions import in_use, numbered, versions
from notifications.wording_forms import WordingForm
from notifications.wording_models import Wording


@role_required(Role.COUNSEL)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, mail: str, language: str) -> HttpResponse:
    """Write a new version, beginning with the one in use, or the one that the address names."""
    if mail not in MAILS or language not in LANGUAGES:
        raise Http404
    if request.method != "POST":
        return _form(request, mail, language, WordingForm(initial=_start(request, mail, language)))
    form = WordingForm(request.POST)
    if form.is_valid():
        try:
            draft = wordings.write(
                mail=mail, language=language, **form.cleaned_data, by=reader(request), now=timezone.now()
            )
        except wordings.NotUsable as refused:
            for problem in refused.problems:
                form.add_error("text", problem)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kept as a draft. Look at it, then propose it."))
            return _back(draft)
    return _form(request, mail, language, form, status=422)


@role_required(Role.COUNSEL)
@require_POST
def propose(request: HttpRequest, mail: str, language: str, number: int) -> HttpResponse:
    """Ask another counsel to approve it."""
    draft = _version(mail, language, number)

    def work(now: datetime) -> None:
        wordings.propose(wording_id=draft.pk, by=reader(request), now=now)

    return _done(request, draft, work, _("Proposed. Another counsel can approve it now."))


@role_required(Role.COUNSEL)
@require_POST
def approve(request: HttpRequest, mail: str, language: str, number: int) -> HttpResponse:
    """Put another's version in use."""
    proposed = _version(mail, language, number)
    digest = request.POST.get("digest", "")

    def work(now: datetime) -> None:
        wordings.approve(wording_id=proposed.pk, digest=digest, by=reader(request), now=now)

    return _done(request, proposed, work, _("Approved. Mails leave in these words from now on."))


@role_required(Role.COUNSEL)
@require_POST
def retire(request: HttpRequest, mail: str, language: str, number: int) -> HttpResponse:
    """End a version; what was in use gives way to the built-in words."""
    version = _version(mail, language, number)

    def work(now: datetime) -> None:
        wordings.retire(wording_id=version.pk, by=reader(request), now=now)

    return _done(request, version, work, _("Ended. It is kept for what was sent."))


def _version(mail: str, language: str, number: int) -> Wording:
    found = versions(mail, language).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _start(request: HttpRequest, mail: str, language: str) -> dict[str, str]:
    """Return the words to begin with."""
    start = numbered(versions(mail, language), request.GET.get("version", "")) or in_use(mail, language)
    if start:
        return {"subject": start.subject, "text": start.text}
    with translation.override(language):
        subject, text = starting_words(MAILS[mail])
    return {"subject": subject, "text": text}


def _form(request: HttpRequest, mail: str, language: str, form: WordingForm, status: int = 200) -> HttpResponse:
    known = MAILS[mail]
    back = reverse("notifications:wording", args=[mail, language])
    context = {
        "mail": known,
        "language_name": dict(settings.LANGUAGES)[language],
        "form": form,
        "back": back,
        "facts": known.listed,
        "crumbs": [
            (_("Notices"), reverse("notifications:attention")),
            (_("Words of our mails"), reverse("notifications:wordings")),
            (known.title, back),
            (_("New version"), ""),
        ],
    }
    return render(request, "notifications/write_wording.html", context, status=status)


def _done(request: HttpRequest, version: Wording, work: Callable[[datetime], None], words: str) -> HttpResponse:
    try:
        work(timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return _back(version)


def _back(version: Wording) -> HttpResponse:
    there = reverse("notifications:wording", args=[version.mail, version.language])
    return redirect(f"{there}?{urlencode({'version': version.number})}")

"""The words of every mail in every language: which are in use, how they look, which there were."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.access import reader, role_required
from accounts.models import Role
from notifications.catalogue import MAILS
from notifications.differences import Line, differences
from notifications.envelopes import wrapped
from notifications.languages import LANGUAGES
from notifications.previewing import Choice, of_sample
from notifications.samples import ALL, sets_of
from notifications.saying import Said, WordingBroken
from notifications.versions import board as rows
from notifications.versions import broken, in_use, numbered, versions
from notifications.views.framing import WIDTHS, framed, width_of
from notifications.views.staff import READERS
from notifications.wording_forms import RealNoticeForm
from notifications.wording_models import BUILT_IN, Wording, WordingState

WIDTH_LABELS = {"desktop": gettext_lazy("On a desktop"), "phone": gettext_lazy("On a phone")}


@role_required(*READERS)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """List every mail with the version of its words in use, in each language."""
    languages = dict(settings.LANGUAGES)
    context = {"rows": rows(), "languages": [languages[code] for code in LANGUAGES], "broken": broken()}
    return render(request, "notifications/wordings.html", context)


@role_required(*READERS)
@require_safe
def wording(request: HttpRequest, mail: str, language: str) -> HttpResponse:
    """Show what a mail says in a language: a version of it with sample facts, as text and as HTML."""
    used = _known(mail, language)
    found = list(versions(mail, language))
    shown = _asked_for(request, found, used)
    choice = Choice(MAILS[mail], language, shown)
    sample_set = _sample_set(request, choice)
    words, is_broken = _made(choice, sample_set)
    number = shown.number if shown else BUILT_IN
    context = {
        "mail": choice.mail,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "versions": found,
        "used": used,
        "shown": shown,
        "number": number,
        "words": words,
        "text": wrapped(words.text),
        "is_broken": is_broken,
        "frame": _frame(mail, language, number, sample_set),
        "width": width_of(request),
        "facts": choice.mail.listed,
        "differences": _differences(choice, used, sample_set, words),
        "real": RealNoticeForm(),
        "acts": _acts(request, shown),
        "crumbs": [
            (_("Notices"), reverse("notifications:attention")),
            (_("Words of our mails"), reverse("notifications:wordings")),
            (choice.mail.title, ""),
        ],
        **_tabs(request, choice, sample_set),
    }
    return render(request, "notifications/wording.html", context)


@role_required(*READERS)
@require_safe
def frame(request: HttpRequest, mail: str, language: str, number: int) -> HttpResponse:
    """Give the HTML of a version alone, for the frame of the page above."""
    _known(mail, language)
    shown = versions(mail, language).filter(number=number).first()
    if shown is None and number != BUILT_IN:
        raise Http404
    choice = Choice(MAILS[mail], language, shown)
    return framed(_made(choice, _sample_set(request, choice))[0].html)


@role_required(*READERS)
@require_safe
def real(request: HttpRequest) -> HttpResponse:
    """Go to the preview of a notice of a case; whether there is one is asked there."""
    form = RealNoticeForm(request.GET)
    if not form.is_valid() or "/" in form.cleaned_data["reference"]:
        messages.error(request, _("Give the reference of a case and the number of a notice of it."))
        return redirect("notifications:wordings")
    asked = form.cleaned_data
    there = reverse("notifications:preview", args=[asked["reference"].strip().upper(), asked["number"]])
    kept = {name: request.GET[name] for name in ("mail", "language", "version") if name in request.GET}
    return redirect(f"{there}?{urlencode(kept)}")


def _known(mail: str, language: str) -> Wording | None:
    """Return the words in use; raises Http404 for a mail or a language that there is not."""
    if mail not in MAILS or language not in LANGUAGES:
        raise Http404
    return in_use(mail, language)


def _asked_for(request: HttpRequest, found: list[Wording], used: Wording | None) -> Wording | None:
    """Return the version that the address asks for, else the one in use; None is the built-in one."""
    wanted = request.GET.get("version", "")
    if not wanted:
        return used
    return None if wanted == str(BUILT_IN) else numbered(found, wanted) or used


def _sample_set(request: HttpRequest, choice: Choice) -> str:
    wanted = request.GET.get("sample", "")
    return wanted if wanted in sets_of(choice.mail) else ALL


def _made(choice: Choice, sample_set: str) -> tuple[Said, bool]:
    """Return the mail, and whether its own words are broken, so that these are the built-in ones."""
    try:
        return of_sample(choice, sample_set), False
    except WordingBroken:
        return of_sample(Choice(choice.mail, choice.language, None), sample_set), True


def _frame(mail: str, language: str, number: int, sample_set: str) -> str:
    there = reverse("notifications:wording_frame", args=[mail, language, number])
    return f"{there}?{urlencode({'sample': sample_set})}"


def _differences(choice: Choice, used: Wording | None, sample_set: str, words: Said) -> list[Line]:
    """Return what a version would change: in its own text, or against the built-in mail in what a customer reads."""
    shown = choice.wording
    if shown is None or shown == used:
        return []
    if used:
        return differences(f"{used.subject}\n\n{used.text}", f"{shown.subject}\n\n{shown.text}")
    built_in = of_sample(Choice(choice.mail, choice.language, None), sample_set)
    return differences(f"{built_in.subject}\n\n{built_in.text}", f"{words.subject}\n\n{words.text}")


def _acts(request: HttpRequest, shown: Wording | None) -> dict[str, bool]:
    """Return what this person can do with the version."""
    user = reader(request)
    is_counsel, state = user.has_role(Role.COUNSEL), shown.state if shown else ""
    is_writer = shown is not None and shown.written_by.person_id == user.person_id
    return {
        "write": is_counsel,
        "propose": is_counsel and is_writer and state == WordingState.DRAFT,
        "approve": is_counsel and not is_writer and state == WordingState.PROPOSED,
        "waits": is_writer and state == WordingState.PROPOSED,
        "retire": is_counsel
        and (state in (WordingState.PROPOSED, WordingState.APPROVED) or (is_writer and state == WordingState.DRAFT)),
    }


def _tabs(request: HttpRequest, choice: Choice, sample_set: str) -> dict[str, Any]:
    """Return the rows of links: languages, sample sets, widths. Each keeps what the others chose."""
    here = {"sample": sample_set, "width": width_of(request), "version": request.GET.get("version", "")}

    def tab(label: object, is_current: bool, url: str = "", **changed: str) -> dict[str, Any]:
        query = urlencode({name: value for name, value in (here | changed).items() if value})
        return {"label": label, "url": f"{url}?{query}", "is_current": is_current, "count": None}

    def there(code: str) -> str:
        return reverse("notifications:wording", args=[choice.mail.name, code])

    return {
        "languages": [tab(name, code == choice.language, there(code), version="") for code, name in settings.LANGUAGES],
        "samples": [tab(one.label, name == sample_set, sample=name) for name, one in sets_of(choice.mail).items()],
        "widths": [tab(WIDTH_LABELS[width], width == here["width"], width=width) for width in WIDTHS],
    }

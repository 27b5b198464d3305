"""What a notice of a case would say at this moment, before it leaves or after it left."""

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import reader, role_required
from cases.models import NoticeDuty
from cases.views.opening import on_record, opened
from notifications.catalogue import MAILS
from notifications.choice import mail_for
from notifications.envelopes import wrapped
from notifications.facts import MissingFact
from notifications.languages import LANGUAGES, language_for
from notifications.previewing import Choice, of_notice
from notifications.queries import notices_of
from notifications.saying import Said, WordingBroken
from notifications.versions import in_use, numbered, versions
from notifications.views.framing import WIDTHS, framed, width_of
from notifications.views.staff import READERS
from notifications.views.wordings import WIDTH_LABELS
from notifications.wording_models import BUILT_IN

KEPT = ("mail", "language", "version", "width")


@on_record(lambda _asked: "preview")
@role_required(*READERS)
@require_safe
def preview(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show a notice as it would be made now, in any of our languages and versions."""
    duty = _duty(request, reference, number)
    choice = _choice(request, duty)
    words, because = _made(choice, duty)
    here = {name: request.GET[name] for name in KEPT if name in request.GET}
    frame = reverse("notifications:preview_frame", args=[duty.case.reference, number])
    context = {
        "duty": duty,
        "case": duty.case,
        "mail": choice.mail,
        "language": choice.language,
        "language_name": dict(settings.LANGUAGES)[choice.language],
        "shown": choice.wording,
        "words": words,
        "text": wrapped(words.text) if words else "",
        "because": because,
        "frame": f"{frame}?{urlencode(here)}",
        "width": width_of(request),
        "languages": [
            _tab(name, code == choice.language, here | {"language": code, "version": ""})
            for code, name in settings.LANGUAGES
        ],
        "widths": [_tab(WIDTH_LABELS[one], one == width_of(request), here | {"width": one}) for one in WIDTHS],
        "crumbs": [
            (_("Notices"), reverse("notifications:attention")),
            (duty.case.reference, duty.case.get_absolute_url()),
            (
                _("Notice %(number)d") % {"number": number},
                reverse("notifications:staff_notice", args=[duty.case.reference, number]),
            ),
            (_("Preview"), ""),
        ],
    }
    return render(request, "notifications/preview.html", context)


@on_record(lambda _asked: "preview")
@role_required(*READERS)
@require_safe
def frame(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Give the HTML of the same alone, for the frame of the page above."""
    duty = _duty(request, reference, number)
    words, _because = _made(_choice(request, duty), duty)
    if words is None:
        raise Http404
    return framed(words.html)


def _duty(request: HttpRequest, reference: str, number: int) -> NoticeDuty:
    """Return the notice, or the page of an unknown address where the person may not know of the case."""
    case = opened(reader(request), reference, "preview")
    duty: NoticeDuty | None = notices_of(case).filter(Q(number=number)).first()
    if duty is None:
        raise Http404
    return duty


def _choice(request: HttpRequest, duty: NoticeDuty) -> Choice:
    """Return what the address asks for, else what would leave now."""
    asked = request.GET
    mail = MAILS.get(asked.get("mail", "")) or mail_for(duty.case, duty)
    language = asked.get("language", "")
    if language not in LANGUAGES:
        language = language_for(duty.customer.language if duty.customer else "")
    used, wanted = in_use(mail.name, language), asked.get("version", "")
    if wanted == str(BUILT_IN):
        return Choice(mail, language, None)
    return Choice(mail, language, numbered(versions(mail.name, language), wanted) or used)


def _made(choice: Choice, duty: NoticeDuty) -> tuple[Said | None, str]:
    """Return the mail, or why there can be none."""
    try:
        return of_notice(choice, duty.case, duty, timezone.now()), ""
    except MissingFact as missing:
        return None, _("This mail cannot be made of this notice: a fact is missing (%(facts)s).") % {"facts": missing}
    except WordingBroken:
        return None, _("This version can no longer be used: the mail must say something that it leaves out.")


def _tab(label: object, is_current: bool, query: dict[str, str]) -> dict[str, object]:
    kept = urlencode({name: value for name, value in query.items() if value})
    return {"label": label, "url": f"?{kept}", "is_current": is_current, "count": None}

"""From what stands to the mail that tells it: reference, kind, due day, link, and nothing else.

Nothing of a sealed case is ever in it, nor counted in it (invariant 6); no name, no target, no authority.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import formataddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from notifications.actions.sightings import name_cases
from notifications.alerts.preferences import preferences_of
from notifications.alerts.queries import mailable
from notifications.envelopes import wrapped
from notifications.models import Alert, StaffMail, StaffMailKind
from notifications.rules.circles import Circle

SHOWN = 50


def compose(staff_mail: StaffMail, now: datetime) -> EmailMultiAlternatives | None:
    """Return the mail as it stands at this moment, in the reader's language and zone; None: nothing to tell any more.

    Called in the transaction that claims the mail: it notes that the reader is told of the cases that it names.
    """
    user = staff_mail.user
    alerts = list(mailable(staff_mail))
    named = name_cases({alert.case_id for alert in alerts if alert.case_id}, user, now)
    alerts = [alert for alert in alerts if alert.case_id is None or alert.case_id in named]
    if not alerts or not user.is_active:
        return None
    language = user.language if user.language in dict(settings.STAFF_LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(ZoneInfo(user.timezone)):
        return _mail(staff_mail, user, _context(staff_mail, alerts, now), language)


def _mail(staff_mail: StaffMail, user: User, context: dict[str, Any], language: str) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=_subject(staff_mail.kind, context["count"]),
        body=wrapped(render_to_string("inbox/mail/body.txt", context)),
        from_email=formataddr((settings.WRITDESK.provider_name, settings.DEFAULT_FROM_EMAIL)),
        to=[user.email],
        headers={
            "Message-ID": f"<{staff_mail.key}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>",
            "Content-Language": language,
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("inbox/mail/body.html", context), "text/html")
    return mail


def _subject(kind: str, count: int) -> str:
    if kind == StaffMailKind.URGENT:
        words = ngettext("Writdesk: %(count)d urgent thing for you", "Writdesk: %(count)d urgent things for you", count)
    else:
        words = ngettext("Writdesk: %(count)d thing for you", "Writdesk: %(count)d things for you", count)
    return words % {"count": count}


def _context(staff_mail: StaffMail, alerts: Sequence[Alert], now: datetime) -> dict[str, Any]:
    more = max(0, len(alerts) - SHOWN)
    return {
        "lead": _lead(staff_mail),
        "count": len(alerts),
        "lines": [_line(alert, now) for alert in alerts[:SHOWN]],
        "more": more,
        "inbox": settings.WRITDESK.public_url + reverse("notifications:inbox"),
        "preferences": settings.WRITDESK.public_url + reverse("notifications:inbox_settings"),
    }


def _lead(staff_mail: StaffMail) -> str:
    match staff_mail.kind:
        case StaffMailKind.URGENT:
            return _("This cannot wait for your digest.")
        case StaffMailKind.ESCALATION:
            return _("Nobody who was told before you has looked at this yet.")
    hour = preferences_of(staff_mail.user).digest_hour
    return _("What waits for you, as it stood at %(hour)s.") % {"hour": f"{hour:02d}:00"}


def _line(alert: Any, now: datetime) -> dict[str, str]:
    """Return one alert in words. Administrators learn the reference and the kind alone, and cannot open the case."""
    is_bare = alert.told_as == Circle.ADMINISTRATORS
    opens = alert.case is not None and not is_bare
    path = reverse("notifications:alert", args=[alert.case.reference, alert.number]) if opens else ""
    return {
        "reference": alert.case.reference if alert.case else "",
        "kind": str(alert.get_kind_display()),
        "due": "" if is_bare else _due(alert.due_at, now),
        "url": settings.WRITDESK.public_url + (path or reverse("notifications:inbox")),
    }


def _due(due_at: datetime | None, now: datetime) -> str:
    """Return the day in the reader's zone. What ends with its day is kept as the midnight after it."""
    if due_at is None:
        return ""
    day = date_format(timezone.localtime(due_at - timedelta.resolution).date(), "DATE_FORMAT")
    words = _("was due %(day)s") if due_at <= now else _("due %(day)s")
    return words % {"day": day}

"""A message on paper: head, what it says, and for a customer the way to their page with the code that opens it."""

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from cases.models import Case, Letter, NoticeDuty
from notifications import facts
from notifications.actions.doors import digits_in_letter
from notifications.catalogue import MAILS
from notifications.door_mails import spoken
from notifications.letters import paragraphs
from notifications.models import CustomerLink, Message
from notifications.posted import arrives_at, office_day
from notifications.saying import said
from notifications.states import Way
from notifications.wording import day_words


@dataclass(frozen=True)
class Sheet:
    """A whole letter as HTML, and the picture in it, if there is one."""

    html: str
    picture: bytes = field(default=b"", repr=False)


def notice_sheet(message: Message, case: Case, duty: NoticeDuty, now: datetime) -> Sheet:
    """Return a notice on paper, as if it were posted today: the days that it names are counted from its arrival.

    Raises facts.MissingFact where it could not say all that it must, saying.WordingBroken where its wording is broken.
    The caller holds the case's lock.
    """
    mail, customer = MAILS[message.template], duty.customer
    if customer is None:
        raise facts.MissingFact("customer")
    with translation.override(message.language), timezone.override(customer.zone):
        told_at = arrives_at(customer, office_day(now))
        context = facts.state(facts.Subject(case, duty, customer, now, told_at), mail.needs, mail.may)
        frame: facts.Context = {"on_paper": True}
        picture = b""
        if page := context.get("page"):
            frame["code"] = spoken(digits_in_letter(CustomerLink.objects.get(case=case, customer=customer)))
            picture = _picture(str(page))
        words = said(mail, context, message.wording, frame=frame)
        # Built by our own templates, which escape what they are given.
        return Sheet(_sheet(message, case, mark_safe(words.html), now, customer.zone), picture)  # noqa: S308


def letter_sheet(message: Message, letter: Letter, now: datetime) -> Sheet:
    """Return a letter to an authority on paper. Its text stands as counsel wrote it."""
    with translation.override(message.language):
        context = {"paragraphs": paragraphs(letter.text), "reference": letter.case.reference}
        body = render_to_string("notifications/paper/letter.html", context)
        return Sheet(_sheet(message, letter.case, body, now, settings.WRITDESK.receiving_zone))


def _sheet(message: Message, case: Case, body: SafeString, now: datetime, zone: ZoneInfo) -> str:
    context = {
        "body": body,
        "language": message.language,
        "envelope": _envelope(message, case),
        "reference": case.reference,
        "provider": settings.WRITDESK.provider_name,
        "contact": settings.WRITDESK.contact_email,
        "day": day_words(now.astimezone(zone).date()),
        "planned_at": message.planned_at,
    }
    return render_to_string("notifications/paper/sheet.html", context)


def _envelope(message: Message, case: Case) -> list[str]:
    """Return the lines of the address; what goes with a mail names whom it is for above the mail's own."""
    lines = message.recipient if message.way == Way.POST else f"{case.agency.name}\n{message.recipient}"
    return [line.strip() for line in lines.splitlines() if line.strip()]


def _picture(page: str) -> bytes:
    """Return the address as a QR code: nobody types 64 letters and digits."""
    out = BytesIO()
    segno.make(page, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, svgns=True, scale=4)
    return out.getvalue()

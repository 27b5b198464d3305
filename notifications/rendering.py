"""From a message to the notice that leaves: its facts, in the customer's language, as text and as HTML."""

from datetime import datetime
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation

from cases.models import Case, NoticeDuty
from notifications import facts
from notifications.catalogue import MAILS
from notifications.envelopes import headers, wrapped
from notifications.models import Message
from notifications.saying import said


def render(message: Message, case: Case, duty: NoticeDuty, now: datetime) -> EmailMultiAlternatives:
    """Return the mail of a message, in its wording or else the built-in words.

    Raises facts.MissingFact where it could not say all that it must, saying.WordingBroken where its wording is broken.
    """
    mail = MAILS[message.template]
    customer = duty.customer
    if customer is None:
        raise facts.MissingFact("customer")
    with translation.override(message.language), timezone.override(customer.zone):
        subject = facts.Subject(case, duty, customer, now)
        return _compose(message, facts.state(subject, mail.needs, mail.may))


def _compose(message: Message, context: facts.Context) -> EmailMultiAlternatives:
    words = said(MAILS[message.template], context, message.wording)
    mail = EmailMultiAlternatives(
        subject=words.subject,
        body=wrapped(words.text),
        from_email=formataddr((settings.WRITDESK.provider_name, settings.DEFAULT_FROM_EMAIL)),
        to=[message.recipient],
        headers=headers(message),
    )
    mail.attach_alternative(words.html, "text/html")
    return mail

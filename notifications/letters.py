"""A letter as a mail: what counsel wrote, in a plain frame, with nothing of it in the subject."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from cases.models import Letter
from notifications.envelopes import headers, one_line, wrapped
from notifications.models import Message


def compose(message: Message, letter: Letter) -> EmailMultiAlternatives:
    """Return the mail that carries a letter to an authority. Its text stands as counsel wrote it."""
    context = {
        "letter": letter,
        "paragraphs": paragraphs(letter.text),
        "reference": letter.case.reference,
        "provider": settings.WRITDESK.provider_name,
        "contact": settings.WRITDESK.contact_email,
    }
    with translation.override(message.language):
        mail = EmailMultiAlternatives(
            subject=one_line(render_to_string("notifications/letter/subject.txt", context)),
            body=wrapped(render_to_string("notifications/letter/body.txt", context)),
            from_email=formataddr((settings.WRITDESK.provider_name, settings.DEFAULT_FROM_EMAIL)),
            to=[message.recipient],
            headers=headers(message),
        )
        mail.attach_alternative(render_to_string("notifications/letter/body.html", context), "text/html")
        return mail


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, which empty lines part."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]

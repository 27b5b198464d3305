"""The mail that brings a code for the customer's door. Of the case it says nothing."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac

from notifications.actions.doors import LIVES, digits_of
from notifications.envelopes import one_line, wrapped
from notifications.languages import language_for
from notifications.models import DoorCode
from notifications.states import Way
from notifications.ways import address_of


def compose(code: DoorCode, way: Way) -> EmailMultiAlternatives:
    """Return the mail with a code, in its customer's language."""
    customer = code.link.customer
    language = language_for(customer.language)
    key = salted_hmac("notifications.door-mail", code.salt, algorithm="sha256").hexdigest()[:32]
    context = {
        "code": spoken(digits_of(code)),
        "minutes": int(LIVES.total_seconds() // 60),
        "provider": settings.WRITDESK.provider_name,
        "contact": settings.WRITDESK.contact_email,
    }
    with translation.override(language):
        mail = EmailMultiAlternatives(
            subject=one_line(render_to_string("notifications/door_code/subject.txt", context)),
            body=wrapped(render_to_string("notifications/door_code/body.txt", context)),
            from_email=formataddr((settings.WRITDESK.provider_name, settings.DEFAULT_FROM_EMAIL)),
            to=[address_of(customer, way)],
            headers={
                "Message-ID": f"<{key}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>",
                "Content-Language": language,
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string("notifications/door_code/body.html", context), "text/html")
        return mail


def spoken(digits: str) -> str:
    """Return a code in two halves, as it is easier to copy."""
    half = len(digits) // 2
    return f"{digits[:half]} {digits[half:]}"


def masked(address: str) -> str:
    """Return an e-mail address as its owner recognises it and a stranger does not: c•••@customer.example."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}"

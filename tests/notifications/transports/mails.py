"""A mail as the outbox hands it to a transport."""

from collections.abc import Sequence

from django.core.mail import EmailMultiAlternatives

KEY = "0123456789abcdef0123456789abcdef"


def mail(
    *, key: str = KEY, to: Sequence[str] = ("carla@customer.example",), body: str = "Dear Carla,\n"
) -> EmailMultiAlternatives:
    """Return a mail with everything that our mails have."""
    made = EmailMultiAlternatives(
        subject="Une notification",
        body=body,
        from_email="Harbour Mail <legal@provider.example>",
        to=to,
        headers={"Message-ID": f"<{key}@provider.example>", "Content-Language": "fr"},
    )
    made.attach_alternative("<p>Chère Carla</p>", "text/html")
    return made

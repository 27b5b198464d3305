"""The ways out of the house: a mail relay, or files on this machine where none is set."""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Protocol, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from notifications.transports.backend import BackendTransport
from notifications.transports.files import FileTransport
from notifications.transports.reply import Reply
from notifications.transports.smtp import SmtpTransport

__all__ = ["Reply", "Transport", "opened"]

BY_BACKEND: Mapping[str, Callable[[], "Transport"]] = {
    "django.core.mail.backends.smtp.EmailBackend": SmtpTransport,
    "django.core.mail.backends.filebased.EmailBackend": FileTransport,
}


class Transport(Protocol):
    """Hands over one mail at a time; may keep a connection between them until it is closed."""

    def send(self, mail: EmailMultiAlternatives) -> Reply:
        """Hand over the mail and say what is known of it. Raises nothing that the other side causes."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def opened() -> Transport:
    """Return the transport that the settings name, not connected yet. Use it with `with`."""
    return BY_BACKEND.get(settings.EMAIL_BACKEND, BackendTransport)()

"""The ways out of the house: mail by a relay, a provider or files here, and signed calls to other systems."""

import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives

from notifications.states import AttemptOutcome, Way
from notifications.transports.anymail import AnymailTransport
from notifications.transports.backend import BackendTransport
from notifications.transports.fallback import FallbackTransport
from notifications.transports.files import FileTransport
from notifications.transports.reply import Reply
from notifications.transports.smtp import SmtpTransport
from notifications.transports.transport import Transport
from notifications.transports.webhook import WebhookTransport

logger = logging.getLogger(__name__)

__all__ = ["Carrier", "Reply", "Transport", "opened"]


class Carrier:
    """Hands over whatever leaves by itself, each by its own transport, opened when it is first needed."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._open: dict[Way, Transport] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def send(self, mail: EmailMultiAlternatives, way: Way) -> Reply:
        """Hand over the mail by this way and say what is known of it."""
        if way not in self._open:
            try:
                self._open[way] = self._stack.enter_context(BY_WAY[way]())
            except ImproperlyConfigured as error:
                # Such as a provider whose key is not set: nothing left, and the operator is to be told.
                logger.error("%s: %s", way, error)
                return Reply(AttemptOutcome.DEFERRED, through=way)
        reply = self._open[way].send(mail)
        return reply if reply.through else replace(reply, through=way)


def opened() -> Carrier:
    """Return the ways out that the settings name, none of them connected yet. Use it with `with`."""
    return Carrier()


def mail_transport() -> Transport:
    """Return the transport for mail that the settings name, with its fallback where there is one."""
    first = _of({})
    return FallbackTransport(first, _of(settings.EMAIL_FALLBACK)) if settings.EMAIL_FALLBACK else first


def _of(chosen: Mapping[str, Any]) -> Transport:
    """Return the transport for these settings of mail, or for the general ones where they say nothing."""
    backend = chosen.get("EMAIL_BACKEND", settings.EMAIL_BACKEND)
    if backend == "django.core.mail.backends.smtp.EmailBackend":
        return SmtpTransport(chosen)
    if backend == "django.core.mail.backends.filebased.EmailBackend":
        return FileTransport()
    return AnymailTransport(backend) if backend.startswith("anymail.") else BackendTransport()


def _messaging() -> Transport:
    desk = settings.WRITDESK
    return WebhookTransport(desk.messaging_url, desk.messaging_secret, settings.EMAIL_TIMEOUT, "messaging")


def _eevidence() -> Transport:
    desk = settings.WRITDESK
    return WebhookTransport(desk.eevidence_url, desk.eevidence_secret, settings.EMAIL_TIMEOUT, "eevidence")


BY_WAY: Mapping[Way, Callable[[], Transport]] = {
    Way.EMAIL: mail_transport,
    Way.MESSAGING: _messaging,
    Way.EEVIDENCE: _eevidence,
}

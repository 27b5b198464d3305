"""A mail relay, spoken to step by step: until the text begins nothing can have been taken, afterwards it may have."""

import re
import smtplib
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from notifications.states import AttemptOutcome
from notifications.transports.reply import Reply, of_code

START_OF_TEXT = 354
CLOSING = 421  # RFC 5321, 3.8: the relay ends the conversation
OPTIONS = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
}
LOST = (smtplib.SMTPException, OSError)


class SmtpTransport:
    """One connection for many mails, opened by the first, opened again when the relay closed it."""

    def __init__(self, chosen: Mapping[str, Any]) -> None:
        """Speak to the relay of these settings, or of the general ones where they say nothing."""
        # Django's backend knows the settings: host, TLS, sign-in, timeout.
        own = {name: chosen[setting] for name, setting in OPTIONS.items() if setting in chosen}
        self._backend = EmailBackend(fail_silently=False, **own)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, mail: EmailMultiAlternatives) -> Reply:
        """Hand over the mail. No connection, or one lost before the text began: put off. Later: nobody knows."""
        try:
            text = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # of Django's own message class
            sender, recipients = _envelope(mail)
        except ValueError:
            return Reply(AttemptOutcome.REFUSED)  # what stands in the place of an address is none
        try:
            refusal = self._begun(mail, sender, recipients)
        except LOST:
            self._close()
            return Reply(AttemptOutcome.DEFERRED)
        if refusal:
            return refusal
        try:
            return of_code(_deliver(self._connected(), text), otherwise=None)
        except LOST:
            self._close()
            return Reply(None)

    def _begun(self, mail: EmailMultiAlternatives, sender: str, recipients: list[str]) -> Reply | None:
        """Begin the mail. That a relay ended an idle conversation, or one long enough, costs no mail its attempt."""
        if self._backend.connection is not None:
            try:
                refusal = self._announce(self._connected(), mail, sender, recipients)
            except LOST:
                self._close()
            else:
                if refusal is None or refusal.code != CLOSING:
                    return refusal
        return self._announce(self._connected(), mail, sender, recipients)

    def _connected(self) -> smtplib.SMTP:
        self._backend.open()
        relay = self._backend.connection
        if relay is None:
            raise smtplib.SMTPServerDisconnected
        return relay

    def _announce(
        self, relay: smtplib.SMTP, mail: EmailMultiAlternatives, sender: str, recipients: list[str]
    ) -> Reply | None:
        """Say who writes to whom. Return the reply where the relay does not want the text.

        A relay that knows reports of delivery (RFC 3461) is asked for one that names the message.
        """
        relay.ehlo_or_helo_if_needed()
        key = mail.extra_headers["Message-ID"].strip("<>").partition("@")[0]
        reports = relay.has_extn("dsn")
        for code, _words in (
            relay.mail(sender, ["RET=HDRS", f"ENVID={key}"] if reports else []),
            *(relay.rcpt(one, ["NOTIFY=SUCCESS,FAILURE"] if reports else []) for one in recipients),
        ):
            if not 200 <= code < 300:
                return self._turned_away(code)
        code, _words = relay.docmd("DATA")
        return None if code == START_OF_TEXT else self._turned_away(code)

    def _turned_away(self, code: int) -> Reply:
        # A fresh conversation for the next mail, whatever state this one left the relay in.
        self._close()
        return of_code(code, otherwise=AttemptOutcome.DEFERRED)

    def _close(self) -> None:
        try:
            self._backend.close()
        except LOST:
            self._backend.connection = None


def _envelope(mail: EmailMultiAlternatives) -> tuple[str, list[str]]:
    """Return to whom the mail comes back, and to whom it goes. Raises ValueError where one of them is no address."""
    encoding = mail.encoding or "utf-8"
    sender = settings.RETURN_PATH or mail.from_email
    return sanitize_address(sender, encoding), [sanitize_address(address, encoding) for address in mail.to]


def _deliver(relay: smtplib.SMTP, text: bytes) -> int:
    """Send the text and return the code of the reply, -1 for one that makes no sense."""
    # RFC 5321, 4.5.2: a line that begins with a dot gets a second one, a line with a dot alone ends the text.
    quoted = re.sub(rb"(?m)^\.", b"..", text)
    relay.send(quoted if quoted.endswith(b"\r\n") else quoted + b"\r\n")
    relay.send(b".\r\n")
    code, _words = relay.getreply()
    return code

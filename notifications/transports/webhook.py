"""A signed call to another system of the operator: its own customer messages, its access point for e-Evidence."""

import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Timer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from notifications.signatures import signed
from notifications.states import AttemptOutcome
from notifications.transports.reply import Reply

TAKEN_BEFORE = HTTPStatus.CONFLICT  # it has a message of this id already
REFUSALS = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.UNPROCESSABLE_ENTITY})
NOT_TAKEN = frozenset({HTTPStatus.SERVICE_UNAVAILABLE})


@dataclass
class WebhookTransport:
    """Posts each message as JSON. The same message has the same id, whatever becomes of an attempt."""

    url: str
    secret: str = field(repr=False)
    timeout: float
    through: str

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is kept open."""

    def send(self, mail: EmailMultiAlternatives) -> Reply:
        """Hand over the message. Not reached: put off. Fell silent once it was asked: nobody knows."""
        key = mail.extra_headers["Message-ID"].strip("<>").partition("@")[0]
        body = json.dumps(_as_json(key, mail), ensure_ascii=False).encode()
        parts = urlsplit(self.url)
        connection = _connection(parts.scheme, parts.netloc, self.timeout)
        try:
            connection.connect()
        except OSError:
            return Reply(AttemptOutcome.DEFERRED, through=self.through)
        # A step has its timeout; who answers a byte at a time would keep us, and the case, for ever.
        end = Timer(self.timeout, _cut, [connection.sock])
        end.start()
        try:
            path = parts.path or "/"
            headers = {"Content-Type": "application/json", **signed(self.secret, key, body, timezone.now())}
            connection.request("POST", f"{path}?{parts.query}" if parts.query else path, body, headers)
            answer = connection.getresponse()  # its status is all that we need of it
        except (OSError, http.client.HTTPException):
            return Reply(None, through=self.through)
        finally:
            end.cancel()
            connection.close()
        return Reply(_outcome(answer.status), answer.status, self.through)


def _cut(sock: socket.socket) -> None:
    """End what is being read from a connection in another thread."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _as_json(key: str, mail: EmailMultiAlternatives) -> Mapping[str, object]:
    html = next((str(content) for content, mimetype in mail.alternatives if mimetype == "text/html"), "")
    return {
        "id": key,
        "to": mail.to[0],
        "language": mail.extra_headers["Content-Language"],
        "subject": str(mail.subject),
        "text": str(mail.body),
        "html": html,
    }


def _connection(scheme: str, host: str, timeout: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, timeout=timeout, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, timeout=timeout)


def _outcome(status: int) -> AttemptOutcome | None:
    """Return what a status means. Redirects are not followed: what we sign is for this address and no other."""
    if status // 100 == 2 or status == TAKEN_BEFORE:
        return AttemptOutcome.SENT
    if status in REFUSALS:
        return AttemptOutcome.REFUSED
    if status // 100 in (3, 4) or status in NOT_TAKEN:
        return AttemptOutcome.DEFERRED
    return None

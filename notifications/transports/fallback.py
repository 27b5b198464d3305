"""A second relay for when the first takes nothing: only after it said so, or could not be reached."""

import time
from dataclasses import replace
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives

from notifications.states import AttemptOutcome
from notifications.transports.reply import Reply
from notifications.transports.transport import Transport

REST = 60.0  # seconds for which a relay that could not be reached is not tried again


class FallbackTransport:
    """Tries the second where the first put the mail off. What the first may have taken never goes to the second."""

    def __init__(self, first: Transport, second: Transport) -> None:
        self._first, self._second = first, second
        self._rests_until = 0.0

    def __enter__(self) -> Self:
        self._first.__enter__()
        self._second.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._second.__exit__(kind, error, trace)
        self._first.__exit__(kind, error, trace)

    def send(self, mail: EmailMultiAlternatives) -> Reply:
        """Hand over the mail by the first that takes it."""
        if time.monotonic() >= self._rests_until:
            reply = self._first.send(mail)
            if reply.outcome != AttemptOutcome.DEFERRED:
                return reply
            if reply.code is None:
                self._rests_until = time.monotonic() + REST
        return replace(self._second.send(mail), through="fallback")

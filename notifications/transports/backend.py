"""Any other mail backend of Django: a provider's API, or the memory of a test."""

import logging
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives, get_connection

from notifications.states import AttemptOutcome
from notifications.transports.reply import Reply

logger = logging.getLogger(__name__)


class BackendTransport:
    """Hands each mail to the backend that the settings name."""

    def __init__(self) -> None:
        self._backend = get_connection(fail_silently=False)

    def __enter__(self) -> Self:
        self._backend.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._backend.close()

    def send(self, mail: EmailMultiAlternatives) -> Reply:
        """Hand over the mail. What went wrong in a backend that we do not know leaves us not knowing."""
        try:
            taken = self._backend.send_messages([mail])
        except Exception as error:
            logger.error("mail backend: %s", type(error).__name__)
            return Reply(None)
        return Reply(AttemptOutcome.SENT if taken else None)

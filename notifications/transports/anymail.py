"""A provider's API by django-anymail: taken, refused, put off, or not known, by what its answer shows."""

import logging
import ssl
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import requests
from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives, get_connection
from urllib3.exceptions import NewConnectionError, SSLError

from notifications.states import AttemptOutcome
from notifications.transports.reply import Reply

logger = logging.getLogger(__name__)

# The message is wrong, and will be tomorrow. Of other answers of the kind 4xx (a wrong key, too many calls) the
# operator is to be told, and the message waits.
REFUSALS = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.REQUEST_ENTITY_TOO_LARGE})
NOT_TAKEN = frozenset({HTTPStatus.SERVICE_UNAVAILABLE})
STATUSES = {
    "sent": AttemptOutcome.SENT,
    "queued": AttemptOutcome.SENT,
    "rejected": AttemptOutcome.REFUSED,
    "invalid": AttemptOutcome.REFUSED,
    "failed": AttemptOutcome.REFUSED,
}


class AnymailTransport:
    """One session for many mails. Each carries its key, so that an event names it even if we never heard its id."""

    def __init__(self, backend: str) -> None:
        self._backend: Any = get_connection(backend, fail_silently=False)
        self._name = f"anymail:{backend.split('.')[-2]}"

    def __enter__(self) -> Self:
        self._backend.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._backend.close()

    def send(self, mail: EmailMultiAlternatives) -> Reply:
        """Hand over the mail. A provider that cannot be reached took nothing; one that fell silent may have."""
        mail.metadata = {"key": mail.extra_headers["Message-ID"].strip("<>").partition("@")[0]}  # type: ignore[attr-defined]
        try:
            self._backend.send_messages([mail])
        except AnymailRecipientsRefused:
            return Reply(AttemptOutcome.REFUSED, through=self._name)
        except AnymailAPIError as error:
            return self._of_error(error)
        except AnymailError as error:
            # Nothing was sent: the mail asks for what this provider cannot do.
            logger.error("%s: %s", self._name, type(error).__name__)
            return Reply(AttemptOutcome.REFUSED, through=self._name)
        except Exception as error:
            logger.error("%s: %s", self._name, type(error).__name__)
            return Reply(None, through=self._name)
        status = mail.anymail_status  # type: ignore[attr-defined]
        outcomes = {STATUSES.get(one.status) for one in status.recipients.values()}
        outcome = outcomes.pop() if len(outcomes) == 1 else None
        code = getattr(status.esp_response, "status_code", None)  # of a provider that answers by HTTP
        if outcome is None and code in REFUSALS:
            outcome = AttemptOutcome.REFUSED  # of whom it says so, it says in words that change
        return Reply(outcome, code, self._name, str(status.message_id or ""))

    def _of_error(self, error: AnymailAPIError) -> Reply:
        code = error.status_code
        logger.error("%s: %s %s", self._name, type(error).__name__, code)
        if code is None:
            outcome = AttemptOutcome.DEFERRED if _never_reached(error) else None
        elif code in REFUSALS:
            outcome = AttemptOutcome.REFUSED
        elif HTTPStatus.MULTIPLE_CHOICES <= code < HTTPStatus.INTERNAL_SERVER_ERROR or code in NOT_TAKEN:
            outcome = AttemptOutcome.DEFERRED
        else:
            outcome = None  # also where it took something, and said what in words that nobody understands
        return Reply(outcome, code, self._name)


def _never_reached(error: AnymailAPIError) -> bool:
    """Whether the provider was not even spoken to."""
    cause = error.__cause__
    if isinstance(cause, requests.ConnectTimeout):
        return True
    reason = getattr(cause.args[0], "reason", None) if cause and cause.args else None
    if isinstance(reason, SSLError):
        return isinstance(reason.args[0], ssl.SSLCertVerificationError)
    return isinstance(cause, requests.ConnectionError) and isinstance(reason, NewConnectionError)

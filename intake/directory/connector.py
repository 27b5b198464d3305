"""The customer directory over HTTP: one question, one answer, in bounded time and size.

POST with {"kind": …, "value": …} and a bearer token. Not in the address: addresses are written to logs. What it must
answer: intake.directory.answers.
"""

import http.client
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib import request
from urllib.error import HTTPError
from urllib.parse import urlsplit

from intake.directory.answers import Described, NotAnAnswer, customers_in
from intake.directory.names import Name

LARGEST = 256 * 1024  # bytes of an answer
CHUNK = 16 * 1024
TRIES = 3
FIRST_WAIT = 0.5  # seconds; twice as long each time, give or take half of it
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})  # what may go better a moment later


class LookupFailed(Exception):
    """The directory gave no answer that could be used. Says why, and repeats nothing that it said or was asked."""


class Unreachable(LookupFailed):
    """It did not answer at all, or not in time: others need not be asked now either."""


class _NoRedirect(request.HTTPRedirectHandler):
    """The token is for this address and no other."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


@dataclass(frozen=True)
class Directory:
    """Where to ask, and how patiently."""

    url: str
    token: str = field(repr=False)
    timeout: float  # seconds for one try, from the first byte to the last
    sleep: Callable[[float], object] = time.sleep

    def who_has(self, name: Name) -> list[Described]:
        """Return the customers whom the directory names; none where it knows nobody. Raises LookupFailed."""
        for attempt in range(1, TRIES + 1):
            try:
                return customers_in(self._answer(name))
            except NotAnAnswer as error:
                raise LookupFailed(str(error)) from None
            except Unreachable:
                if attempt == TRIES:
                    raise
            # Those that failed together do not come back together.
            self.sleep(FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))  # noqa: S311 - hides nothing
        raise AssertionError

    def _answer(self, name: Name) -> bytes:
        if urlsplit(self.url).scheme not in ("http", "https"):
            raise LookupFailed("the directory's address is neither http nor https")
        until = time.monotonic() + self.timeout
        try:
            with request.build_opener(_NoRedirect).open(self._question(name), timeout=self.timeout) as response:
                if response.status != http.HTTPStatus.OK:
                    raise LookupFailed(f"status {response.status}")
                return _read(response, until)
        except HTTPError as error:
            raise (Unreachable if error.code in LATER else LookupFailed)(f"status {error.code}") from None
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(type(error).__name__) from None

    def _question(self, name: Name) -> request.Request:
        kind, value = name
        return request.Request(  # noqa: S310 - the scheme was looked at
            self.url,
            data=json.dumps({"kind": kind, "value": value}).encode(),
            headers={
                "Content-Type": "application/json",
                "Accept": "application/json",
                **({"Authorization": f"Bearer {self.token}"} if self.token else {}),
            },
        )


def _read(response: http.client.HTTPResponse, until: float) -> bytes:
    """Return the body. A far end that drips its answer would never run into the socket's own timeout."""
    body = b""
    while chunk := response.read1(CHUNK):
        body += chunk
        if len(body) > LARGEST:
            raise LookupFailed("a longer answer than any customer needs")
        if time.monotonic() > until:
            raise Unreachable("the answer took too long")
    return body

"""A program: send a document of 200 MB to the desk and fetch it again, through all of Django; print what it took.

Prints JSON: idle and peak (bytes of memory after a small document, and at most), upload_seconds, download_seconds.
"""

import io
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

MEGABYTE = 1_000_000
BOUNDARY = b"--boundary\r\n"


def pdf(padding: int) -> Iterator[bytes]:
    """Yield a whole PDF, most of it one stream of so many megabytes of zeros."""
    head = b"%PDF-1.4\n1 0 obj\n<< /Length " + str(padding * MEGABYTE).encode() + b" >>\nstream\n"
    after = b"\nendstream\nendobj\n"
    pages = b"2 0 obj\n<< /Type /Pages /Count 0 /Kids [] >>\nendobj\n"
    catalog = b"3 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    second = len(head) + padding * MEGABYTE + len(after)
    places = [9, second, second + len(pages)]
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = places[2] + len(catalog)
    yield head
    yield from (bytes(MEGABYTE) for _ in range(padding))
    yield after + pages + catalog + b"xref\n0 4\n0000000000 65535 f \n" + table
    yield b"trailer\n<< /Size 4 /Root 3 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def form(padding: int) -> Iterator[bytes]:
    """Yield the body of the form, document and CSRF token in it."""
    yield BOUNDARY + b'Content-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n' + b"c" * 32 + b"\r\n"
    yield BOUNDARY + b'Content-Disposition: form-data; name="order"; filename="order.pdf"\r\n\r\n'
    yield from pdf(padding)
    yield b"\r\n--boundary--\r\n"


class Wire(io.RawIOBase):
    """A request body that nobody has in memory."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int = -1, /) -> bytes:
        self._rest = self._rest or next(self._pieces, b"")
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def ask(method: str, path: str, body: Iterable[bytes] = (), length: int = 0) -> Iterator[bytes]:
    """Yield the answer of the whole application."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": "multipart/form-data; boundary=boundary",
        "CONTENT_LENGTH": str(length),
        "HTTP_COOKIE": "csrftoken=" + "c" * 32,
        "wsgi.input": Wire(iter(body)),
        "wsgi.url_scheme": "http",
    }
    application: Any = WSGIHandler()
    answer = application(environ, lambda status, headers: None)
    yield from answer
    answer.close()


def round_trip(padding: int) -> tuple[float, float]:
    """Return the seconds that sending and fetching took."""
    length = sum(map(len, form(padding)))
    began_at = time.perf_counter()
    [pk] = json.loads(b"".join(ask("POST", "/submit", form(padding), length)))["kept"]
    sent_at = time.perf_counter()
    fetched = sum(map(len, ask("GET", f"/download/{pk}")))
    done_at = time.perf_counter()
    assert fetched == sum(map(len, pdf(padding)))
    return sent_at - began_at, done_at - sent_at


def memory(field: str) -> int:
    """Return a figure of this process's memory, in bytes, as Linux gives it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


def main() -> None:
    django.setup()
    with override_settings(ROOT_URLCONF="tests.vault.desk"):
        round_trip(1)
        idle = memory("VmRSS")
        upload_seconds, download_seconds = round_trip(200)
    took = {"upload_seconds": upload_seconds, "download_seconds": download_seconds}
    print(json.dumps({"idle": idle, "peak": memory("VmHWM"), **took}))  # noqa: T201


if __name__ == "__main__":
    main()

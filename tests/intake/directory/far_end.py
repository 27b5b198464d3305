"""The far end of the directory's connector: a real HTTP server on this machine that says what a test wants."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer


@dataclass
class FarEnd:
    """What it was asked, and what it answers: the next of `replies`, the last one for ever after."""

    server: HTTPServer
    asked: list[dict[str, str]] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)
    replies: list[tuple[int, bytes]] = field(default_factory=lambda: [(200, b'{"customers": []}')])
    drip: float = 0  # seconds between the bytes of an answer
    location: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/who"

    def names(self, *customers: dict[str, object]) -> None:
        """Answer with these customers from now on."""
        self.replies = [(200, json.dumps({"customers": list(customers)}).encode())]

    def says(self, *replies: tuple[int, bytes]) -> None:
        """Answer with these, one after the other, and the last one from then on."""
        self.replies = list(replies)


@contextmanager
def far_end() -> Iterator[FarEnd]:
    """A far end that answers until the test is over."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append(json.loads(body))
            found.tokens.append(self.headers["Authorization"])
            status, said = found.replies.pop(0) if len(found.replies) > 1 else found.replies[0]
            self.send_response(status)
            if found.location:
                self.send_header("Location", found.location)
            self.end_headers()
            try:
                for byte in [said] if not found.drip else [said[n : n + 1] for n in range(len(said))]:
                    self.wfile.write(byte)
                    self.wfile.flush()
                    time.sleep(found.drip)
            except OSError:
                pass  # who asked has gone

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = FarEnd(server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()

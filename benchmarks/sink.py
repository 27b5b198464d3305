"""A mail relay in a process of its own: demands TLS, thinks a moment before every reply, takes everything."""

import asyncio
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks.certificates import certificate

_FORK = get_context("fork")
LATENCY = 0.005  # seconds before every reply: a relay is on another machine


@dataclass(frozen=True)
class Mail:
    """A mail as the relay took it."""

    sender: str
    recipients: tuple[str, ...]
    text: bytes


@dataclass(frozen=True)
class Sink:
    """The running relay."""

    port: int
    _line: "Connection[object]"

    def taken(self) -> list[Mail]:
        """Return what it took since the last call, in order."""
        self._line.send("taken")
        mails: list[Mail] = self._line.recv()
        return mails


class _Keeper:
    def __init__(self) -> None:
        self.mails: list[Mail] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        text = envelope.original_content or b""
        self.mails.append(Mail(envelope.mail_from or "", tuple(envelope.rcpt_tos), text))
        return "250 2.0.0 accepted"


class _Slow(SMTP):
    async def push(self, status: str | bytes) -> None:
        await asyncio.sleep(LATENCY)
        await super().push(status)


@contextmanager
def running() -> Iterator[Sink]:
    """Run a relay on a free port until the block ends; while it runs, this process trusts its certificate."""
    ours, theirs = _FORK.Pipe()
    with certificate() as path:
        process = _FORK.Process(target=_serve, args=(theirs, path), daemon=True)
        process.start()
        os.environ["SSL_CERT_FILE"] = str(path)
        try:
            yield Sink(ours.recv(), ours)
        finally:
            del os.environ["SSL_CERT_FILE"]
            process.terminate()
            process.join()


def _serve(line: "Connection[object]", certificate_path: Path) -> None:
    asyncio.run(_listen(line, certificate_path))


async def _listen(line: "Connection[object]", certificate_path: Path) -> None:
    keeper, loop = _Keeper(), asyncio.get_running_loop()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate_path)
    server = await loop.create_server(lambda: _Slow(keeper, tls_context=tls, require_starttls=True), "127.0.0.1", 0)

    def answer() -> None:
        line.recv()
        line.send(keeper.mails)
        keeper.mails = []

    loop.add_reader(line.fileno(), answer)
    line.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()

"""A mail relay in a process of its own, that takes everything."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

from aiosmtpd.smtp import SMTP, Envelope, Session

_FORK = get_context("fork")


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


@contextmanager
def running() -> Iterator[Sink]:
    """Run a relay on a free port until the block ends."""
    ours, theirs = _FORK.Pipe()
    process = _FORK.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Sink(ours.recv(), ours)
    finally:
        process.terminate()
        process.join()


def _serve(line: "Connection[object]") -> None:
    asyncio.run(_listen(line))


async def _listen(line: "Connection[object]") -> None:
    keeper, loop = _Keeper(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(keeper), "127.0.0.1", 0)

    def answer() -> None:
        line.recv()
        line.send(keeper.mails)
        keeper.mails = []

    loop.add_reader(line.fileno(), answer)
    line.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()

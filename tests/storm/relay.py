"""The relay of the storm, in a process of its own. It writes down when each text began and whether it was taken."""

import asyncio
import json
import sys
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.storm.moods import MOODS, mood_of

SLOW = 0.3  # seconds


class Relay:
    """Answers by the recipient's mood; the journal has a line for each text: recipient, when, taken, message."""

    def __init__(self, journal: Path) -> None:
        self._journal = journal.open("a", buffering=1)
        self._seen: Counter[str] = Counter()

    async def handle_RCPT(  # noqa: N802
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        """Say whether a mail for this address may come."""
        match mood_of(address):
            case "never":
                return "550 5.1.1 no such user"
            case "later" if self._still(address):
                return "451 4.2.0 later"
            case "cut" if self._still(address):
                server.transport.abort()  # type: ignore[union-attr]
                return "421 4.0.0 gone"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the text, or not, and say so, or not."""
        arrived_at = time.time()
        (recipient,) = envelope.rcpt_tos
        mood = mood_of(recipient)
        if mood == "slow":
            await asyncio.sleep(SLOW)
        if mood in ("full", "lost", "taken") and self._still(recipient):
            self._write(recipient, arrived_at, envelope, is_taken=mood == "taken")
            if mood == "full":
                return "452 4.2.2 mailbox full"
            server.transport.abort()  # type: ignore[union-attr]
            return "421 4.0.0 gone"
        self._write(recipient, arrived_at, envelope, is_taken=True)
        return "250 2.0.0 accepted"

    def _still(self, recipient: str) -> bool:
        self._seen[recipient] += 1
        return self._seen[recipient] <= MOODS[mood_of(recipient)].times

    def _write(self, recipient: str, arrived_at: float, envelope: Envelope, *, is_taken: bool) -> None:
        named = message_from_bytes(envelope.original_content or b"")["Message-ID"]
        key = str(named).strip("<>").partition("@")[0]
        self._journal.write(json.dumps([recipient, arrived_at, is_taken, key]) + "\n")


async def _serve(journal: Path) -> None:
    relay = Relay(journal)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(relay), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1])))

"""The staff, who let letters go, and the mail systems, which report what became of mails: once, twice, in any order.

Run as: python -m tests.storm.house RELAY SEED. RELAY is the relay's journal. Ends when its standard input does and
every text that was taken is reported.
"""

import json
import random
import select
import sys
import time
from functools import partial
from pathlib import Path

import django

EVERY = 0.1
LATE = 3.0  # seconds at most between a text and a report of it
REPORTED = 0.6  # of the mails that arrived
AGAIN = 0.3  # of the reports come a second time


def main(relay: Path, seed: int) -> None:
    """Let letters go and report until told to stop, then report the rest."""
    django.setup()
    from tests.storm.courts import asked

    systems = MailSystems(relay, random.Random(seed))  # noqa: S311 - chance, no secret
    while not select.select([sys.stdin], [], [], EVERY)[0]:
        asked(_let_one_go)
        systems.report_due()
    last = time.time() + LATE
    while time.time() < last or systems.waiting:
        systems.report_due()
        time.sleep(EVERY)


class MailSystems:
    """What stands behind the relay. A mail that comes back may be called delivered as well, before or after."""

    def __init__(self, relay: Path, chance: random.Random) -> None:
        self._journal = relay.open()
        self._chance = chance
        self._seen = 0
        self.waiting: list[tuple[float, str, str, str]] = []  # when, the message's key, what, by which name

    def report_due(self) -> None:
        """Report what is due; what a dead database did not take is reported again."""
        from tests.storm.courts import asked

        self._read()
        for report in [one for one in self.waiting if one[0] <= time.time()]:
            _at, key, kind, name = report
            if asked(partial(_report, key, kind, name)) is not None:
                self.waiting.remove(report)

    def _read(self) -> None:
        from tests.storm.moods import mood_of

        while (at := self._journal.tell(), line := self._journal.readline())[1]:
            if not line.endswith("\n"):
                self._journal.seek(at)  # half written
                return
            recipient, _came_at, is_taken, key = json.loads(line)
            self._seen += 1
            if not is_taken:
                continue
            if mood_of(recipient) == "back":
                self._wait(key, "bounced", times=1)
            if self._chance.random() < REPORTED:
                self._wait(key, "delivered", times=1 + (self._chance.random() < AGAIN))

    def _wait(self, key: str, kind: str, *, times: int) -> None:
        for _ in range(times):
            at = time.time() + self._chance.uniform(0, LATE)
            self.waiting.append((at, key, kind, f"{self._seen}:{kind}"))


def _report(key: str, kind: str, name: str) -> bool:
    from django.utils import timezone

    from notifications.actions.events import Event, take_event
    from notifications.states import EventKind

    now = timezone.now()
    return take_event(Event("messaging", name, EventKind(kind), now, key=key), now=now)


def _let_one_go() -> None:
    from django.utils import timezone

    from accounts.models import User
    from cases.actions.letter_travel import release_letter
    from cases.models import Letter
    from tests.storm.moods import AGENCY, address

    letter = Letter.objects.filter(state="drafted", failed_at=None).order_by("pk").first()
    if letter:
        ana = User.objects.get(email="ana@writdesk.example")
        to = address(letter.pk, AGENCY)
        release_letter(letter_id=letter.pk, way="email", recipient=to, by=ana, now=timezone.now())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

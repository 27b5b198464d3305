"""A worker that sends what is due and dies at a chosen moment, as suddenly as by a power cut.

Run as: python -m tests.adversarial.dying_sender MOMENT NOW
"""

import os
import signal
import sys
from datetime import datetime
from typing import Any

import django
from django.utils.module_loading import import_string

# Whose place death takes: a module or class, and the name of its function.
MOMENTS = {
    "before the attempt is recorded": ("notifications.actions.claiming", "begin"),
    "before the first byte": ("notifications.transports.smtp", "_deliver"),
    "after the relay's answer": ("notifications.actions.sending", "record_reply"),
    "after the outcome": ("notifications.transports.SmtpTransport", "__exit__"),
}


def die(*_arguments: Any, **_options: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(moment: str, now: datetime) -> None:
    django.setup()
    from notifications.actions.sending import send_due

    if moment in MOMENTS:
        place, name = MOMENTS[moment]
        setattr(import_string(place), name, die)
    send_due(now=now)


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromisoformat(sys.argv[2]))

"""The task engine and its clock. Every job that runs by itself is a row of CLOCK.

Each job is idempotent and asks "what is due and not yet done": two schedulers at once, or one that slept, do no harm.
"""

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.signals import worker_init


@dataclass(frozen=True)
class Job:
    """A task that the clock starts. Unstarted after one interval it expires: none pile up behind a dead worker."""

    name: str
    task: str
    every: timedelta
    why: str


CLOCK = (
    Job("heartbeat", "config.tasks.heartbeat", timedelta(seconds=15), "/healthz can tell that clock and worker live"),
    Job("notices: send", "notifications.tasks.send_due", timedelta(seconds=20), "what is due and planned leaves"),
    Job(
        "notices: plan", "notifications.tasks.plan_notices", timedelta(seconds=30), "no duty is left without a message"
    ),
    Job("alerts: recompute", "notifications.tasks.recompute_alerts", timedelta(seconds=30), "staff hear of what waits"),
    Job("alerts: mail", "notifications.tasks.send_staff_mails", timedelta(seconds=30), "digests, and what cannot wait"),
    Job("ledger: checkpoint", "ledger.tasks.checkpoint", timedelta(minutes=1), "a cut-off end of the ledger shows"),
    Job("cases: clocks", "cases.tasks.run_clocks", timedelta(minutes=1), "deadlines, bases that end, windows, lapses"),
    Job(
        "intake: expire", "intake.tasks.expire_verifications", timedelta(hours=1), "an old check closes the guard again"
    ),
    Job(
        "intake: customers", "intake.tasks.match_targets", timedelta(minutes=2), "who has what a request names is known"
    ),
    Job("vault: orphans", "vault.tasks.sweep_orphans", timedelta(hours=1), "files whose transaction failed go away"),
)


class Desk(Celery):
    """Celery that starts the embedded broker, where that is the one, before the first connection to it."""

    def connection_for_read(self, *args: Any, **options: Any) -> Any:
        _start_services()
        return super().connection_for_read(*args, **options)

    def connection_for_write(self, *args: Any, **options: Any) -> Any:
        _start_services()
        return super().connection_for_write(*args, **options)


def _start_services() -> None:
    # Not at the top: it reads the settings, and this module is imported while Django is still loading them.
    from config.embedded import services

    services.start()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Desk("writdesk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    job.name: {"task": job.task, "schedule": job.every, "options": {"expires": job.every.total_seconds()}}
    for job in CLOCK
}


@worker_init.connect
def refuse_wrong_machine(**_event: Any) -> None:
    """End the worker, as config.wsgi ends a web server, where a setting or the machine's keys are wrong."""
    from django.core.management import BaseCommand

    BaseCommand().check(databases=["default"])

"""/healthz says which parts work, to anybody, and nothing else."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client

from config import health
from config.tasks import heartbeat


@pytest.fixture(autouse=True)
def _no_heartbeat_yet() -> None:
    cache.delete(health.HEARTBEAT)


def test_all_is_well_after_a_heartbeat(client: Client, db: None, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        heartbeat()
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "database": True, "redis": True, "worker": True})


def test_a_worker_that_was_never_heard_is_not_well(client: Client, db: None) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["worker"]) == (503, False)


def test_a_worker_that_fell_silent_is_not_well(client: Client, db: None, now: datetime) -> None:
    health.record_heartbeat(now=now)
    with time_machine.travel(now + health.HEARTBEAT_LASTS + timedelta(seconds=1), tick=False):
        assert client.get("/healthz").json()["worker"] is False


def test_a_database_that_does_not_answer_is_said_without_a_word_of_why(client: Client, db: None) -> None:
    def refuse() -> None:
        raise ConnectionError("postgresql://writdesk:secret@db")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] is False
    assert "secret" not in answer.text

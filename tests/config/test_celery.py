"""The clock's table, and how tasks are taken."""

from django.conf import settings

from config.celery import CLOCK, app
from config.embedded.address import broker_url


def test_every_job_has_its_own_name_and_a_reason() -> None:
    assert len({job.name for job in CLOCK}) == len(CLOCK)
    assert all(job.why for job in CLOCK)


def test_every_job_is_a_task_that_exists() -> None:
    app.loader.import_default_modules()
    assert {job.task for job in CLOCK} <= app.tasks.keys()


def test_what_did_not_start_in_its_interval_does_not_pile_up() -> None:
    for job in CLOCK:
        entry = app.conf.beat_schedule[job.name]
        assert (entry["task"], entry["schedule"]) == (job.task, job.every)
        assert entry["options"]["expires"] == job.every.total_seconds()


def test_a_task_whose_worker_died_runs_again_and_none_is_taken_early() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.accept_content == ["json"]


def test_an_embedded_broker_is_addressed_as_kombu_spells_sockets() -> None:
    assert broker_url("unix:///var/run/valkey.sock?db=0") == ("redis+socket:///var/run/valkey.sock?virtual_host=0")
    assert broker_url("redis://queue.example/3") == "redis://queue.example/3"
    assert settings.CELERY_BROKER_URL == "memory://"

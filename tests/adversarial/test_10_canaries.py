"""Invariant 10, as far as it goes yet: there is no canary, and so nothing that affirms or renews one by itself."""

import ast
from pathlib import Path

from django.core.management import get_commands

from config.celery import CLOCK, app

ROOT = Path(__file__).parent.parent.parent
WORDS = ("canary", "canaries", "affirm", "attest")


def speaks(text: str) -> bool:
    return any(word in text.lower() for word in WORDS)


def test_no_job_of_the_clock_touches_a_canary() -> None:
    assert not [job for job in CLOCK if speaks(f"{job.name} {job.task} {job.why}")]
    app.loader.import_default_modules()
    assert not [name for name in app.tasks if speaks(name)]


def test_no_task_and_no_action_that_a_task_calls_speaks_of_one() -> None:
    """A task that did would do it unasked. Whoever builds canaries takes this test along, or says why not."""
    modules = [*ROOT.glob("*/tasks.py"), *ROOT.glob("*/actions/clock*.py"), *ROOT.glob("*/actions/dead*.py")]
    assert len(modules) > 4
    assert not [path for path in modules if speaks(ast.unparse(ast.parse(path.read_text())))]


def test_no_command_affirms_one_without_a_person() -> None:
    assert not [name for name in get_commands() if speaks(name)]

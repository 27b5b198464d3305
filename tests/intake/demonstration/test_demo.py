"""manage.py demo: one line when it is done, one line when it refuses."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cases.models import Case
from ledger.models import Checkpoint
from tests import lives


@pytest.mark.django_db(transaction=True)
def test_it_fills_an_empty_database_and_seals_the_ledger() -> None:
    out = StringIO()
    call_command("demo", cases=2, now="2026-11-30T12:00:00+00:00", stdout=out)
    assert out.getvalue() == "Made 2 demonstration cases.\n"
    assert Case.objects.count() == 2
    assert Checkpoint.objects.count() == 1


@pytest.mark.django_db
def test_it_refuses_beside_other_cases() -> None:
    lives.carla()
    with pytest.raises(CommandError, match="empty one only"):
        call_command("demo", cases=2)


def test_it_refuses_in_production(settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="no place in production"):
        call_command("demo", cases=2)


@pytest.mark.parametrize("wrong", ["--cases=none", "--cases=0", "--now=yesterday"])
def test_wrong_usage_is_said_plainly(wrong: str) -> None:
    with pytest.raises(CommandError, match=r"invalid int|One at least|no instant"):
        call_command("demo", wrong)

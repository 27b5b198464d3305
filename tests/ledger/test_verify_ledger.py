import json
from datetime import datetime

import pytest
from django.core.management import call_command

from ledger.actions import checkpoint
from tests.ledger.tampering import delete, tamper_with

pytestmark = pytest.mark.django_db


def test_the_command_says_so_in_json(history: None, now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    checkpoint(now)
    call_command("verify_ledger", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "ok": True,
        "entries": 15,
        "streams": 3,
        "checkpoints": 1,
        "files": 1,
        "break": None,
    }


def test_the_command_names_the_break_and_exits_1(history: None, capsys: pytest.CaptureFixture[str]) -> None:
    tamper_with(delete(3))
    with pytest.raises(SystemExit) as stop:
        call_command("verify_ledger", "--json")
    assert stop.value.code == 1
    printed = json.loads(capsys.readouterr().out)
    assert (printed["ok"], printed["break"]) == (False, {"stream": "case:1", "seq": 3, "kind": "missing"})


def test_the_command_speaks_to_people_too(history: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_ledger")
    assert capsys.readouterr().out.startswith("The ledger is whole: 15 entries in 3 streams")
    tamper_with(delete(3))
    with pytest.raises(SystemExit):
        call_command("verify_ledger")
    assert capsys.readouterr().out == "The ledger is broken: case:1, entry 3: missing.\n"

"""What is wrong with the settings of alerts is said at the start."""

from dataclasses import replace

import pytest
from django.conf import settings as desk_settings
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from config import env
from notifications.checks import check_escalation


def test_a_kind_that_there_is_none_of_is_named(settings: Settings) -> None:
    assert check_escalation() == []
    settings.WRITDESK = replace(desk_settings.WRITDESK, escalate_hours={"overdue": 4, "overdew": 2})
    assert [(found.id, "overdew" in found.msg) for found in check_escalation()] == [("notifications.E001", True)]


def test_hours_are_read_by_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALATE_HOURS", "overdue=4, fraud=2")
    assert env.numbers("ESCALATE_HOURS") == {"overdue": 4, "fraud": 2}
    monkeypatch.delenv("ESCALATE_HOURS")
    assert env.numbers("ESCALATE_HOURS") == {}


@pytest.mark.parametrize("wrong", ["overdue", "overdue=", "overdue=soon", "overdue=-1"])
def test_what_is_no_number_is_refused_with_the_name_of_the_variable(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCALATE_HOURS", wrong)
    with pytest.raises(ImproperlyConfigured, match="ESCALATE_HOURS"):
        env.numbers("ESCALATE_HOURS")

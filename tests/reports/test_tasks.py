from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from reports.models import ReportDraft
from reports.tasks import build_report
from tests.reports.history import at, received


@pytest.mark.django_db
def test_a_worker_gets_the_period_once_the_wish_is_on_record(
    publisher: User,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[object]]],
) -> None:
    received(1, "2018-08-01")
    monkeypatch.setattr(build_report, "delay", build_report)
    client.force_login(publisher)
    with time_machine.travel(at("2019-02-25"), tick=False), django_capture_on_commit_callbacks(execute=True):
        client.post("/reports/2018-H2/count/")
        assert ReportDraft.objects.get().step == ReportDraft.Step.ASKED
    draft = ReportDraft.objects.get()
    assert (draft.step, draft.counted_at) == (ReportDraft.Step.DONE, at("2019-02-25"))

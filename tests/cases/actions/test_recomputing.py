"""Every deadline computed anew: what differs is written and on record, what was granted stays, no bar moves earlier."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from cases.actions import clock_changes, recomputing
from cases.actions.clockwork import run_clocks
from cases.actions.recomputing import recompute_deadlines
from cases.models import Case, Clock
from cases.rules import clocks
from cases.rules.clocks import ClockRule
from ledger.models import LedgerEntry
from ledger.verification import verify
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

SEPTEMBER_4 = datetime.fromisoformat("2026-09-04T14:20:00-07:00")
DAY = timedelta(days=1)


def epoc(**fields: object) -> Case:
    agency = lives.oseis_agency(SEPTEMBER_4, country="DE", kind="court")
    return lives.received(SEPTEMBER_4, instrument="eu_epoc", agency=agency, **fields)  # type: ignore[arg-type]


def move_to(zone: str, settings: Settings) -> None:
    """The receiving office moves."""
    settings.WRITDESK = replace(settings.WRITDESK, receiving_zone=ZoneInfo(zone))


@pytest.fixture
def law(monkeypatch: pytest.MonkeyPatch) -> dict[str, ClockRule]:
    """The clocks of the law, to be changed as a lawyer would in their table."""
    changed = dict(clocks.CLOCKS)
    view: Mapping[str, ClockRule] = MappingProxyType(changed)
    for module in (clocks, recomputing):
        monkeypatch.setattr(module, "CLOCKS", view)
    return changed


def due(case: Case) -> dict[str, datetime | None]:
    return dict(case.clocks.values_list("rule", "due_at"))


def entries(case: Case) -> list[dict[str, object]]:
    found = LedgerEntry.objects.filter(stream=case.stream, payload__kind="clock_recomputed").order_by("seq")
    return [entry.payload for entry in found]


def test_where_nothing_changed_nothing_is_written(staff: Staff) -> None:
    case = epoc(return_date=date(2026, 9, 30))
    rows = list(case.clocks.values())
    done = recompute_deadlines(now=SEPTEMBER_4)
    assert (done.looked_at, done.changed, done.left) == (3, 0, 0)
    assert (list(case.clocks.values()), entries(case)) == (rows, [])


def test_another_zone_of_the_office_moves_every_last_day_and_the_queue(settings: Settings) -> None:
    case = epoc(return_date=date(2026, 9, 10))
    move_to("Europe/Dublin", settings)
    assert recompute_deadlines(now=SEPTEMBER_4).changed == 3
    # Received on 4 September at 22:20 in Dublin.
    assert due(case)["epoc_answer"] == datetime.fromisoformat("2026-09-15T00:00:00+01:00")
    assert lives.again(case).queue_at == datetime.fromisoformat("2026-09-11T00:00:00+01:00")
    assert recompute_deadlines(now=SEPTEMBER_4).changed == 0


def test_corrected_data_moves_only_the_clocks_of_its_rule_and_says_what_was(law: dict[str, ClockRule]) -> None:
    case = epoc()
    before = due(case)
    law["epoc_answer"] = replace(law["epoc_answer"], amount=8)
    assert recompute_deadlines(now=SEPTEMBER_4).changed == 1
    clock = case.clocks.get(rule="epoc_answer")
    assert clock.steps == ["receipt on 4 September 2026", "8 days after it: 12 September 2026"]
    assert due(case) == before | {"epoc_answer": datetime.fromisoformat("2026-09-13T00:00:00-07:00")}
    (entry,) = entries(case)
    assert (entry["rule"], entry["due"], entry["was"]) == (
        "epoc_answer",
        "2026-09-13T07:00:00.000000+00:00",
        "2026-09-15T07:00:00.000000+00:00",
    )
    assert verify().first_break is None


def test_what_was_granted_and_what_stood_still_stays(staff: Staff, law: dict[str, ClockRule]) -> None:
    case = epoc()
    answer, objection = case.clocks.get(rule="epoc_answer"), case.clocks.get(rule="epoc_objection")
    clock_changes.extend_clock(
        clock_id=answer.pk, last_day=date(2026, 9, 30), reason="Granted.", by=staff.ines, now=SEPTEMBER_4
    )
    clock_changes.suspend_clock(clock_id=objection.pk, reason="Unclear.", by=staff.ines, now=SEPTEMBER_4)
    clock_changes.resume_clock(clock_id=objection.pk, reason="Clear.", by=staff.ines, now=SEPTEMBER_4 + 3 * DAY)
    for rule in ("epoc_answer", "epoc_objection"):
        law[rule] = replace(law[rule], amount=8)
    recompute_deadlines(now=SEPTEMBER_4 + 4 * DAY)
    assert due(case) == {
        "epoc_answer": datetime.fromisoformat("2026-10-01T00:00:00-07:00"),
        "epoc_objection": datetime.fromisoformat("2026-09-16T00:00:00-07:00"),
    }


def test_a_bar_never_moves_earlier(law: dict[str, ClockRule]) -> None:
    case = epoc(authority_notified=True)
    before = due(case)
    law["epoc_answer_notified"] = replace(law["epoc_answer_notified"], amount=8)
    done = recompute_deadlines(now=SEPTEMBER_4)
    assert (done.changed, done.left) == (0, 1)
    law["epoc_answer_notified"] = replace(law["epoc_answer_notified"], not_before=False)
    assert recompute_deadlines(now=SEPTEMBER_4).left == 1
    assert due(case) == before
    law["epoc_answer_notified"] = replace(law["epoc_answer_notified"], not_before=True, amount=12)
    assert recompute_deadlines(now=SEPTEMBER_4).changed == 1
    assert case.clocks.get(rule="epoc_answer_notified").not_before_at == datetime.fromisoformat(
        "2026-09-17T00:00:00-07:00"
    )


def test_a_clock_whose_rule_is_gone_is_left_as_it_is(law: dict[str, ClockRule]) -> None:
    case = epoc()
    del law["epoc_objection"]
    done = recompute_deadlines(now=SEPTEMBER_4)
    assert (done.looked_at, done.changed, done.left) == (2, 0, 1)
    assert not entries(case)


def test_a_day_that_moved_is_told_anew_and_one_that_did_not_is_not(law: dict[str, ClockRule]) -> None:
    case = epoc()
    told_at = SEPTEMBER_4 + 9 * DAY + timedelta(hours=12)
    run_clocks(now=told_at)
    law["epoc_answer"] = replace(law["epoc_answer"], amount=12)
    law["epoc_objection"] = replace(law["epoc_objection"], source="Reg. (EU) 2023/1543 Art. 17(2), corrected")
    assert recompute_deadlines(now=told_at).changed == 2
    told = dict(case.clocks.values_list("rule", "warned_at"))
    assert told == {"epoc_answer": None, "epoc_objection": told_at}


def test_clocks_that_ended_stand_still_or_are_of_ended_cases_are_history(
    staff: Staff, law: dict[str, ClockRule]
) -> None:
    ended, still = epoc(), epoc()
    lives.rejected(lives.in_review(ended, staff, SEPTEMBER_4), staff, SEPTEMBER_4)
    clock = still.clocks.get(rule="epoc_answer")
    clock_changes.suspend_clock(clock_id=clock.pk, reason="Unclear.", by=staff.ines, now=SEPTEMBER_4)
    before = due(ended)
    for rule in ("epoc_answer", "epoc_objection"):
        law[rule] = replace(law[rule], amount=8)
    assert recompute_deadlines(now=SEPTEMBER_4).changed == 1  # the objection to the open case
    assert due(ended) == before
    clock_changes.resume_clock(clock_id=clock.pk, reason="Clear.", by=staff.ines, now=SEPTEMBER_4)
    assert due(still)["epoc_answer"] == datetime.fromisoformat("2026-09-13T00:00:00-07:00")


def test_batches_leave_nothing_out_and_cost_the_same_however_many_clocks_they_hold(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cases = [epoc() for _number in range(5)]
    move_to("Europe/Dublin", settings)
    monkeypatch.setattr(recomputing, "BATCH", 3)
    assert recompute_deadlines(now=SEPTEMBER_4).changed == 10
    assert [len(entries(case)) for case in cases] == [2] * 5
    monkeypatch.setattr(recomputing, "BATCH", 100)
    move_to("Asia/Tokyo", settings)
    with django_assert_max_num_queries(14):
        recompute_deadlines(now=SEPTEMBER_4)


def test_the_command_says_what_it_did(settings: Settings) -> None:
    epoc()
    move_to("Europe/Dublin", settings)
    said = StringIO()
    call_command("recompute_deadlines", stdout=said)
    assert said.getvalue() == "2 deadlines looked at, 2 changed, 0 left as they were.\n"
    assert Clock.objects.filter(due_at=datetime.fromisoformat("2026-09-15T00:00:00+01:00")).count() == 2

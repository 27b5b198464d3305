"""The letter that goes with the last part says what was produced, what not, and what is withheld, group by group."""

from datetime import datetime, timedelta

import pytest

from cases.actions import productions
from cases.actions.productions import Row
from cases.models import Case
from cases.states import ApprovalKind, Category
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LATER = timedelta(days=15)


def release(case: Case, staff: Staff, now: datetime, rows: list[Row], kind: ApprovalKind = ApprovalKind.ANSWER) -> None:
    approval = productions.propose_release(
        case_id=case.pk, kind=kind, rows=rows, files=(), reason="Complete.", by=staff.ines, now=now
    )
    lives.approved(approval, staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)


def letter(case: Case) -> str:
    return str(case.letters.get(kind="answer").text)


def test_targets_of_one_fate_stand_together_and_what_was_cut_is_stated_as_withheld(staff: Staff, now: datetime) -> None:
    customers = [lives.carla(identifier=f"carla-{number}") for number in range(3)]
    asked = [Category.SUBSCRIBER, Category.CONTENT]
    case = lives.received(now, customers=customers, asked=asked, agency_reference="PPB-26-118")
    case = lives.notified(case, staff, now)
    first, second, third = case.targets.values_list("pk", flat=True)
    rows = [
        *(Row(pk, "content", "withheld") for pk in (first, second, third)),
        Row(first, "subscriber", "produced"),
        Row(second, "subscriber", "no_records"),
        Row(third, "subscriber", "produced"),
    ]
    release(case, staff, now + LATER, rows)
    assert letter(case) == (
        f"We answer your request PPB-26-118, our reference {case.reference}.\n\n"
        "For carla-0, carla-2:\n"
        "- Content: withheld, because this kind of process does not reach it\n"
        "- Subscriber: produced\n\n"
        "For carla-1:\n"
        "- Content: withheld, because this kind of process does not reach it\n"
        "- Subscriber: no records"
    )


def test_only_the_last_part_brings_a_letter_and_it_speaks_of_all_parts(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now, customers=[lives.carla(), lives.carla()]), staff, now)
    first, second = case.targets.values_list("pk", flat=True)
    release(case, staff, now + LATER, [Row(first, "subscriber", "produced")], ApprovalKind.PRODUCE_PART)
    assert not case.letters.filter(kind="answer").exists()
    release(case, staff, now + LATER, [Row(second, "subscriber", "no_records")])
    for target in case.targets.all():
        assert target.value in letter(case)
    assert "Subscriber: produced" in letter(case)


def test_a_later_part_takes_nothing_back(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    row = case.targets.get().pk
    release(case, staff, now + LATER, [Row(row, "subscriber", "produced")], ApprovalKind.PRODUCE_PART)
    release(case, staff, now + LATER, [Row(row, "subscriber", "no_records")])
    assert "Subscriber: produced" in letter(case)


def test_of_a_large_group_the_first_are_named(staff: Staff, now: datetime) -> None:
    case = lives.received(now, customers=[lives.carla() for _ in range(23)])
    lives.answered(case, staff, now)
    assert "and 3 more:" in letter(case)


def test_files_are_counted_and_an_end_without_disclosure_brings_none(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    lives.delivered_by_link(case, staff, now)
    assert "1 file goes with this answer" in letter(case)
    kept = lives.notice_pending(lives.received(now, instrument="us_preservation"), staff, now)
    lives.tell(kept, now)
    lives.answered_now(lives.again(kept), staff, now + LATER)
    assert not kept.letters.exists()

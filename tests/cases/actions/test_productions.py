"""What may leave: nobody untold (invariant 1), nothing beyond the authorised (invariant 8)."""

from datetime import datetime, timedelta

import pytest

from cases.actions import objections, productions
from cases.actions.changing import Refused, save_moved
from cases.actions.duties import record_delivery, waive_window
from cases.actions.productions import NotAuthorised, NotYet, Row, outcome_of
from cases.models import Case, NoticeDuty
from cases.states import ApprovalKind, Category, DutyState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
AFTER_WINDOW = timedelta(days=15)


def propose(case: Case, staff: Staff, now: datetime, *rows: Row, kind: ApprovalKind = ApprovalKind.ANSWER) -> None:
    productions.propose_release(
        case_id=case.pk,
        kind=kind,
        rows=rows or productions.rows_for_all(case, dict.fromkeys(case.asked, "produced")),
        files=(),
        reason="Complete.",
        by=staff.ines,
        now=now,
    )


def test_nothing_is_proposed_while_the_window_runs(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    with pytest.raises(Refused, match="may still object"):
        propose(case, staff, now + WEEK)
    propose(case, staff, now + AFTER_WINDOW)


def test_the_window_ends_at_midnight_of_the_customer(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now, customers=[lives.carla(timezone="Asia/Tokyo")]), staff, now)
    # Told on 30 November, 21:00 in Tokyo: ten days are 1 to 10 December.
    ends_at = datetime.fromisoformat("2026-12-11T00:00:00+09:00")
    assert case.duties.get().window_ends_at == ends_at
    with pytest.raises(Refused):
        propose(case, staff, ends_at - timedelta(seconds=1))
    propose(case, staff, ends_at)


def test_a_customer_who_consents_need_not_be_waited_for(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    waive_window(duty_id=case.duties.get().pk, now=now)
    propose(case, staff, now)


def test_one_of_two_customers_untold_holds_back_their_data_only(staff: Staff, now: datetime) -> None:
    carla, carlo = lives.carla(), lives.carla(name="Carlo")
    case = lives.notice_pending(lives.received(now, customers=[carla, carlo]), staff, now)
    record_delivery(duty_id=case.duties.get(customer=carla).pk, at=now, now=now, confirmed=True)
    case = lives.again(case)
    assert case.state == "notice_pending"
    told = case.targets.get(customer=carla)
    NoticeDuty.objects.filter(customer=carlo).update(state=DutyState.NOT_OWED, basis="test")
    case = lives.again(case)
    record_delivery(duty_id=case.duties.get(customer=carla).pk, at=now, now=now)
    NoticeDuty.objects.filter(customer=carlo).update(state=DutyState.FAILED)
    case.settle_as_notified()
    save_moved(case)
    later = now + AFTER_WINDOW
    with pytest.raises(NotYet):
        propose(case, staff, later)
    propose(case, staff, later, Row(told.pk, "subscriber", "produced"), kind=ApprovalKind.PRODUCE_PART)


def test_an_unconfirmed_notice_may_bounce_for_two_days(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now, instrument="dsa_order_to_inform"), staff, now)
    lives.effect_prepared(case, staff, now)
    record_delivery(duty_id=case.duties.get().pk, at=now, now=now)
    case = lives.again(case)
    with pytest.raises(Refused, match="bounce"):
        propose(case, staff, now + timedelta(hours=47))
    propose(case, staff, now + timedelta(hours=48))


def test_an_open_objection_stops_everything(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    objections.receive_objection(duty_id=case.duties.get().pk, text="This is not my account.", now=now)
    with pytest.raises(Refused, match="objected"):
        propose(case, staff, now + AFTER_WINDOW)


def test_a_decided_objection_is_told_two_working_days_before_anything_leaves(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    objection = objections.receive_objection(duty_id=case.duties.get().pk, text="No.", now=now)
    decided = now + AFTER_WINDOW
    approval = objections.propose_decision(
        objection_id=objection.pk, decision="The subpoena binds us.", by=staff.ines, now=decided
    )
    lives.approved(approval, staff, decided)
    with pytest.raises(Refused, match="two working days"):
        propose(case, staff, decided)
    decision = case.duties.get(kind="decision")
    record_delivery(duty_id=decision.pk, at=decided, now=decided, confirmed=True)
    # Told on Tuesday, 15 December: the 16th and 17th are theirs.
    with pytest.raises(Refused, match="two working days"):
        propose(case, staff, decided + timedelta(days=2))
    propose(case, staff, decided + timedelta(days=3))


@pytest.mark.parametrize(
    ("category", "because"),
    [
        pytest.param(Category.CONTENT, "not asked", id="content under a subpoena"),
        pytest.param(Category.IDENTIFICATION, "not asked", id="compellable but not asked"),
    ],
)
def test_what_was_not_asked_cannot_leave(staff: Staff, now: datetime, category: str, because: str) -> None:
    case = lives.notified(lives.received(now), staff, now)
    row = Row(case.targets.get().pk, category, "produced")
    with pytest.raises(NotAuthorised, match=because):
        propose(case, staff, now + AFTER_WINDOW, row)


def test_what_counsel_cut_cannot_leave_and_is_stated_as_withheld(staff: Staff, now: datetime) -> None:
    case = lives.received(now, asked=[Category.SUBSCRIBER, Category.CONTENT])
    case = lives.notified(case, staff, now)
    later = now + AFTER_WINDOW
    target = case.targets.get()
    assert target.authorised == ["subscriber"]
    with pytest.raises(NotAuthorised, match="not authorised"):
        propose(case, staff, later, Row(target.pk, "subscriber", "produced"), Row(target.pk, "content", "produced"))
    rows = productions.rows_for_all(case, {"subscriber": "produced", "content": "produced"})
    assert Row(target.pk, "content", "withheld") in rows


def test_a_target_of_another_case_cannot_leave(staff: Staff, now: datetime) -> None:
    other = lives.received(now).targets.get()
    case = lives.notified(lives.received(now), staff, now)
    with pytest.raises(NotAuthorised, match="not one of the case"):
        propose(case, staff, now + AFTER_WINDOW, Row(other.pk, "subscriber", "produced"))


def test_the_last_part_speaks_of_every_target(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now, customers=[lives.carla(), lives.carla()]), staff, now)
    first = case.targets.first()
    assert first
    with pytest.raises(productions.Incomplete):
        propose(case, staff, now + AFTER_WINDOW, Row(first.pk, "subscriber", "produced"))


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        pytest.param(["produced", "no_records"], "answered", id="something produced, nothing refused"),
        pytest.param(["produced", "withheld"], "answered_partial", id="some produced, some refused"),
        pytest.param(["no_records"], "no_data", id="nothing there"),
        pytest.param(["preserved"], "answered", id="preserved"),
        pytest.param(["effect_given"], "answered", id="effect given"),
        pytest.param(["withheld"], "rejected", id="nothing given at all"),
    ],
)
def test_the_outcome_follows_from_what_left(results: list[str], outcome: str) -> None:
    assert outcome_of(results) == outcome


def test_a_page_cannot_be_answered_for_an_agency_no_longer_verified(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    with pytest.raises(Refused, match="Verify the agency"):
        propose(case, staff, now + timedelta(days=400))


def test_no_file_leaves_with_what_is_withheld(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    file = lives.with_file(case, staff, now)
    target = case.targets.get()
    with pytest.raises(NotAuthorised, match="something that is produced"):
        productions.propose_release(
            case_id=case.pk,
            kind=ApprovalKind.ANSWER,
            rows=[Row(target.pk, "subscriber", "withheld")],
            files=[str(file.document_id)],
            reason="Nothing is given.",
            by=staff.ines,
            now=now + timedelta(days=15),
        )


def test_what_was_answered_with_nothing_is_reopened_before_something_leaves(staff: Staff, now: datetime) -> None:
    later = now + timedelta(days=15)
    case = lives.notified(lives.received(now), staff, now)
    rows = productions.rows_for_all(case, {"subscriber": "no_records"})
    nothing = productions.propose_release(
        case_id=case.pk, kind=ApprovalKind.ANSWER, rows=rows, files=(), reason="None.", by=staff.ines, now=later
    )
    lives.approved(nothing, staff, later)
    productions.release(approval_id=nothing.pk, by=staff.ines, now=later)
    with pytest.raises(Refused, match="answered with nothing"):
        lives.answer_proposed(lives.again(case), staff, later, kind=ApprovalKind.PRODUCE_PART)

"""The emergency path: an analyst finds it, a call back proves it, two people release it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cases.actions import deciding, productions, review
from cases.actions.changing import NotForYou, Refused
from cases.actions.clockwork import run_clocks
from cases.actions.productions import NotAuthorised, Row
from cases.models import Approval, Case
from cases.states import ApprovalKind, CaseState, DutyState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db


def emergency(staff: Staff, now: datetime, **fields: object) -> Case:
    """Return an emergency request of Detective Osei, stated in full and called back, with its scope authorised."""
    case = lives.received(now, instrument="emergency_disclosure", **fields)  # type: ignore[arg-type]
    state_danger(case, staff, now)
    case = lives.in_review(lives.again(case), staff, now + timedelta(minutes=5))
    lives.called_back(case, staff, now + timedelta(minutes=9))
    lives.authorise(case, staff, now)
    return lives.again(case)


def state_danger(case: Case, staff: Staff, now: datetime) -> None:
    review.set_emergency(
        case_id=case.pk,
        danger="A child is held; no judge can be reached tonight.",
        data_to_danger="The address leads to the child.",
        follow_up_paper_date=date(2026, 12, 4),
        by=staff.analyst,
        now=now,
    )


def propose(case: Case, staff: Staff, now: datetime, *, category: str = "subscriber") -> Approval:
    return productions.propose_release(
        case_id=case.pk,
        kind=ApprovalKind.ANSWER_EMERGENCY,
        rows=[Row(case.targets.get().pk, category, "produced")],
        files=(),
        reason="The child is in danger now.",
        by=staff.ines,
        now=now,
        delay_until=date(2027, 2, 1),
    )


def test_an_emergency_is_answered_and_the_notice_is_put_off_not_dropped(staff: Staff, now: datetime) -> None:
    case = emergency(staff, now)
    approval = lives.approved(propose(case, staff, now), staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    case = lives.again(case)
    assert case.state == CaseState.ANSWERED
    duty = case.duties.get()
    assert (duty.state, duty.basis) == (DutyState.WITHHELD, "emergency")
    run_clocks(now=datetime.fromisoformat("2027-02-01T00:00:00-08:00"))
    assert case.duties.get().state == DutyState.PENDING


def test_only_an_analyst_sets_an_emergency(staff: Staff, now: datetime) -> None:
    case = lives.received(now, instrument="emergency_disclosure")
    with pytest.raises(NotForYou):
        review.set_emergency(
            case_id=case.pk, danger="x", data_to_danger="x", follow_up_paper_date=None, by=staff.ines, now=now
        )


def test_an_emergency_without_a_danger_is_none(staff: Staff, now: datetime) -> None:
    case = lives.received(now, instrument="emergency_disclosure")
    with pytest.raises(Refused, match="in danger"):
        review.set_emergency(
            case_id=case.pk, danger=" ", data_to_danger="", follow_up_paper_date=None, by=staff.analyst, now=now
        )


def test_a_verification_from_before_this_request_is_no_call_back(staff: Staff, now: datetime) -> None:
    case = lives.received(now, instrument="emergency_disclosure")
    lives.verified(case, staff, now - timedelta(days=30))
    state_danger(case, staff, now)
    review.begin_review(case_id=case.pk, by=staff.analyst, now=now)
    lives.authorise(lives.again(case), staff, now)
    with pytest.raises(Refused, match="Call the agency back"):
        propose(lives.again(case), staff, now)


def test_content_goes_to_no_foreign_authority_in_an_emergency(staff: Staff, now: datetime) -> None:
    case = emergency(staff, now, asked=["content"], agency=lives.oseis_agency(now, country="GB"))
    with pytest.raises(NotAuthorised):
        propose(case, staff, now, category="content")


def test_a_subpoena_is_not_answered_as_an_emergency(staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    lives.authorise(case, staff, now)
    with pytest.raises(Refused, match="Only an emergency request"):
        propose(case, staff, now)


def test_an_emergency_release_still_needs_its_second_person(staff: Staff, now: datetime) -> None:
    approval = propose(emergency(staff, now), staff, now)
    with pytest.raises(NotForYou):
        deciding.approve(approval_id=approval.pk, digest=approval.digest, decision="", by=staff.ines, now=now)


def test_an_emergency_epoc_is_due_in_eight_hours(staff: Staff, now: datetime) -> None:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.received(now, instrument="eu_epoc", agency=agency)
    state_danger(case, staff, now)
    assert lives.again(case).queue_at == now + timedelta(hours=8)
    review.clear_emergency(case_id=case.pk, reason="No danger.", by=staff.analyst, now=now)
    assert lives.again(case).queue_at > now + timedelta(days=9)


def test_an_emergency_is_answered_before_review_begins(staff: Staff, now: datetime) -> None:
    case = lives.received(now, instrument="emergency_disclosure")
    state_danger(case, staff, now)
    lives.authorise(lives.called_back(case, staff, now), staff, now)
    approval = lives.approved(propose(case, staff, now), staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.ANSWERED


def test_an_emergency_is_told_in_the_end_where_requests_before_review_are_not(
    staff: Staff, now: datetime, settings: Any
) -> None:
    settings.WRITDESK = replace(settings.WRITDESK, notice_before_review=False)
    case = lives.received(now, instrument="emergency_disclosure")
    state_danger(case, staff, now)
    lives.authorise(lives.called_back(case, staff, now), staff, now)
    approval = lives.approved(propose(case, staff, now), staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    assert case.duties.get().state == DutyState.WITHHELD


def test_the_notice_is_put_off_to_a_day_that_comes(staff: Staff, now: datetime) -> None:
    case = emergency(staff, now)
    with pytest.raises(Refused, match="90 days at most"):
        productions.propose_release(
            case_id=case.pk,
            kind=ApprovalKind.ANSWER_EMERGENCY,
            rows=[Row(case.targets.get().pk, "subscriber", "produced")],
            files=(),
            reason="The child is in danger now.",
            by=staff.ines,
            now=now,
            delay_until=date(9999, 12, 31),
        )


def test_it_stands_before_all_that_have_a_deadline(staff: Staff, now: datetime) -> None:
    lives.received(now, return_date=now.date())
    case = lives.received(now, instrument="emergency_disclosure")
    lives.state_danger(case, staff, now)
    assert Case.objects.order_by("queue_at")[0] == case

"""Requirement 27: a conflict of law is on record before anything is released.

Required where the requesting state is not the customer's or a blocking law matches; outcomes are of a closed list; the
GDPR asks for two steps; a processor can only tell the controller; no one person waves a conflict through.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from cases.actions import conflict, deciding, events, preservations
from cases.actions.changing import Refused
from cases.actions.conflict import AssessmentIncomplete, Finding
from cases.actions.second_person import SecondPersonRequired
from cases.findings import groups
from cases.models import Case, Customer
from cases.states import CaseState
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

CONFLICT = Finding(
    outcome="comity_objection",
    reason="German law forbids it.",
    rests_on=("residence", "prohibiting_law"),
    residence="DE",
    law="gdpr_48",
    provision="Art. 48",
)


def in_check(staff: Staff, now: datetime, instrument: str = "us_search_warrant", **carla: object) -> Case:
    customers = [lives.carla(**{"country": "DE", **carla})]
    case = lives.received(now, customers=customers, instrument=instrument, asked=["subscriber", "content"])
    return lives.in_conflict_check(case, staff, now)


def assess(case: Case, staff: Staff, now: datetime, **changed: object) -> None:
    finding = Finding(**{**CONFLICT.__dict__, **changed})
    conflict.assess(case_id=case.pk, finding=finding, by=staff.ines, now=now)


def test_nothing_goes_on_while_a_target_has_no_assessment(staff: Staff, now: datetime) -> None:
    case = in_check(staff, now)
    with pytest.raises(Refused, match="Assess 1 target"):
        conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.CONFLICT_CHECK


def test_once_the_french_law_stands_against_it_the_month_of_its_authority_can_be_counted(
    staff: Staff, now: datetime
) -> None:
    case = in_check(staff, now, country="FR")
    declared = {"case_id": case.pk, "rule": "fr_sisse_opinion", "event_at": now, "by": staff.ines, "now": now}
    with pytest.raises(Refused, match="no such clock"):
        events.record_event(**declared)  # type: ignore[arg-type]
    assess(case, staff, now, residence="FR", law="fr_68_678", provision="Art. 1 bis")
    clock = events.record_event(**declared)  # type: ignore[arg-type]
    assert (clock.due_at, clock.ends_answer) == (datetime(2026, 12, 31, 8, tzinfo=UTC), False)


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        pytest.param({"outcome": "no_conflict"}, "legal basis", id="GDPR: the first step"),
        pytest.param({"outcome": "no_conflict", "legal_basis": "Art. 6(1)(c)"}, "transfer ground", id="the second"),
        pytest.param({"reason": ""}, "reason", id="a conflict without a reason"),
        pytest.param({"law": ""}, "law", id="a conflict without a law"),
        pytest.param({"role": "processor"}, "only tell the controller", id="a processor objects"),
        pytest.param(
            {"role": "processor", "outcome": "no_conflict", "legal_basis": "x", "transfer_ground": "x"},
            "only tell the controller",
            id="a processor answers",
        ),
        pytest.param({"outcome": "tell_controller"}, "we are the controller", id="a controller tells itself"),
        pytest.param({"outcome": "motion_2703h"}, "no agreement", id="a motion for Germany"),
        pytest.param({"outcome": "annex_iii_objection"}, "no such motion", id="Annex III to a warrant"),
    ],
)
def test_an_assessment_that_lacks_something_is_not_recorded(
    changed: dict[str, object], because: str, staff: Staff, now: datetime
) -> None:
    case = in_check(staff, now)
    with pytest.raises(AssessmentIncomplete, match=because):
        assess(case, staff, now, **changed)
    assert not case.assessments.exists()
    assess(case, staff, now)


def test_a_law_that_is_not_on_record_is_named_by_its_title(staff: Staff, now: datetime) -> None:
    case = in_check(staff, now, country="BR")
    brazil = {"residence": "BR", "law": "other", "provision": "Art. 11"}
    with pytest.raises(AssessmentIncomplete, match="law title"):
        assess(case, staff, now, **brazil)
    assess(case, staff, now, **brazil, law_title="Marco Civil da Internet")
    assert case.assessments.get().law_named == "Marco Civil da Internet"
    entry = LedgerEntry.objects.get(stream=case.stream, payload__kind="conflict_assessed")
    assert entry.payload["law"] == "other"
    assert "Marco" not in str(entry.payload)


def test_a_processor_tells_the_controller(staff: Staff, now: datetime) -> None:
    case = in_check(staff, now, role="controller")
    assess(case, staff, now, outcome="tell_controller", role="processor", rests_on=("processing_role",))
    assert case.assessments.get().outcome == "tell_controller"


def test_the_motion_is_recorded_where_it_is_open_and_not_a_day_later(staff: Staff, now: datetime) -> None:
    case = in_check(staff, now, country="GB", nationality="GB", is_us_person=False)
    motion = {"outcome": "motion_2703h", "residence": "GB", "law": "gb_gdpr", "provision": "Chapter V"}
    with pytest.raises(AssessmentIncomplete, match="last day was 14 December 2026"):
        assess(case, staff, now + timedelta(days=15), **motion)
    assess(case, staff, now + timedelta(days=14), **motion)
    assert case.assessments.get().nationality == "GB"


def _clears(case: Case, staff: Staff, now: datetime) -> None:
    conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)


def _approves_her_own(case: Case, staff: Staff, now: datetime) -> None:
    proposal = conflict.propose_going_on(case_id=case.pk, reason="I am sure.", by=staff.ines, now=now)
    deciding.approve(approval_id=proposal.pk, digest=proposal.digest, decision="Yes.", by=staff.ines, now=now)


def _proposes_and_clears(case: Case, staff: Staff, now: datetime) -> None:
    conflict.propose_going_on(case_id=case.pk, reason="I am sure.", by=staff.ines, now=now)
    conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)


def _assesses_anew_after_approval(case: Case, staff: Staff, now: datetime) -> None:
    proposal = conflict.propose_going_on(case_id=case.pk, reason="Records only.", by=staff.ines, now=now)
    lives.approved(proposal, staff, now)
    conflict.assess(case_id=case.pk, finding=CONFLICT, target_ids=[case.targets.get().pk], by=staff.ines, now=now)
    conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)


@pytest.mark.parametrize("way", [_clears, _approves_her_own, _proposes_and_clears, _assesses_anew_after_approval])
def test_no_one_person_waves_a_conflict_through(
    way: Callable[[Case, Staff, datetime], None], staff: Staff, now: datetime
) -> None:
    case = in_check(staff, now)
    assess(case, staff, now)
    preservations.preserve(case_id=case.pk, rule="interim", confirmed=True, by=staff.analyst, now=now)
    with pytest.raises((Refused, SecondPersonRequired)):
        way(case, staff, now)
    assert lives.again(case).state == CaseState.CONFLICT_CHECK


def test_two_persons_can_go_on_together(staff: Staff, now: datetime) -> None:
    case = in_check(staff, now)
    assess(case, staff, now)
    preservations.preserve(case_id=case.pk, rule="interim", confirmed=True, by=staff.analyst, now=now)
    proposal = conflict.propose_going_on(case_id=case.pk, reason="Records only.", by=staff.ines, now=now)
    lives.approved(proposal, staff, now)
    conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.NOTICE_PENDING


def test_what_is_known_of_the_customer_is_what_the_finding_reads(staff: Staff, now: datetime) -> None:
    case = in_check(staff, now, country="", nationality="GB")
    Customer.objects.update(role="controller")
    (group,) = groups(case, now)
    assert (group.person.residence, group.person.nationality, group.person.role) == ("", "GB", "processor")

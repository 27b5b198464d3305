"""Invariant 1, past the actions. What goes round the workflow is refused by the database itself."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cases.actions import productions
from cases.actions.changing import save_moved
from cases.models import Case, Disclosure, NoticeDuty, Production
from cases.states import ApprovalState, CaseState, Outcome
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LATER = timedelta(days=15)


def _by_update(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state=CaseState.ANSWERED, outcome="answered", outcome_at=case.received_at)


def _by_bulk_update(case: Case) -> None:
    case.__dict__.update(state=CaseState.CUSTOMER_NOTIFIED)
    Case.objects.bulk_update([case], ["state"])


def _by_save(case: Case) -> None:
    case.__dict__.update(state=CaseState.NOTICE_WITHHELD)
    case.save()


def _by_sql(case: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET state = 'closed' WHERE id = %s", [case.pk])


def _by_upsert(case: Case) -> None:
    case.__dict__.update(state=CaseState.CUSTOMER_NOTIFIED)
    Case.objects.bulk_create([case], update_conflicts=True, unique_fields=["id"], update_fields=["state"])


@pytest.mark.parametrize("write", [_by_update, _by_bulk_update, _by_save, _by_sql, _by_upsert])
def test_no_write_past_the_workflow_moves_a_case(write: Callable[[Case], None], staff: Staff, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(case)
    assert lives.again(case).state == CaseState.LEGAL_REVIEW


def test_no_case_is_born_answered_or_as_imported_history(now: datetime) -> None:
    case = lives.received(now)
    for fields in ({"state": CaseState.ANSWERED, "outcome": "answered", "outcome_at": now}, {"provenance": "imported"}):
        twin = Case(**{f.attname: getattr(case, f.attname) for f in Case._meta.concrete_fields if not f.primary_key})
        twin.__dict__.update(fields, reference=lives.numbered_reference(7))
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.bulk_create([twin])


def test_a_forged_transition_answers_nothing_without_a_second_person(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    case.__dict__.update(state=CaseState.ANSWERED, outcome=Outcome.ANSWERED, outcome_at=now + LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        save_moved(case)


def test_an_approval_used_before_answers_no_second_time(staff: Staff, now: datetime) -> None:
    case = lives.reopened(lives.answered(lives.received(now), staff, now), staff, now + 2 * LATER)
    assert case.approvals.filter(kind="answer", state=ApprovalState.EXECUTED).exists()
    case.__dict__.update(state=CaseState.ANSWERED, outcome=Outcome.ANSWERED, outcome_at=now + 3 * LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        save_moved(case)


def released(staff: Staff, now: datetime) -> Production:
    case = lives.received(now, asked=["subscriber", "content"], customers=[lives.carla(), lives.carla()])
    case = lives.notified(case, staff, now)
    approval = lives.approved(lives.answer_proposed(case, staff, now + LATER), staff, now + LATER)
    return productions.release(approval_id=approval.pk, by=staff.ines, now=now + LATER)


def disclose(
    production: Production,
    target_id: int,
    category: str = "subscriber",
    result: str = "produced",
    fields: Sequence[str] = ("A",),
) -> None:
    Disclosure.objects.filter(production=production).delete()
    with transaction.atomic():
        Disclosure.objects.create(
            production=production, target_id=target_id, category=category, result=result, fields=list(fields)
        )


def test_no_row_goes_beyond_what_counsel_authorised(staff: Staff, now: datetime) -> None:
    production = released(staff, now)
    for result in ("produced", "no_records"):
        with pytest.raises(IntegrityError, match="beyond what is authorised"):
            disclose(production, production.case.targets.first().pk, "content", result)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "fields", [pytest.param(["A", "F"], id="an item more than authorised"), pytest.param([], id="no item named")]
)
def test_no_row_goes_beyond_the_items_of_a_subpoena(fields: list[str], staff: Staff, now: datetime) -> None:
    production = released(staff, now)
    target = production.case.targets.last()
    assert target
    production.case.targets.update(authorised_fields=["A", "B"])
    disclose(production, target.pk, fields=["B"])
    with pytest.raises(IntegrityError, match="beyond what is authorised"):
        disclose(production, target.pk, fields=fields)


def test_no_row_is_of_another_case(staff: Staff, now: datetime) -> None:
    production = released(staff, now)
    other = lives.notified(lives.received(now), staff, now)
    with pytest.raises(IntegrityError, match="beyond what is authorised"):
        disclose(production, other.targets.get().pk)


def test_no_row_stands_on_an_approval_that_was_not_carried_out(staff: Staff, now: datetime) -> None:
    production = released(staff, now)
    for state in (ApprovalState.PROPOSED, ApprovalState.APPROVED, ApprovalState.VOID):
        type(production.approval).objects.filter(pk=production.approval_id).update(state=state)
        with pytest.raises(IntegrityError, match="beyond what is authorised"):
            disclose(production, production.case.targets.first().pk)  # type: ignore[union-attr]


def test_rows_cannot_be_changed_into_more_afterwards(staff: Staff, now: datetime) -> None:
    rows = Disclosure.objects.filter(production=released(staff, now), category="content")
    assert set(rows.values_list("result", flat=True)) == {"withheld"}
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(result="produced")


@pytest.mark.parametrize(
    "untold",
    [
        pytest.param({"state": "pending"}, id="not told"),
        pytest.param({"state": "failed"}, id="the notice failed"),
        pytest.param({"window": timedelta(microseconds=1)}, id="the window ends a moment later"),
    ],
)
def test_no_row_of_a_customer_who_was_not_told_in_time(untold: dict[str, object], staff: Staff, now: datetime) -> None:
    production = released(staff, now)
    target = production.case.targets.last()
    assert target
    untold = dict(untold)
    beyond = untold.pop("window", None)
    if isinstance(beyond, timedelta):
        untold["window_ends_at"] = production.released_at + beyond
    NoticeDuty.objects.filter(targets=target).update(**untold)
    with pytest.raises(IntegrityError, match="before the customer was told"):
        disclose(production, target.pk)
    disclose(production, target.pk, result="withheld")


def test_nothing_is_authorised_that_was_not_asked(now: datetime) -> None:
    case = lives.received(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        case.targets.update(authorised=["content"])


def test_nobody_decides_their_own_proposal_and_nothing_is_approved_by_nobody(staff: Staff, now: datetime) -> None:
    """Invariant 5 at its simplest, past the actions."""
    proposal = lives.answer_proposed(lives.notified(lives.received(now), staff, now), staff, now + LATER)
    for fields in ({"decided_by": staff.ines}, {"state": ApprovalState.APPROVED}, {"state": ApprovalState.EXECUTED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(proposal).objects.filter(pk=proposal.pk).update(**fields)

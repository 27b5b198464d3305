"""One draws, another agrees to the very file, and the customer reads that and nothing else."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Compartment, Role, User
from cases.actions import redactions
from cases.actions.approvals import AlreadyProposed, ReasonMissing
from cases.actions.changing import CaseNotFound, ChangedMeanwhile, NotForYou
from cases.actions.deciding import approve, decline
from cases.actions.redactions import NotOpen, NotRedactable
from cases.actions.second_person import NotApproved, NotWhatWasApproved, SecondPersonRequired
from cases.actions.signals import raise_signal
from cases.models import Approval, Case, CaseDocument, Redaction, RedactionBox, RedactionState
from cases.queries.redactions import for_customer, pdf_of
from cases.redaction.boxes import Box
from cases.rules.fraud_signals import FORGED
from cases.states import ApprovalState
from ledger.models import LedgerEntry
from tests import lives
from tests.cases.redacting import SECRET, begun, draw, proposed, shown, with_order
from tests.cases.redaction import papers
from tests.cases.redaction.looking import holds
from tests.fixtures.staff import make_staff
from tests.lives import Staff
from vault.actions import destroy_scope
from vault.models import Document

pytestmark = pytest.mark.django_db

S = RedactionState


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    return lives.received(now)


@pytest.fixture
def original(case: Case, now: datetime) -> CaseDocument:
    return with_order(case, now)


@pytest.fixture
def redaction(original: CaseDocument, staff: Staff, now: datetime) -> Redaction:
    """Ines has begun it and drawn a box."""
    redaction = begun(original, staff.ines, now)
    draw(redaction, staff.ines, now)
    return redaction


def again(redaction: Redaction) -> Redaction:
    return Redaction.objects.select_related("approval", "burned__scope", "shown").get(pk=redaction.pk)


def read_by_customer(case: Case) -> list[int]:
    customer = case.targets.get().customer
    assert customer is not None
    return [one.number for one in for_customer(case, customer, is_target=True)]


def as_approver(approval: Approval, by: User, now: datetime) -> Approval:
    return approve(approval_id=approval.pk, digest=approval.digest, decision="Seen.", by=by, now=now)


def another_account_of(user: User, since: datetime) -> User:
    alias = make_staff("Ines2 Counsel", Role.COUNSEL, since=since)
    alias.person = user.person
    alias.save()
    return alias


def test_what_was_approved_is_the_file_that_the_second_person_saw(
    redaction: Redaction, case: Case, staff: Staff, now: datetime
) -> None:
    approval = proposed(redaction, staff.ines, now)
    seen = again(redaction).burned
    assert seen is not None
    assert read_by_customer(case) == []
    as_approver(approval, staff.paul, now)
    done = again(redaction)
    assert done.state(now) == S.APPROVED
    assert done.shown is not None
    assert (done.shown.document_id, done.shown.role) == (seen.pk, "redacted")
    assert approval.subject["now"]["burned"] == seen.sha256
    assert read_by_customer(case) == [1]


def test_what_is_hidden_is_not_in_the_file_nor_in_its_name(original: CaseDocument, staff: Staff, now: datetime) -> None:
    redaction = shown(original, staff, now)
    assert redaction.burned is not None
    assert holds(pdf_of(original.document), SECRET)
    assert not holds(pdf_of(redaction.burned), SECRET)
    assert SECRET in original.document.name
    assert redaction.burned.name == f"{original.case.reference}-1.pdf"
    assert redaction.burned.scope_id == original.document.scope_id


def test_nothing_to_hide_needs_a_second_person_too(original: CaseDocument, staff: Staff, now: datetime) -> None:
    redaction = begun(original, staff.ines, now)
    approval = proposed(redaction, staff.ines, now)
    assert read_by_customer(original.case) == []
    as_approver(approval, staff.paul, now)
    assert read_by_customer(original.case) == [1]


def test_the_ledger_knows_numbers_and_commitments_only(redaction: Redaction, staff: Staff, now: datetime) -> None:
    as_approver(proposed(redaction, staff.ines, now), staff.paul, now)
    redactions.withdraw_redaction(redaction_id=redaction.pk, reason=f"{SECRET} is seen.", by=staff.ines, now=now)
    entries = LedgerEntry.objects.filter(stream=redaction.case.stream, payload__kind__startswith="redaction_")
    assert [entry.payload["kind"].removeprefix("redaction_") for entry in entries.order_by("seq")] == [
        *("begun", "changed", "burned", "shown", "withdrawn")
    ]
    assert SECRET not in str([entry.payload for entry in entries])


@pytest.mark.parametrize("role", ["process", "order"])
def test_the_process_and_an_order_can_be_redacted(case: Case, role: str, staff: Staff, now: datetime) -> None:
    assert begun(with_order(case, now, role=role), staff.analyst, now).number == 1


@pytest.mark.parametrize("role", ["production", "filing", "evidence", "redacted"])
def test_nothing_else_can(case: Case, role: str, staff: Staff, now: datetime) -> None:
    with pytest.raises(NotRedactable):
        begun(with_order(case, now, role=role), staff.ines, now)


@pytest.mark.parametrize(
    "data", [b"no PDF", b"%PDF-1.7\n%%EOF\n", papers.of_pages(201)], ids=["text", "broken", "long"]
)
def test_what_cannot_be_shown_is_refused_and_leaves_nothing(
    case: Case, data: bytes, staff: Staff, now: datetime
) -> None:
    original = with_order(case, now, pdf=data)
    documents, entries = Document.objects.count(), LedgerEntry.objects.count()
    with pytest.raises(NotRedactable):
        begun(original, staff.ines, now)
    assert (Redaction.objects.count(), Document.objects.count(), LedgerEntry.objects.count()) == (0, documents, entries)


def test_a_document_that_was_destroyed_is_not_redacted(original: CaseDocument, staff: Staff, now: datetime) -> None:
    redaction = begun(original, staff.ines, now)
    destroy_scope(original.document.scope, by_id=None, now=now)
    with pytest.raises(NotRedactable):
        proposed(redaction, staff.ines, now)


@pytest.mark.parametrize(("reason", "words"), [("", ""), ("whim", ""), ("other", "  ")])
def test_a_box_without_a_reason_is_not_drawn(
    redaction: Redaction, reason: str, words: str, staff: Staff, now: datetime
) -> None:
    with pytest.raises(ReasonMissing):
        redactions.draw_boxes(
            redaction_id=redaction.pk,
            boxes=[Box(1, 0, 0, 1, 1)],
            reason=reason,
            words=words,
            by=staff.ines,
            now=now,
        )


def test_a_box_on_a_page_that_is_not_there_is_not_drawn(redaction: Redaction, staff: Staff, now: datetime) -> None:
    with pytest.raises(NotRedactable):
        draw(redaction, staff.ines, now, Box(2, 0, 0, 1, 1))


def test_the_proposer_cannot_approve_it_under_any_account(
    redaction: Redaction, staff: Staff, now: datetime, last_year: datetime
) -> None:
    approval = proposed(redaction, staff.ines, now)
    for account in (staff.ines, another_account_of(staff.ines, last_year)):
        with pytest.raises(SecondPersonRequired):
            as_approver(approval, account, now)


def test_who_drew_in_it_cannot_approve_what_another_proposed(
    redaction: Redaction, staff: Staff, now: datetime, last_year: datetime
) -> None:
    approval = proposed(redaction, staff.analyst, now)
    for account in (staff.ines, another_account_of(staff.ines, last_year)):
        with pytest.raises(SecondPersonRequired, match="You drew in this"):
            as_approver(approval, account, now)
    assert again(redaction).state(now) == S.PROPOSED
    as_approver(approval, staff.paul, now)


def test_who_took_a_box_away_cannot_approve_it_either(redaction: Redaction, staff: Staff, now: datetime) -> None:
    redactions.remove_box(redaction_id=redaction.pk, number=1, by=staff.paul, now=now)
    approval = proposed(redaction, staff.ines, now)
    with pytest.raises(SecondPersonRequired):
        as_approver(approval, staff.paul, now)


def test_an_analyst_draws_and_proposes_but_does_not_approve(redaction: Redaction, staff: Staff, now: datetime) -> None:
    with pytest.raises(NotForYou):
        as_approver(proposed(redaction, staff.ines, now), staff.analyst, now)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PUBLISHER, Role.ADMINISTRATOR])
def test_nobody_else_works_on_it(redaction: Redaction, role: Role, now: datetime, last_year: datetime) -> None:
    other = make_staff("Otto Other", role, since=last_year)
    with pytest.raises((NotForYou, CaseNotFound)):
        draw(redaction, other, now)
    with pytest.raises((NotForYou, CaseNotFound)):
        proposed(redaction, other, now)
    with pytest.raises((NotForYou, CaseNotFound)):
        redactions.withdraw_redaction(redaction_id=redaction.pk, reason="No.", by=other, now=now)


def test_who_may_not_know_of_the_case_finds_none(
    redaction: Redaction, original: CaseDocument, staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redactions, "burn", lambda *_args: pytest.fail("the document was opened"))
    north = Compartment.objects.create(code="north", name="North")
    Case.objects.filter(pk=redaction.case_id).update(compartment=north)
    with pytest.raises(CaseNotFound):
        draw(redaction, staff.ines, now)
    with pytest.raises(CaseNotFound):
        proposed(redaction, staff.ines, now)
    with pytest.raises(CaseNotFound):
        redactions.withdraw_redaction(redaction_id=redaction.pk, reason="No.", by=staff.ines, now=now)
    with pytest.raises(CaseNotFound):
        begun(original, staff.ines, now)


def test_a_box_drawn_later_voids_what_was_proposed(redaction: Redaction, staff: Staff, now: datetime) -> None:
    approval = proposed(redaction, staff.ines, now)
    draw(redaction, staff.analyst, now, Box(1, 0.5, 0.5, 0.6, 0.6))
    assert again(redaction).state(now) == S.DRAFT
    with pytest.raises(NotApproved):
        as_approver(approval, staff.paul, now)


def test_a_box_written_past_the_action_makes_the_digest_differ(
    redaction: Redaction, staff: Staff, now: datetime
) -> None:
    approval = proposed(redaction, staff.ines, now)
    RedactionBox.objects.update(x1=0.9)
    with pytest.raises(NotWhatWasApproved):
        as_approver(approval, staff.paul, now)


def test_another_file_in_its_place_makes_the_digest_differ(
    redaction: Redaction, original: CaseDocument, staff: Staff, now: datetime
) -> None:
    approval = proposed(redaction, staff.ines, now)
    Redaction.objects.update(burned=original.document)
    with pytest.raises(NotWhatWasApproved):
        as_approver(approval, staff.paul, now)


def test_it_is_proposed_once_at_a_time(redaction: Redaction, staff: Staff, now: datetime) -> None:
    proposed(redaction, staff.ines, now)
    with pytest.raises((NotOpen, AlreadyProposed)):
        proposed(redaction, staff.analyst, now)


def test_what_somebody_draws_while_it_is_burned_is_not_lost(
    redaction: Redaction, staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burn_slowly(pdf: bytes, boxes: list[Box]) -> bytes:
        draw(redaction, staff.analyst, now, Box(1, 0.7, 0.7, 0.8, 0.8))
        return b"%PDF-1.4 burned with one box"

    monkeypatch.setattr(redactions, "burn", burn_slowly)
    with pytest.raises(ChangedMeanwhile):
        proposed(redaction, staff.ines, now)
    assert again(redaction).burned is None


def test_what_was_declined_or_expired_can_be_drawn_on(redaction: Redaction, staff: Staff, now: datetime) -> None:
    approval = proposed(redaction, staff.ines, now)
    decline(approval_id=approval.pk, decision="A name is left.", by=staff.paul, now=now)
    assert again(redaction).state(now) == S.DRAFT
    draw(redaction, staff.ines, now, Box(1, 0.5, 0.5, 0.6, 0.6))
    proposed(redaction, staff.ines, now)
    assert again(redaction).state(now + timedelta(days=15)) == S.DRAFT


def test_once_approved_its_boxes_stay(redaction: Redaction, staff: Staff, now: datetime) -> None:
    as_approver(proposed(redaction, staff.ines, now), staff.paul, now)
    with pytest.raises(NotOpen):
        draw(redaction, staff.ines, now)
    with pytest.raises(NotOpen):
        redactions.remove_box(redaction_id=redaction.pk, number=1, by=staff.ines, now=now)


def test_the_database_keeps_an_approved_one_as_it_is(
    redaction: Redaction, original: CaseDocument, staff: Staff, now: datetime
) -> None:
    as_approver(proposed(redaction, staff.ines, now), staff.paul, now)
    for write in (
        lambda: RedactionBox.objects.update(x1=0.9),
        lambda: RedactionBox.objects.all().delete(),
        lambda: Redaction.objects.update(burned=original.document),
        lambda: Redaction.objects.update(approved_at=None, shown=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_the_database_shows_nothing_that_nobody_approved(
    redaction: Redaction, original: CaseDocument, staff: Staff, now: datetime
) -> None:
    approval = proposed(redaction, staff.ines, now)
    with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
        Redaction.objects.update(approved_at=now, shown=original)
    Approval.objects.filter(pk=approval.pk).update(state=ApprovalState.EXECUTED, decided_by=staff.paul, executed_at=now)
    other = begun(original, staff.ines, now)
    with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
        Redaction.objects.filter(pk=other.pk).update(
            approved_at=now, shown=original, burned=original.document, approval=approval
        )


def test_a_withdrawn_one_is_never_shown_again(original: CaseDocument, staff: Staff, now: datetime) -> None:
    redaction = shown(original, staff, now)
    redactions.withdraw_redaction(redaction_id=redaction.pk, reason="A name is left.", by=staff.analyst, now=now)
    assert read_by_customer(original.case) == []
    with pytest.raises(NotOpen):
        redactions.withdraw_redaction(redaction_id=redaction.pk, reason="Again.", by=staff.analyst, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Redaction.objects.update(withdrawn_at=None)


def test_a_proposal_that_is_withdrawn_can_be_approved_by_nobody(
    redaction: Redaction, staff: Staff, now: datetime
) -> None:
    approval = proposed(redaction, staff.ines, now)
    redactions.withdraw_redaction(redaction_id=redaction.pk, reason="Not this one.", by=staff.ines, now=now)
    with pytest.raises(NotApproved):
        as_approver(approval, staff.paul, now)


def test_to_withdraw_needs_a_reason(redaction: Redaction, staff: Staff, now: datetime) -> None:
    with pytest.raises(ReasonMissing):
        redactions.withdraw_redaction(redaction_id=redaction.pk, reason=" ", by=staff.ines, now=now)


def test_a_new_one_for_the_same_readers_ends_the_old_one_for_good(
    original: CaseDocument, staff: Staff, now: datetime
) -> None:
    shown(original, staff, now)
    second = shown(original, staff, now)
    assert read_by_customer(original.case) == [2]
    redactions.withdraw_redaction(redaction_id=second.pk, reason="A name is left.", by=staff.ines, now=now)
    assert read_by_customer(original.case) == []


def test_one_customer_does_not_read_what_was_redacted_for_another(staff: Staff, now: datetime) -> None:
    carla, carl, controller = lives.carla(), lives.carla(), lives.carla()
    case = lives.received(now, customers=[carla, carl])
    original = with_order(case, now)
    shown(original, staff, now, customer=carla)
    assert [one.number for one in for_customer(case, carla, is_target=True)] == [1]
    assert for_customer(case, carl, is_target=True) == []
    shown(original, staff, now)
    assert [one.number for one in for_customer(case, carla, is_target=True)] == [1]
    assert [one.number for one in for_customer(case, carl, is_target=True)] == [2]
    assert for_customer(case, controller, is_target=False) == []


def test_it_is_redacted_for_customers_of_the_case_only(original: CaseDocument, staff: Staff, now: datetime) -> None:
    with pytest.raises(NotRedactable):
        begun(original, staff.ines, now, customer=lives.carla())


def test_of_a_forged_request_nothing_is_shown(original: CaseDocument, staff: Staff, now: datetime) -> None:
    shown(original, staff, now)
    raise_signal(original.case, FORGED, now=now)
    assert read_by_customer(original.case) == []


def test_after_the_key_is_destroyed_nothing_is_shown(original: CaseDocument, staff: Staff, now: datetime) -> None:
    redaction = shown(original, staff, now)
    assert redaction.burned is not None
    destroy_scope(redaction.burned.scope, by_id=None, now=now)
    assert read_by_customer(original.case) == []


def test_a_document_of_another_case_is_not_found(original: CaseDocument, staff: Staff, now: datetime) -> None:
    other = lives.received(now)
    for document_id in (original.document_id, UUID(int=7)):
        with pytest.raises(NotRedactable):
            redactions.begin_redaction(case_id=other.pk, document_id=document_id, customer=None, by=staff.ines, now=now)

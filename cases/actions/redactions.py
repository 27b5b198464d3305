"""Redacting a document for the customer: one draws, another agrees to the very file that would be shown.

What opens the received PDF runs apart and may take its time, so it is done before the case is locked; under the lock it
is seen that what was burned is still what is drawn. The file is burned once, on proposing: the second person reads the
bytes that the customer gets, and the digest that they approve covers them (invariant 5).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import ReasonMissing, propose, void_these
from cases.actions.changing import (
    CaseNotFound,
    ChangedMeanwhile,
    Refused,
    changing_for,
    committed,
    record,
    require_role,
    require_sight,
)
from cases.actions.second_person import SecondPersonRequired
from cases.models import (
    Approval,
    Case,
    CaseDocument,
    Customer,
    Redaction,
    RedactionBox,
    RedactionReason,
    RedactionState,
)
from cases.models.redaction import REDACTED
from cases.queries.redactions import customers_of, find_redactable, pdf_of, redactions_of
from cases.redaction import rendering
from cases.redaction.boxes import Box
from cases.redaction.burning import burn
from cases.redaction.problems import CannotRender
from cases.states import ApprovalKind
from vault.actions import DocumentMissing, store
from vault.commitments import commit
from vault.keys import ScopeDestroyed

WHO = (Role.ANALYST, Role.COUNSEL)
MOST_BOXES = 2000
S = RedactionState


class NotRedactable(Refused):
    """The document cannot be redacted: by what it is, or because it cannot be shown."""


class NotOpen(Refused):
    """The redaction is approved or withdrawn: what a customer read stays what it was."""


def begin_redaction(
    *, case_id: int, document_id: UUID, customer: Customer | None, by: User, now: datetime
) -> Redaction:
    """Begin to redact a document of the case, for one of its customers or (None) for all whom it is about.

    Raises CaseNotFound, NotForYou, NotRedactable.
    """
    original = _original(case_id, document_id, by)
    with _shown():
        sizes = rendering.sizes(pdf_of(original.document))
    with changing_for(by, case_id, *WHO) as case:
        if customer and not customers_of(case).filter(pk=customer.pk).exists():
            raise NotRedactable(_("This customer is not told of this case."))
        last = case.redactions.aggregate(last=Max("number"))["last"] or 0
        redaction = Redaction.objects.create(
            case=case,
            number=last + 1,
            original=original,
            customer=customer,
            sizes=sizes,
            prepared_by=by,
            prepared_at=now,
        )
        redaction.hands.add(by)
        record(
            case,
            kinds.REDACTION_BEGUN,
            at=now,
            by=by,
            redaction=redaction.pk,
            number=redaction.number,
            document=str(original.document_id),
            pages=len(sizes),
            for_one=customer is not None,
        )
        return redaction


def draw_boxes(
    *, redaction_id: int, boxes: Sequence[Box], reason: str, words: str, by: User, now: datetime
) -> list[RedactionBox]:
    """Draw boxes, all for one reason, and return them. What was proposed with other boxes is void.

    Raises ReasonMissing, NotOpen, NotRedactable for a page that the document does not have or too many boxes.
    """
    if reason not in RedactionReason.values or (reason == RedactionReason.OTHER and not words.strip()):
        raise ReasonMissing(_("Say why this is hidden: who reads the document may ask."))
    if not boxes:
        return []
    with _drawing(redaction_id, by, now) as redaction:
        if any(box.page > len(redaction.sizes) for box in boxes):
            raise NotRedactable(_("The document has no such page."))
        if redaction.boxes.count() + len(boxes) > MOST_BOXES:
            raise NotRedactable(_("These are too many boxes: hide whole paragraphs instead."))
        last = redaction.boxes.aggregate(last=Max("number"))["last"] or 0
        drawn = [
            RedactionBox(
                redaction=redaction,
                number=number,
                page=box.page,
                x0=box.x0,
                y0=box.y0,
                x1=box.x1,
                y1=box.y1,
                reason=reason,
                words=words.strip(),
                drawn_by=by,
                drawn_at=now,
            )
            for number, box in enumerate(boxes, start=last + 1)
        ]
        RedactionBox.objects.bulk_create(drawn)
        _record_change(redaction, drawn=len(drawn), removed=0, by=by, now=now)
        return drawn


def remove_box(*, redaction_id: int, number: int, by: User, now: datetime) -> None:
    """Take the box of that number away. What was proposed with it is void. Raises NotOpen, ChangedMeanwhile."""
    with _drawing(redaction_id, by, now) as redaction:
        removed, _rows = redaction.boxes.filter(number=number).delete()
        if not removed:
            raise ChangedMeanwhile(_("There is no such box any more."))
        _record_change(redaction, drawn=0, removed=1, by=by, now=now)


def propose_redaction(*, redaction_id: int, reason: str, by: User, now: datetime) -> Approval:
    """Burn the boxes in, keep the file under the case's key, and ask a second counsel whether the customer may read it.

    Raises ReasonMissing, NotOpen, NotRedactable, ChangedMeanwhile where somebody drew meanwhile, AlreadyProposed.
    """
    if not reason.strip():
        raise ReasonMissing(_("Give the second person your reason."))
    seen = _known(redaction_id, by)
    _require_open(seen, now, S.DRAFT)
    drawn = _drawn(seen)
    with _shown():
        pdf = burn(pdf_of(seen.original.document), drawn)
    with _changing(redaction_id, by) as redaction:
        _require_open(redaction, now, S.DRAFT)
        if _drawn(redaction) != drawn:
            raise ChangedMeanwhile(_("Somebody has drawn in it meanwhile: look at it again."))
        case = redaction.case
        redaction.burned = store(
            [pdf],
            scope=redaction.original.document.scope,  # a document has a scope, so its case has its key
            name=f"{case.reference}-{redaction.number}.pdf",  # the sender's own name may tell what the boxes hide
            by_id=by.pk,
            now=now,
        )
        redaction.save(update_fields=["burned"])
        _record_burned(redaction, boxes=len(drawn), by=by, now=now)
        params = {"redaction": redaction.pk, "number": redaction.number, "shown_to": redaction.customer_id}
        redaction.approval = propose(case, ApprovalKind.REDACT, params, reason=reason, by=by, now=now)
        redaction.save(update_fields=["approval"])
        return redaction.approval


def carry_out(case: Case, approval: Approval, *, by: User, now: datetime) -> None:
    """Let the customer read it, from now on; an earlier one of the same document for the same readers ends.

    Raises SecondPersonRequired where the approver had a hand in it, under whatever account.
    """
    redaction = redactions_of(case).get(pk=approval.subject["params"]["redaction"])
    if redaction.hands.filter(person=by.person_id).exists():
        raise SecondPersonRequired(_("You drew in this: a person who did not must approve it."))
    assert redaction.burned is not None  # noqa: S101 - the digest covers its hash
    earlier = case.redactions.filter(
        original=redaction.original, customer=redaction.customer, approved_at__isnull=False, withdrawn_at=None
    )
    for replaced in list(earlier):
        reason = _("Replaced by redaction %(number)d") % {"number": redaction.number}
        _end(case, replaced, reason, replaced_by=redaction.number, by=by, now=now)
    redaction.shown = CaseDocument.objects.create(case=case, document=redaction.burned, role=REDACTED, added_at=now)
    redaction.approved_at = now
    redaction.save(update_fields=["shown", "approved_at"])
    record(
        case,
        kinds.REDACTION_SHOWN,
        at=now,
        by=by,
        redaction=redaction.pk,
        number=redaction.number,
        document=str(redaction.burned.pk),
        boxes=redaction.boxes.count(),
    )


def withdraw_redaction(*, redaction_id: int, reason: str, by: User, now: datetime) -> None:
    """Withdraw a redaction: a draft is dropped, a proposal void, what the customer could read is shown no more.

    One person is enough: it hides, and what was hidden too much can be approved again. Raises ReasonMissing, NotOpen.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why it is withdrawn."))
    with _changing(redaction_id, by) as redaction:
        _require_open(redaction, now, S.DRAFT, S.PROPOSED, S.APPROVED)
        _void_proposal(redaction, now)
        _end(redaction.case, redaction, reason.strip(), replaced_by=None, by=by, now=now)


def _end(case: Case, redaction: Redaction, reason: str, *, replaced_by: int | None, by: User, now: datetime) -> None:
    redaction.withdrawn_at, redaction.withdrawn_by, redaction.withdrawn_reason = now, by, reason
    redaction.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(
        case,
        kinds.REDACTION_WITHDRAWN,
        at=now,
        by=by,
        redaction=redaction.pk,
        number=redaction.number,
        was_shown=redaction.approved_at is not None,
        replaced_by=replaced_by,
        reason=committed(case, reason, now=now),
    )


def _original(case_id: int, document_id: UUID, by: User) -> CaseDocument:
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise CaseNotFound
    require_sight(by, case)
    require_role(by, *WHO)
    found = find_redactable(case, document_id)
    if found is None:
        raise NotRedactable(_("Only a PDF that is legal process, or an order, can be redacted for the customer."))
    return found


def _known(redaction_id: int, by: User) -> Redaction:
    """Return the redaction as it is now, without a lock, for who may know of it and work on it."""
    found = Redaction.objects.select_related("case", "original__document__scope", "approval").get(pk=redaction_id)
    require_sight(by, found.case)
    require_role(by, *WHO)
    return found


@contextmanager
def _changing(redaction_id: int, by: User) -> Iterator[Redaction]:
    """Yield the redaction under its case's lock."""
    case_id = Redaction.objects.values_list("case", flat=True).get(pk=redaction_id)
    with changing_for(by, case_id, *WHO) as case:
        redaction = redactions_of(case).get(pk=redaction_id)
        redaction.case = case
        yield redaction


@contextmanager
def _drawing(redaction_id: int, by: User, now: datetime) -> Iterator[Redaction]:
    """Yield the redaction for a change of its boxes: a proposal of the old ones is void."""
    with _changing(redaction_id, by) as redaction:
        _require_open(redaction, now, S.DRAFT, S.PROPOSED)
        _void_proposal(redaction, now)
        redaction.hands.add(by)
        yield redaction


def _require_open(redaction: Redaction, now: datetime, *states: RedactionState) -> None:
    state = redaction.state(now)
    if state not in states:
        raise NotOpen(_("This redaction is in “%(state)s” now.") % {"state": state.label})


def _void_proposal(redaction: Redaction, now: datetime) -> None:
    approval = redaction.approval
    if approval and redaction.state(now) == S.PROPOSED:
        void_these(redaction.case, [approval.pk], because="redaction_changed", now=now)


def _drawn(redaction: Redaction) -> list[Box]:
    return [row.box for row in redaction.boxes.all()]


def _record_change(redaction: Redaction, *, drawn: int, removed: int, by: User, now: datetime) -> None:
    record(
        redaction.case,
        kinds.REDACTION_CHANGED,
        at=now,
        by=by,
        redaction=redaction.pk,
        number=redaction.number,
        drawn=drawn,
        removed=removed,
        boxes=redaction.boxes.count(),
    )


def _record_burned(redaction: Redaction, *, boxes: int, by: User, now: datetime) -> None:
    burned = redaction.burned
    assert burned is not None  # noqa: S101 - it was just kept
    record(
        redaction.case,
        kinds.REDACTION_BURNED,
        at=now,
        by=by,
        redaction=redaction.pk,
        number=redaction.number,
        document=str(burned.pk),
        boxes=boxes,
        pages=len(redaction.sizes),
        digest=commit(burned.scope, burned.sha256),
    )


@contextmanager
def _shown() -> Iterator[None]:
    """Take a document that cannot be opened or shown for one that cannot be redacted."""
    try:
        yield
    except CannotRender as problem:
        raise NotRedactable(str(problem)) from problem
    except (ScopeDestroyed, DocumentMissing) as gone:
        raise NotRedactable(_("This document is gone: it cannot be opened any more.")) from gone

"""The paper that follows an emergency: awaited by a clock that stays due until somebody records it, and asked for."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing, changing_for, committed, record
from cases.actions.clocks import requeue, start_clock
from cases.actions.letters import draft_letter
from cases.actions.signals import raise_signal
from cases.models import Case, Clock, Letter, LetterKind
from cases.rules.clocks import FOLLOW_UP_PAPER
from cases.rules.fraud_signals import PAPER_NEVER_CAME
from cases.states import ClockState
from vault.models import Document


def await_paper(case: Case, *, by: User, now: datetime) -> None:
    """Let the clock of the follow-up paper run to the day that the analyst set, in the caller's transaction."""
    start_clock(case, FOLLOW_UP_PAPER, event_at=now, now=now, by=by)


def record_paper(
    *, case_id: int, came: bool, note: str, by: User, now: datetime, document: Document | None = None
) -> None:
    """Record that the paper came, and where it is kept; or that it will not come, which is a sign of fraud."""
    if not note.strip():
        raise Refused(_("Say how it came and what it is, or why it will not come."))
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        clock = case.clocks.filter(rule=FOLLOW_UP_PAPER, state=ClockState.RUNNING).first()
        if clock is None:
            raise Refused(_("No follow-up paper is awaited."))
        clock.state, clock.settled_at = ClockState.MET if came else ClockState.OVER, now
        clock.save(update_fields=["state", "settled_at"])
        record(
            case,
            kinds.PAPER_RECORDED,
            at=now,
            by=by,
            came=came,
            document=str(document.pk) if document else None,
            note=committed(case, note.strip(), now=now),
        )
        if not came:
            raise_signal(case, PAPER_NEVER_CAME, now=now)
        requeue(case)


def remind_of_papers(*, now: datetime) -> int:
    """Draft a reminder to the agency for every paper that is overdue, once; return how many."""
    drafted = Letter.objects.filter(
        case=OuterRef("case"), kind=LetterKind.QUESTION, drafted_at__gte=OuterRef("due_at"), drafted_by=None
    )
    overdue = Clock.objects.filter(
        ~Exists(drafted), rule=FOLLOW_UP_PAPER, state=ClockState.RUNNING, due_at__lte=now, case__is_held=False
    )
    return sum(_remind(case_id, now=now) for case_id in overdue.values_list("case_id", flat=True))


def _remind(case_id: int, *, now: datetime) -> int:
    with changing(case_id) as case:
        clock = case.clocks.filter(rule=FOLLOW_UP_PAPER, state=ClockState.RUNNING, due_at__lte=now).first()
        asked = case.letters.filter(kind=LetterKind.QUESTION, drafted_by=None)
        if clock is None or asked.filter(drafted_at__gte=clock.due_at).exists():
            return 0
        text = _(
            "In an emergency you had data from us (%(reference)s). Its follow-up paper has not come: please send it."
        )
        text %= {"reference": case.agency_reference or case.reference}
        draft_letter(case, LetterKind.QUESTION, text, by=None, now=now)
        return 1

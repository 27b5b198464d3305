"""A question to the agency, and its reply."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions import clocks
from cases.actions.changing import Refused, changing_for, committed, record, save_moved
from cases.actions.duties import settle_again
from cases.actions.letters import draft_letter
from cases.actions.review import change_request, require_state
from cases.models import Case, LetterKind, LetterState
from cases.rules.clocks import codes_started_by
from cases.states import ASKABLE, CaseState, ClockState


class EndStandsStill(Refused):
    """The end of an order is a court's: no question of ours moves it (invariant 8)."""


def ask_agency(*, case_id: int, text: str, pause_clocks: Collection[int], by: User, now: datetime) -> None:
    """Put a question to the agency; the clocks named stand still until its reply, the others run on."""
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        require_state(case, *ASKABLE)
        draft_letter(case, LetterKind.QUESTION, text, by=by, now=now)
        paused = list(case.clocks.filter(pk__in=pause_clocks, state=ClockState.RUNNING))
        if not all(clock.ends_answer for clock in paused):
            raise EndStandsStill(_("Only the time to answer can stand still: an order ends when its court says."))
        clocks.pause(case, paused, why=clocks.AGENCY_ASKED, by=by, now=now)
        _await_clarification(case, by=by, now=now)
        case.ask_agency()
        save_moved(case)
        record(
            case,
            kinds.AGENCY_ASKED,
            at=now,
            by=by,
            text=committed(case, text.strip(), now=now),
            paused=[clock.rule for clock in paused],
        )


def _await_clarification(case: Case, *, by: User, now: datetime) -> None:
    """Start the time that the law gives an authority to clarify. Law: Reg. (EU) 2023/1543 Arts. 10(6), 11(5)."""
    for rule in codes_started_by("clarification", case.instrument, now.astimezone(clocks.zone()).date()):
        clocks.settle_one(case, rule, ClockState.VOID, now=now, by=by)  # of an earlier question
        clocks.start_clock(case, rule, event_at=now, now=now, by=by)


def agency_replied(*, case_id: int, reply: str, changes_request: bool, by: User, now: datetime) -> None:
    """Record the reply. One that changes what is asked begins legal review again and voids approvals."""
    if not reply.strip():
        raise Refused(_("Write what the agency replied."))
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        require_state(case, CaseState.AWAITING_AGENCY)
        question = case.letters.filter(kind=LetterKind.QUESTION).exclude(state=LetterState.ANSWERED).last()
        if question:
            question.reply, question.answered_at, question.state = reply.strip(), now, LetterState.ANSWERED
            question.sent_at = question.sent_at or now
            question.save()
        for rule in codes_started_by("clarification", case.instrument, now.astimezone(clocks.zone()).date()):
            clocks.settle_one(case, rule, ClockState.MET, now=now, by=by)
        clocks.resume_suspended(case, clocks.AGENCY_ASKED, why=clocks.AGENCY_REPLIED, by=by, now=now)
        if changes_request:
            case.agency_changed_request()
        else:
            case.agency_replied()
        save_moved(case)
        if changes_request:
            change_request(case, because="request_changed", now=now)
        else:
            settle_again(case, now=now)
        record(
            case,
            kinds.AGENCY_REPLIED,
            at=now,
            by=by,
            text=committed(case, reply.strip(), now=now),
            changed=changes_request,
        )

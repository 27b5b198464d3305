"""How a life comes to its answer and its end: whole or in parts, in an emergency, and closed."""

from datetime import timedelta

from django.db.models import Q

from cases import guards
from cases.actions import deciding, ending, preservations, productions, review
from cases.actions.agencies import verify_agency
from cases.actions.productions import Row
from cases.dossier import read
from cases.models import Approval, Case, Preservation, VerificationMethod
from cases.states import ApprovalKind, ApprovalState, CaseState, DisclosureResult
from intake.demonstration import words
from intake.demonstration.deeds import DAY, agree, authorise, send_letters
from intake.demonstration.life import Life

CALL_BACK_LASTS = timedelta(days=30)
DELAY_DAYS = 90
PATIENCE = 30  # how often people look whether a case can go on
FREE = (CaseState.CUSTOMER_NOTIFIED, CaseState.NOTICE_WITHHELD)


def answer(life: Life) -> None:
    """Answer with everything authorised as soon as nothing stands in the way. Lives on where something always does."""
    while True:
        wait_until_free(life)
        approval = propose_answer(life)
        if agree(life, approval) and release(life, approval):
            return


def wait_until_free(life: Life) -> None:
    """Wait until the case may be answered: customers told, windows over, nothing objected or in question."""
    life.work(1, 5)
    for _look in range(PATIENCE):
        dossier = read(life.case, life.now, exact=False)
        if dossier.case.state in FREE and not dossier.not_yet and not guards.missing("answer", dossier):
            return
        ends = [duty.window_ends_at for duty in dossier.all_duties if duty.window_ends_at]
        ends += [clock.not_before_at for clock in dossier.clocks if clock.not_before_at]
        if ahead := [end for end in ends if end > life.now]:
            life.wait(max(ahead) - life.now)
        else:
            life.wait_for_something(timedelta(hours=8))
    life.live_on()


def propose_answer(life: Life) -> Approval:
    """Propose to answer with everything that is authorised."""
    case = life.case
    return productions.propose_release(
        case_id=case.pk,
        kind=ApprovalKind.ANSWER,
        rows=_rows(life, case),
        files=(),
        reason="Complete as authorised.",
        by=life.staff.ines,
        now=life.now,
    )


def _rows(life: Life, case: Case) -> list[Row]:
    found = life.rng.random() < 0.85
    results = {
        category: DisclosureResult.PRODUCED if found and life.rng.random() < 0.9 else DisclosureResult.NO_RECORDS
        for category in case.asked
    }
    return productions.rows_for_all(case, results, overall=_overall(case))


def _overall(case: Case) -> str:
    if "effect" in case.instrument.ends_in:
        return DisclosureResult.EFFECT_GIVEN
    return DisclosureResult.PRESERVED if case.instrument.ends_in <= {"preserved"} else ""


def release(life: Life, approval: Approval) -> bool:
    """Let Ines release what Paul approved; False where the ground under it moved meanwhile."""
    life.work(0.3, 5)
    if not Approval.objects.filter(pk=approval.pk, state=ApprovalState.APPROVED).exists():
        return False
    productions.release(approval_id=approval.pk, by=life.staff.ines, now=life.now)
    return True


def produce_parts(life: Life, count: int) -> None:
    """Release so many parts some days apart, each of the first target not spoken of yet, while nothing forbids it."""
    targets = list(life.case.targets.values_list("pk", "authorised")[:count])
    for target_id, authorised in targets:
        life.work(DAY, 3 * DAY)
        if guards.missing("produce_part", dossier := read(life.case, life.now, exact=True)) or dossier.not_yet:
            return
        approval = productions.propose_release(
            case_id=life.case_id,
            kind=ApprovalKind.PRODUCE_PART,
            rows=[Row(target_id, category, DisclosureResult.PRODUCED) for category in authorised],
            files=(),
            reason="What is ready by now.",
            by=life.staff.ines,
            now=life.now,
        )
        if agree(life, approval):
            release(life, approval)


def state_danger(life: Life) -> None:
    """An analyst finds that it is an emergency, and calls the agency back."""
    danger, how = life.rng.choice(words.DANGERS)
    life.wait(timedelta(minutes=life.rng.randint(4, 15)))
    review.set_emergency(
        case_id=life.case_id,
        danger=danger,
        data_to_danger=how,
        follow_up_paper_date=(life.now + timedelta(days=3)).date(),
        by=life.analyst,
        now=life.now,
    )
    life.wait(timedelta(minutes=life.rng.randint(3, 12)))
    verify_agency(
        agency_id=life.case.agency_id,
        method=VerificationMethod.CALL_BACK,
        number_source="the national directory of police stations",
        evidence="The watch commander confirmed the request and the danger.",
        by=life.analyst,
        now=life.now,
        lasts=CALL_BACK_LASTS,
    )
    review.begin_review(case_id=life.case_id, by=life.analyst, now=life.now)
    authorise(life)


def propose_emergency_answer(life: Life) -> Approval:
    """Propose to give what averts the danger, the customers told later."""
    life.wait(timedelta(minutes=life.rng.randint(5, 20)))
    return productions.propose_release(
        case_id=life.case_id,
        kind=ApprovalKind.ANSWER_EMERGENCY,
        rows=_rows(life, life.case),
        files=(),
        reason="Life is in danger now, and these data can avert it.",
        by=life.staff.ines,
        now=life.now,
        delay_until=(life.now + timedelta(days=DELAY_DAYS)).date(),
    )


def answer_emergency(life: Life) -> None:
    """Give it at once, with two people."""
    approval = propose_emergency_answer(life)
    life.wait(timedelta(minutes=life.rng.randint(2, 15)))
    deciding.approve(
        approval_id=approval.pk,
        digest=approval.digest,
        decision="Called back myself.",
        by=life.staff.paul,
        now=life.now,
    )
    life.wait(timedelta(minutes=3))
    productions.release(approval_id=approval.pk, by=life.staff.ines, now=life.now)


def close(life: Life) -> None:
    """Close the case when nothing is left to do in it. Lives on while a customer is still to be told."""
    life.work(DAY, 9 * DAY)
    send_letters(life)
    for _look in range(PATIENCE):
        _release_holds(life)
        if not guards.missing("close", read(life.case, life.now, exact=False)):
            ending.close(case_id=life.case_id, by=life.analyst, now=life.now)
            return
        life.wait_for_something(timedelta(days=2))
    life.live_on()


def _release_holds(life: Life) -> None:
    """Release what was only kept for the answer, and what was kept as long as the law says."""
    over = Q(ends_date=None) | Q(lapsed_at__isnull=False)
    for hold in Preservation.objects.filter(over, case=life.case_id, released_at=None):
        preservations.release_hold(preservation_id=hold.pk, by=life.analyst, now=life.now)

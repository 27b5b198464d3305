"""How a life comes to its answer and its end: whole or in parts, in an emergency, and closed."""

from datetime import date, datetime, timedelta

from django.db.models import Max, Q

from cases import guards
from cases.actions import deciding, ending, measures, papers, preservations, productions, review, statements
from cases.actions.call_backs import record_call_back
from cases.actions.changing import Refused
from cases.actions.measures import NewMeasure
from cases.actions.productions import Row
from cases.dossier import read
from cases.models import Approval, Case, MeasureKind, NoticeDuty, Preservation
from cases.rules.measures import WORLDWIDE
from cases.states import ApprovalKind, ApprovalState, DisclosureResult
from intake.demonstration import words
from intake.demonstration.deeds import DAY, agree, authorise, send_letters
from intake.demonstration.life import Life

DELAY_DAYS = 90


def answer(life: Life) -> None:
    """Answer with everything authorised as soon as nothing stands in the way. Lives on where something always does."""
    while True:
        approval = propose_answer(life)
        if agree(life, approval) and release(life, approval):
            return


def propose_answer(life: Life) -> Approval:
    """Propose to answer with everything authorised as soon as customers were told, and windows and objections ended."""
    life.work(1, 5)
    prepare_effect(life)
    results = _results(life)
    while True:
        if (until := _until(life)) > life.now:
            life.wait(until - life.now)
        try:
            return _propose(life, ApprovalKind.ANSWER, results, "Complete as authorised.")
        except Refused:
            life.wait_for_something(timedelta(hours=8))


def prepare_effect(life: Life) -> None:
    """Record what an order asks to be done, whom else it hits (nobody), and what its notice repeats."""
    instrument, case_id, analyst = life.instrument, life.case_id, life.analyst
    if instrument.measures:
        new = NewMeasure(
            kind=MeasureKind(instrument.measures[0]),
            territories=(WORLDWIDE,) if instrument.kind == "seizure" else (life.shape.agency.country,),
            reasons=words.REASONS,
            redress=words.REDRESS,
        )
        measures.set_measures(case_id=case_id, new=new, by=analyst, now=life.now)
        measures.check_collateral(case_id=case_id, hit=(), note=words.NOBODY_ELSE, by=analyst, now=life.now)
    elif instrument.notice_states:
        statements.state_order(case_id=case_id, reasons=words.REASONS, redress=words.REDRESS, by=analyst, now=life.now)
    if statements.undecided(life.case, life.now):
        statements.decide_silence(case_id=case_id, reason=words.SILENCE_FIRST, by=life.staff.ines, now=life.now)


def _until(life: Life) -> datetime:
    """Return until when a customer may object, or a rule forbids answering; now where neither."""
    windows = NoticeDuty.objects.filter(case=life.case_id, waived_at=None).aggregate(end=Max("window_ends_at"))
    bars = life.case.clocks.aggregate(end=Max("not_before_at")) if life.instrument.not_before else {"end": None}
    return max(windows["end"] or life.now, bars["end"] or life.now)


def _propose(
    life: Life, kind: ApprovalKind, results: dict[str, str], reason: str, delay_until: date | None = None
) -> Approval:
    case = life.case
    return productions.propose_release(
        case_id=case.pk,
        kind=kind,
        rows=productions.rows_for_all(case, results, overall=_overall(case)),
        files=(),
        reason=reason,
        by=life.staff.ines,
        now=life.now,
        delay_until=delay_until,
    )


def _results(life: Life) -> dict[str, str]:
    """Return what becomes of each category: mostly there is something to give."""
    found = life.rng.random() < 0.85
    return {
        category: DisclosureResult.PRODUCED if found and life.rng.random() < 0.9 else DisclosureResult.NO_RECORDS
        for category in life.shape.asked
    }


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
    record_call_back(
        case_id=life.case_id,
        number_called="+1 555 0100",
        number_source="the national directory of police stations",
        evidence="The watch commander confirmed the request and the danger.",
        second_verifier=life.staff.paul,
        by=life.analyst,
        now=life.now,
    )
    review.begin_review(case_id=life.case_id, by=life.analyst, now=life.now)
    authorise(life)


def propose_emergency_answer(life: Life) -> Approval:
    """Propose to give what averts the danger, the customers told later."""
    life.wait(timedelta(minutes=life.rng.randint(5, 20)))
    delay_until = (life.now + timedelta(days=DELAY_DAYS)).date()
    reason = "Life is in danger now, and these data can avert it."
    return _propose(life, ApprovalKind.ANSWER_EMERGENCY, _results(life), reason, delay_until)


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
    life.work(DAY, 2 * DAY)
    papers.record_paper(case_id=life.case_id, came=True, note=words.PAPER, by=life.analyst, now=life.now)


def close(life: Life) -> None:
    """Close the case when nothing is left to do in it. Lives on while a customer is still to be told."""
    life.work(DAY, 9 * DAY)
    send_letters(life)
    while True:
        _release_holds(life)
        try:
            ending.close(case_id=life.case_id, by=life.analyst, now=life.now)
        except Refused:
            life.wait_for_something(timedelta(days=2))
        else:
            return


def _release_holds(life: Life) -> None:
    """Release what was only kept for the answer, and what was kept as long as the law says."""
    over = Q(ends_date=None) | Q(lapsed_at__isnull=False)
    for hold in Preservation.objects.filter(over, case=life.case_id, released_at=None):
        preservations.release_hold(preservation_id=hold.pk, by=life.analyst, now=life.now)

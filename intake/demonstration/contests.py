"""The courses in which somebody says no: a customer objects, we go to court, a notice is kept back or hurried."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings

from cases.actions import ending, objections
from cases.actions.challenges import (
    NewChallenge,
    challenge_order,
    propose_challenge,
    record_instance,
    resolve,
    resolve_order_challenge,
)
from cases.actions.duties import waive_window
from cases.actions.withholding import propose_shorter_window, propose_withholding
from cases.models import Approval, Challenge, ChallengeResult, ChallengeSubject, Forum, NoticeDuty, Objection
from cases.states import DutyKind, DutyState
from intake.demonstration import words
from intake.demonstration.answers import answer, close
from intake.demonstration.deeds import DAY, agree, check_conflict, review_all
from intake.demonstration.life import Life
from intake.demonstration.papers import keep_paper
from intake.demonstration.plots import Plot, to_notice


def told(life: Life) -> NoticeDuty | None:
    """Return a duty whose customer was told and may still object, after some days; None where there is none."""
    life.work(4, 3 * DAY)
    delivered = life.case.duties.filter(state=DutyState.DELIVERED, kind=DutyKind.REQUEST)
    return delivered.filter(window_ends_at__gt=life.now).first()


def object_to(life: Life) -> Objection | None:
    """Let a customer object, where one was told."""
    duty = told(life)
    if duty is None or not life.case.is_open:
        return None
    text = life.rng.choice(words.OBJECTIONS)
    return objections.receive_objection(duty_id=duty.pk, text=text, now=life.now)


def objected(life: Life) -> None:
    """A customer objects, and it ends in one of the four ways that an objection can end."""
    to_notice(life)
    objection = object_to(life)
    if objection:
        life.work(6, DAY)
        life.rng.choice((_taken_back, _unproven, _in_court, _decided))(life, objection)
    answer(life)
    close(life)


def _taken_back(life: Life, objection: Objection) -> None:
    life.wait(timedelta(days=3))
    objections.withdraw_objection(objection_id=objection.pk, now=life.now)


def _unproven(life: Life, objection: Objection) -> None:
    objections.ask_for_proof(objection_id=objection.pk, by=life.staff.ana, now=life.now)
    life.wait(timedelta(days=9))


def _in_court(life: Life, objection: Objection) -> None:
    objections.ask_for_proof(objection_id=objection.pk, by=life.staff.ana, now=life.now)
    life.wait(timedelta(days=4))
    objections.show_proof(objection_id=objection.pk, by=life.staff.ana, now=life.now)
    life.wait(timedelta(days=30))
    decision = "The court denied the motion: the subpoena is specific and relevant."
    objections.record_court_decision(objection_id=objection.pk, decision=decision, by=life.staff.ines, now=life.now)


def _decided(life: Life, objection: Objection) -> None:
    agree(life, _propose_decision(life, objection))
    life.wait(timedelta(days=5))


def _propose_decision(life: Life, objection: Objection) -> Approval:
    decision = life.rng.choice(words.DECISIONS)
    return objections.propose_decision(objection_id=objection.pk, decision=decision, by=life.staff.ines, now=life.now)


def objected_now(life: Life) -> None:
    """An objection that is open."""
    to_notice(life)
    object_to(life)


def decision_waits(life: Life) -> None:
    """The decision on an objection waits for a second counsel."""
    to_notice(life)
    if objection := object_to(life):
        life.work(3, 9)
        _propose_decision(life, objection)


def propose_to_challenge(life: Life) -> Approval:
    """Propose to go to court against the request."""
    life.work(DAY, 2 * DAY)
    return propose_challenge(case_id=life.case_id, new=_motion(life), by=life.staff.ines, now=life.now)


def _motion(life: Life, subject: ChallengeSubject = ChallengeSubject.REQUEST) -> NewChallenge:
    return NewChallenge(
        subject=subject,
        ground=words.GROUNDS_TO_CHALLENGE[subject == ChallengeSubject.NONDISCLOSURE],
        forum=Forum.COURT,
        forum_name=words.COURTS[life.shape.agency.country][0],
        last_day=(life.now + timedelta(days=14)).date(),
    )


def challenge_filed(life: Life) -> Challenge:
    """Challenge the request, with Paul's agreement, and file it."""
    to_notice(life)
    agree(life, propose_to_challenge(life))
    life.work(DAY, 3 * DAY)
    challenge = Challenge.objects.get(case=life.case_id)
    _record(life, challenge, result="")
    return challenge


def _record(life: Life, challenge: Challenge, *, result: str, is_decided: bool = False) -> None:
    # The day of the receiving office, which asks that what is on record has happened: in UTC it may be the next.
    today, keys = life.now.astimezone(settings.WRITDESK.receiving_zone).date(), life.case.keys
    paper = keep_paper(keys, "decision.pdf", "Decision", result, now=life.now) if is_decided and keys else None
    record_instance(
        challenge_id=challenge.pk,
        forum_name=words.COURTS[life.shape.agency.country][0],
        filed_date=None if is_decided else today,
        decided_date=today if is_decided else None,
        appeal_until_date=today + timedelta(days=14) if is_decided else None,
        result=result,
        document=paper,
        by=life.staff.ines,
        now=life.now,
    )


def challenged(life: Life) -> None:
    """We went to court; while the court thinks, the agency takes the request back."""
    challenge_filed(life)
    life.wait(timedelta(days=life.rng.randint(45, 120)))
    ending.withdraw(
        case_id=life.case_id,
        reason=words.WITHDRAWALS[1],
        by=life.staff.ines,
        now=life.now,
    )
    close(life)


def challenged_now(life: Life) -> None:
    """A challenge that is pending."""
    challenge_filed(life)
    life.live_on()


def _fought(life: Life, result: ChallengeResult) -> None:
    challenge = challenge_filed(life)
    life.wait(timedelta(days=40))
    _record(life, challenge, result=result, is_decided=True)
    life.wait(timedelta(days=16))
    resolve(challenge_id=challenge.pk, result=result, by=life.staff.ines, now=life.now)


def fought_and_upheld(life: Life) -> None:
    """The court let the request stand."""
    _fought(life, ChallengeResult.UPHELD)
    answer(life)
    close(life)


def fought_and_narrowed(life: Life) -> None:
    """The court narrowed it: review begins again."""
    _fought(life, ChallengeResult.NARROWED)
    review_all(life)
    check_conflict(life)
    answer(life)
    close(life)


def fought_and_quashed(life: Life) -> None:
    """The court quashed it."""
    _fought(life, ChallengeResult.QUASHED)
    close(life)


def order_fought(life: Life) -> None:
    """We went to court against the silence alone, and won: the customer is told."""
    to_notice(life)
    order = life.case.orders.filter(lifted_at=None).first()
    if order:
        life.work(DAY, 5 * DAY)
        motion = _motion(life, ChallengeSubject.NONDISCLOSURE)
        challenge = challenge_order(order_id=order.pk, new=motion, by=life.staff.ines, now=life.now)
        _record(life, challenge, result="")
        life.wait(timedelta(days=35))
        resolve_order_challenge(
            challenge_id=challenge.pk, result=ChallengeResult.LIFTED, by=life.staff.ines, now=life.now
        )
    answer(life)
    close(life)


def keep_from_customer(life: Life) -> Approval | None:
    """Propose not to tell yet by our own decision, where a notice waits."""
    waiting = life.case.duties.filter(state__in=[DutyState.PENDING, DutyState.FAILED]).first()
    if waiting is None:
        return None
    return propose_withholding(
        duty_id=waiting.pk,
        basis_code=life.rng.choice(("child_safety", "account_compromised", "counterproductive")),
        review_date=(life.now + timedelta(days=45)).date(),
        reason="The account was taken over: a notice now would reach whoever took it.",
        by=life.staff.ines,
        now=life.now,
    )


def kept_from_customer(life: Life) -> None:
    """Not told for six weeks by our own decision; answered meanwhile, told afterwards."""
    life.mail_bounces = True
    to_notice(life)
    life.work(0.5, 3)
    if approval := keep_from_customer(life):
        agree(life, approval)
    life.mail_bounces = False
    answer(life)
    close(life)


def hurried(life: Life) -> None:
    """The return date leaves no time: the window is shortened, and the customer told so; or they give it up."""
    to_notice(life)
    duty = told(life)
    if duty and life.rng.random() < 0.5:
        waive_window(duty_id=duty.pk, now=life.now)
    elif duty:
        approval = propose_shorter_window(
            duty_id=duty.pk,
            ends_at=life.now + timedelta(days=4),
            reason="The court refused to extend the return date.",
            by=life.staff.ines,
            now=life.now,
        )
        agree(life, approval)
    answer(life)
    close(life)


PLOTS: Mapping[str, Plot] = {
    plot.__name__: plot
    for plot in (
        objected,
        objected_now,
        decision_waits,
        challenged,
        challenged_now,
        fought_and_upheld,
        fought_and_narrowed,
        fought_and_quashed,
        order_fought,
        kept_from_customer,
        hurried,
    )
}

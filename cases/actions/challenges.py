"""Challenges to the request, to its nondisclosure, or both."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, propose, void_all, void_approvals
from cases.actions.changing import Refused, changing_for, committed, record, save_moved
from cases.actions.clocks import resume, settle_clocks
from cases.actions.comity import require_motion_complete
from cases.actions.duties import settle_again
from cases.actions.nondisclosure import mark_gagged
from cases.actions.outcomes import outcome_unless_part_left, owe_after_end
from cases.actions.preservations import hold
from cases.actions.productions import outcome_fact
from cases.actions.review import change_request, require_guards, require_state
from cases.models import (
    Approval,
    Case,
    Challenge,
    ChallengeResult,
    ChallengeSubject,
    Forum,
    Instance,
    NondisclosureOrder,
)
from cases.states import CHALLENGEABLE, ApprovalKind, CaseState, ClockState, Outcome
from vault.models import Document


@dataclass(frozen=True)
class NewChallenge:
    """A challenge as counsel proposes it."""

    subject: ChallengeSubject
    ground: str
    forum: Forum
    forum_name: str
    last_day: date


def propose_challenge(*, case_id: int, new: NewChallenge, by: User, now: datetime) -> Approval:
    """Ask another counsel to challenge the request (or both it and its nondisclosure)."""
    if new.subject == ChallengeSubject.NONDISCLOSURE:
        raise Refused(_("A challenge to the order alone moves nothing: record it beside the case."))
    if not new.ground.strip() or not new.forum_name.strip():
        raise Refused(_("State the ground, and before whom."))
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, *CHALLENGEABLE)
        require_motion_complete(case, new.forum)
        params = asdict(new) | {"last_day": new.last_day.isoformat()}
        return propose(case, ApprovalKind.CHALLENGE, params, reason=new.ground, by=by, now=now)


def begin(case: Case, approval: Approval, *, by: User, now: datetime) -> None:
    """Carry out an approved challenge: the case waits for it, its data preserved meanwhile."""
    require_state(case, *CHALLENGEABLE)
    params = approval.subject["params"]
    challenge = _save(case, params | {"last_day": date.fromisoformat(params["last_day"])}, order=None, by=by, now=now)
    hold(case, "challenge", starts_date=now.date(), ends_date=None, by=by, now=now, confirmed=False)
    void_approvals(case, RELEASE_KINDS, because="challenged", now=now)
    resume(case, now=now)  # a question that was out ends here: what stood still for it runs on
    case.challenge()
    save_moved(case)
    Instance.objects.create(challenge=challenge, forum_name=params["forum_name"])


def challenge_order(*, order_id: int, new: NewChallenge, by: User, now: datetime) -> Challenge:
    """Challenge an order not to tell by itself: possible in any state, closed included, and moves nothing."""
    case_id = NondisclosureOrder.objects.values_list("case_id", flat=True).get(pk=order_id)
    with changing_for(by, case_id, Role.COUNSEL) as case:
        order = case.orders.get(pk=order_id)
        challenge = _save(case, asdict(new) | {"subject": ChallengeSubject.NONDISCLOSURE}, order=order, by=by, now=now)
        Instance.objects.create(challenge=challenge, forum_name=new.forum_name)
        return challenge


def _save(
    case: Case, fields: dict[str, object], *, order: NondisclosureOrder | None, by: User, now: datetime
) -> Challenge:
    fields = {key: fields[key] for key in ("subject", "ground", "forum", "last_day")}
    challenge = Challenge.objects.create(case=case, order=order, began_at=now, **fields)
    record(
        case,
        kinds.CHALLENGED,
        at=now,
        by=by,
        challenge=challenge.pk,
        subject=challenge.subject,
        forum=challenge.forum,
        last_day=challenge.last_day,
        ground=committed(case, challenge.ground, now=now),
    )
    return challenge


def record_instance(
    *,
    challenge_id: int,
    forum_name: str,
    filed_date: date | None,
    decided_date: date | None,
    appeal_until_date: date | None,
    result: str,
    document: Document | None,
    by: User,
    now: datetime,
) -> Instance:
    """Record the state of the latest instance, or begin the next one after a decision was appealed."""
    with changing_for(by, _case_id(challenge_id), Role.COUNSEL) as case:
        challenge = case.challenges.get(pk=challenge_id)
        last = challenge.instances.order_by("-id").first()
        instance = last if last and last.decided_date is None else Instance(challenge=challenge)
        instance.forum_name, instance.filed_date = forum_name or instance.forum_name, filed_date or instance.filed_date
        instance.decided_date, instance.appeal_until_date, instance.result = decided_date, appeal_until_date, result
        instance.document = document or instance.document
        instance.save()
        record(
            case,
            kinds.INSTANCE_RECORDED,
            at=now,
            by=by,
            challenge=challenge.pk,
            instance=instance.pk,
            result=result or None,
            decided=decided_date,
            appeal_until=appeal_until_date,
        )
        return instance


def resolve(*, challenge_id: int, result: ChallengeResult, by: User, now: datetime) -> None:
    """End a challenge to the request: back to the state it left, to review when narrowed, or rejected when quashed."""
    with changing_for(by, _case_id(challenge_id), Role.COUNSEL) as case:
        require_state(case, CaseState.CHALLENGED)
        challenge = case.challenges.get(pk=challenge_id)
        if challenge.ended_at or challenge.subject == ChallengeSubject.NONDISCLOSURE:
            raise Refused(_("This is not the challenge to the request."))
        transition = {
            ChallengeResult.UPHELD: "resolve_challenge",
            ChallengeResult.NARROWED: "resolve_narrowed",
            ChallengeResult.QUASHED: "resolve_quashed",
        }[result]
        require_guards(transition, case, now)
        _require_decided_so(challenge, result)
        _end(case, challenge, result, by=by, now=now)
        if result == ChallengeResult.QUASHED:
            _quashed(case, by=by, now=now)
        elif result == ChallengeResult.NARROWED:
            case.resolve_narrowed()
            save_moved(case)
            change_request(case, because="narrowed", now=now)
        else:
            case.resolve_challenge()
            save_moved(case)
            settle_again(case, now=now)


def _require_decided_so(challenge: Challenge, result: ChallengeResult) -> None:
    """What the last instance decided is what became of the challenge; a lifted order leaves the request standing."""
    last = challenge.instances.order_by("-id").first()
    decided = last.result if last else ""
    if decided != result and (decided, result) != (ChallengeResult.LIFTED, ChallengeResult.UPHELD):
        raise Refused(_("The last instance decided otherwise: look at its result."))


def _quashed(case: Case, *, by: User, now: datetime) -> None:
    case.resolve_quashed(outcome=outcome_unless_part_left(case, Outcome.REJECTED), at=now)
    save_moved(case)
    void_all(case, because="quashed", now=now)
    settle_clocks(case, ClockState.MET, now=now, by=by)
    record(case, kinds.REJECTED, at=now, by=by, fact=outcome_fact(case, now), ground="quashed", reason=None)
    owe_after_end(case, by=by, now=now)


def moot(case: Case, *, by: User, now: datetime) -> None:
    """End the pending challenge to a request that ends otherwise, by a rejection or a withdrawal."""
    for challenge in case.challenges.filter(ended_at=None).exclude(subject=ChallengeSubject.NONDISCLOSURE):
        _end(case, challenge, ChallengeResult.MOOT, by=by, now=now)


def resolve_order_challenge(*, challenge_id: int, result: ChallengeResult, by: User, now: datetime) -> None:
    """End a challenge to an order not to tell. Won, it ends the order; the clock then tells the customers."""
    with changing_for(by, _case_id(challenge_id), Role.COUNSEL) as case:
        challenge = case.challenges.get(pk=challenge_id)
        if challenge.order_id is None or challenge.ended_at:
            raise Refused(_("This is not a pending challenge to an order."))
        _end(case, challenge, result, by=by, now=now)
        if result == ChallengeResult.LIFTED:
            case.orders.filter(pk=challenge.order_id, lifted_at=None).update(lifted_at=now, lifted_reason="challenge")
            mark_gagged(case, now=now)
            record(case, kinds.ORDER_LIFTED, at=now, by=by, order=challenge.order_id, reason=None)


def _end(case: Case, challenge: Challenge, result: ChallengeResult, *, by: User, now: datetime) -> None:
    challenge.ended_at, challenge.result = now, result
    challenge.save(update_fields=["ended_at", "result"])
    record(case, kinds.CHALLENGE_ENDED, at=now, by=by, challenge=challenge.pk, result=result)


def _case_id(challenge_id: int) -> int:
    return Challenge.objects.values_list("case_id", flat=True).get(pk=challenge_id)

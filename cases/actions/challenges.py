"""Challenges to the request, to its nondisclosure, or both."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, propose, void_all, void_approvals
from cases.actions.changing import Refused, changing_for, committed, record, save_moved
from cases.actions.clocks import AGENCY_ASKED, CHALLENGED, resume_suspended, settle_clocks
from cases.actions.comity import require_motion_complete
from cases.actions.court_days import follow_instance, stop_watching, watch_filing
from cases.actions.duties import settle_again
from cases.actions.narrowing import narrow
from cases.actions.nondisclosure import end_order
from cases.actions.outcomes import outcome_unless_part_left, owe_after_end
from cases.actions.preservations import CHALLENGE, hold
from cases.actions.productions import outcome_fact
from cases.actions.review import change_request, require_guards, require_state
from cases.actions.suspensions import let_clocks_run, let_clocks_stand
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
from cases.rules.remedies import OTHER, remedies_against
from cases.states import CHALLENGEABLE, ApprovalKind, CaseState, Category, ClockState, Outcome
from vault.models import Document


class OutOfOrder(Refused):
    """The days of an instance cannot be."""


@dataclass(frozen=True)
class NewChallenge:
    """A challenge as counsel proposes it."""

    subject: ChallengeSubject
    ground: str
    forum: Forum
    forum_name: str
    last_day: date
    remedy: str = OTHER  # of rules/data/remedies.toml
    order_id: int | None = None  # the order that is challenged with the request, where it is both


def propose_challenge(*, case_id: int, new: NewChallenge, by: User, now: datetime) -> Approval:
    """Ask another counsel to challenge the request, or both it and an order of the case not to tell."""
    if new.subject == ChallengeSubject.NONDISCLOSURE:
        raise Refused(_("A challenge to the order alone moves nothing: record it beside the case."))
    if not new.ground.strip() or not new.forum_name.strip():
        raise Refused(_("State the ground, and before whom."))
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, *CHALLENGEABLE)
        if new.remedy not in {one.code for one in remedies_against(case.instrument_code)}:
            raise Refused(_("This way to challenge does not lie against this kind of request."))
        _order_of(case, new.subject, new.order_id, now)
        require_motion_complete(case, new.forum, new.remedy, now)
        params = asdict(new) | {"last_day": new.last_day.isoformat()}
        return propose(case, ApprovalKind.CHALLENGE, params, reason=new.ground, by=by, now=now)


def begin(case: Case, approval: Approval, *, by: User, now: datetime) -> None:
    """Carry out an approved challenge: the case waits for it, its data preserved meanwhile."""
    require_state(case, *CHALLENGEABLE)
    params = approval.subject["params"]
    order = _order_of(case, params["subject"], params.get("order_id"), now)
    fields = {"remedy": OTHER} | params | {"last_day": date.fromisoformat(params["last_day"])}
    challenge = _save(case, fields, order=order, by=by, now=now)
    hold(case, CHALLENGE, starts_date=now.date(), ends_date=None, by=by, now=now, confirmed=False)
    void_approvals(case, RELEASE_KINDS, because="challenged", now=now)
    # A question that was out ends here: what stood still for it runs on.
    resume_suspended(case, AGENCY_ASKED, why=CHALLENGED, by=by, now=now)
    case.challenge()
    save_moved(case)
    Instance.objects.create(challenge=challenge, forum_name=params["forum_name"])
    watch_filing(case, challenge, by=by, now=now)
    let_clocks_stand(case, challenge, by=by, now=now)


def _order_of(case: Case, subject: str, order_id: int | None, now: datetime) -> NondisclosureOrder | None:
    """Return the order that a challenge of both is about; raises Refused where the case has no such order in force."""
    if subject != ChallengeSubject.BOTH:
        return None
    order = case.orders.filter(pk=order_id).first() if order_id else None
    if order is None or not order.in_force(now):
        raise Refused(_("Choose an order in force that is challenged with the request."))
    return order


def challenge_order(*, order_id: int, new: NewChallenge, by: User, now: datetime) -> Challenge:
    """Challenge an order not to tell by itself: possible in any state, closed included, and moves nothing."""
    case_id = NondisclosureOrder.objects.values_list("case_id", flat=True).get(pk=order_id)
    with changing_for(by, case_id, Role.COUNSEL) as case:
        order = case.orders.get(pk=order_id)
        alone = {"subject": ChallengeSubject.NONDISCLOSURE, "remedy": ""}
        challenge = _save(case, asdict(new) | alone, order=order, by=by, now=now)
        Instance.objects.create(challenge=challenge, forum_name=new.forum_name)
        watch_filing(case, challenge, by=by, now=now)
        return challenge


def _save(
    case: Case, fields: dict[str, object], *, order: NondisclosureOrder | None, by: User, now: datetime
) -> Challenge:
    fields = {key: fields[key] for key in ("subject", "ground", "forum", "last_day", "remedy")}
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
    hearing_date: date | None = None,
) -> Instance:
    """Record how the latest instance stands: what is given here counts, what is left out stays as it was.

    The next instance begins by an appeal: cases.actions.instances.record_appeal.
    """
    with changing_for(by, case_of(challenge_id), Role.COUNSEL) as case:
        instance = latest_instance(case, challenge_id)
        challenge = instance.challenge
        if decided_date and not (result or instance.result):
            raise Refused(_("Say what was decided."))
        instance.forum_name = forum_name or instance.forum_name
        instance.filed_date = filed_date or instance.filed_date
        instance.hearing_date = hearing_date or instance.hearing_date
        instance.decided_date = decided_date or instance.decided_date
        instance.appeal_until_date = appeal_until_date or instance.appeal_until_date
        instance.result = result or instance.result
        instance.document = document or instance.document
        _require_in_order(instance, now)
        instance.save()
        follow_instance(case, instance, by=by, now=now)
        record(
            case,
            kinds.INSTANCE_RECORDED,
            at=now,
            by=by,
            challenge=challenge.pk,
            instance=instance.pk,
            result=instance.result or None,
            hearing=instance.hearing_date,
            decided=instance.decided_date,
            appeal_until=instance.appeal_until_date,
        )
        return instance


def _require_in_order(instance: Instance, now: datetime) -> None:
    """What is on record has happened, and in its order: "every remedy exhausted" rests on these days."""
    today = now.astimezone(settings.WRITDESK.receiving_zone).date()
    filed, decided, until = instance.filed_date, instance.decided_date, instance.appeal_until_date
    if any(day and day > today for day in (filed, decided)):
        raise OutOfOrder(_("What was filed or decided lies in the past: look at the days again."))
    if filed and decided and decided < filed:
        raise OutOfOrder(_("It was decided before it was filed: look at the days again."))
    if until and decided and until < decided:
        raise OutOfOrder(_("The time to appeal ends after the decision: look at the days again."))


def latest_instance(case: Case, challenge_id: int) -> Instance:
    """Return the latest instance of a challenge of the case that is pending; raises Refused where it has ended."""
    challenge = case.challenges.get(pk=challenge_id)
    if challenge.ended_at:
        raise Refused(_("This challenge has ended."))
    last: Instance = challenge.instances.order_by("-id")[0]
    return last


def resolve(
    *,
    challenge_id: int,
    result: ChallengeResult,
    by: User,
    now: datetime,
    scope: Collection[Category] | None = None,
    target_ids: Collection[int] = (),
    fields: Collection[str] | None = None,
    order_lifted: bool = False,
) -> None:
    """End a challenge to the request: back to the state it left, to review when narrowed, or rejected when quashed.

    `scope`, `target_ids` and `fields` are what a court that narrowed leaves of what was asked, as in
    cases.actions.narrowing: nothing beyond it can be authorised any more. `order_lifted`: a challenge of both ended
    the order as well.
    """
    with changing_for(by, case_of(challenge_id), Role.COUNSEL) as case:
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
        if order_lifted or _decided(challenge) == ChallengeResult.LIFTED:
            _lift(case, challenge, by=by, now=now)
        if result != ChallengeResult.QUASHED:
            let_clocks_run(case, challenge, by=by, now=now)
        if result == ChallengeResult.QUASHED:
            _quashed(case, by=by, now=now)
        elif result == ChallengeResult.NARROWED:
            case.resolve_narrowed()
            save_moved(case)
            change_request(case, because="narrowed", now=now)
            narrow(case, scope=scope, target_ids=target_ids, fields=fields, by=by, now=now)
        else:
            case.resolve_challenge()
            save_moved(case)
            settle_again(case, now=now)


def _require_decided_so(challenge: Challenge, result: ChallengeResult) -> None:
    """What the last instance decided is what became of the challenge; a lifted order leaves the request standing."""
    decided = _decided(challenge)
    if decided != result and (decided, result) != (ChallengeResult.LIFTED, ChallengeResult.UPHELD):
        raise Refused(_("The last instance decided otherwise: look at its result."))


def _decided(challenge: Challenge) -> str:
    last = challenge.instances.order_by("-id").first()
    return last.result if last else ""


def _lift(case: Case, challenge: Challenge, *, by: User, now: datetime) -> None:
    """End the order that a challenge was about, where nobody has yet; the clock then tells the customers."""
    if challenge.order is None:
        raise Refused(_("This challenge is not about an order not to tell."))
    if challenge.order.lifted_at is None:
        end_order(case, challenge.order, str(_("A challenge ended it.")), by=by, now=now)


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
    with changing_for(by, case_of(challenge_id), Role.COUNSEL) as case:
        challenge = case.challenges.get(pk=challenge_id)
        if challenge.subject != ChallengeSubject.NONDISCLOSURE or challenge.ended_at:
            raise Refused(_("This is not a pending challenge to an order."))
        _end(case, challenge, result, by=by, now=now)
        if result == ChallengeResult.LIFTED:
            _lift(case, challenge, by=by, now=now)


def _end(case: Case, challenge: Challenge, result: ChallengeResult, *, by: User, now: datetime) -> None:
    challenge.ended_at, challenge.result = now, result
    challenge.save(update_fields=["ended_at", "result"])
    stop_watching(case, challenge, by=by, now=now)
    record(case, kinds.CHALLENGE_ENDED, at=now, by=by, challenge=challenge.pk, result=result)


def case_of(challenge_id: int) -> int:
    """Return the case of a challenge."""
    return Challenge.objects.values_list("case_id", flat=True).get(pk=challenge_id)

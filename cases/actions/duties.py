"""What a case owes its customers: created, withheld, fulfilled, failed, and settled for the case as a whole."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases import tally
from cases.actions.approvals import RELEASE_KINDS, void_approvals
from cases.actions.changing import Refused, changing, changing_for, committed, record, save_moved
from cases.actions.duty_records import record_duties, record_duty
from cases.actions.unsettled import unsettled
from cases.actions.windows import open_window
from cases.dossier import ABOUT_TARGETS
from cases.models import Case, Customer, NondisclosureOrder, NoticeDuty
from cases.models.customer import CustomerRole
from cases.rules import duties as rules
from cases.silence import Silence, never_told, order_against, silences_in_force
from cases.states import CaseState, DutyKind, DutyState


class DutyNotFailed(Refused):
    """Only a notice that failed, or has nobody to go to, can be tried again."""


class NeverTold(Refused):
    """The instrument forbids us to tell this customer, whoever asks: Reg. (EU) 2023/1543 Annex I Section H."""


def create_duties(case: Case, *, now: datetime, by: User | None, due_at: datetime | None = None) -> list[NoticeDuty]:
    """Give every target without one a duty: one per customer, apart for targets of nobody known that an order names.

    The caller knows that a notice is owed: review is passed, or something was kept or left, or the setting says so.
    Controllers whom the instrument lets us inform get one of their own beside it, as Section G(d) of the EPOC says.
    Returns the new duties. What state each begins in is the rule's: cases.rules.duties.notice_duty.
    """
    silences = silences_in_force(case, now)
    groups: defaultdict[tuple[int | None, NondisclosureOrder | None], list[int]] = defaultdict(list)
    for target_id, owner_id in case.targets.filter(duty=None).values_list("pk", "customer_id"):
        found = next((silence.order for silence in silences if silence.covers(owner_id, target_id)), None)
        groups[owner_id, found].append(target_id)
    customers = Customer.objects.in_bulk([pk for pk, _order in groups if pk])
    created = [
        _new_duty(case, customers.get(customer_id or 0), order=order, due_at=due_at) for customer_id, order in groups
    ]
    of_controllers = [
        _new_duty(case, customer, order=_order_over(silences, customer.pk), due_at=due_at, kind=DutyKind.CONTROLLER)
        for customer in _controllers_to_inform(case)
    ]
    NoticeDuty.objects.bulk_create(created + of_controllers, batch_size=2000)
    _give(zip(groups.values(), created, strict=True))
    created += of_controllers
    record_duties(case, created, kinds.DUTY_CREATED, at=now, by=by)
    tally.recount(case)
    return created


def _give(targets_of: Iterable[tuple[list[int], NoticeDuty]]) -> None:
    """Point targets to their duties: one statement, of one customer and of ten thousand."""
    pairs = [(target_id, duty.pk) for target_ids, duty in targets_of for target_id in target_ids]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_target SET duty_id = given.duty"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS given(target, duty) WHERE cases_target.id = given.target",
            [[target_id for target_id, _duty in pairs], [duty_id for _target, duty_id in pairs]],
        )


def _controllers_to_inform(case: Case) -> list[Customer]:
    """Return the controllers in the case who have no duty of their own yet; none before Section G(d) is on record."""
    if not (case.controller_notice and case.instrument.controller_notice):
        return []
    # One that was dropped because its customer was thought to be no controller does not stand in the way.
    theirs = case.duties.filter(kind=DutyKind.CONTROLLER).exclude(state=DutyState.NOT_OWED, basis="matched")
    customers = Customer.objects.filter(pk__in=case.targets.values("customer"), role=CustomerRole.CONTROLLER)
    return list(customers.exclude(pk__in=theirs.values("customer")).order_by("pk"))


def _order_over(
    silences: Iterable[Silence], customer_id: int | None, kind: DutyKind = DutyKind.REQUEST
) -> NondisclosureOrder | None:
    # Who is affected beside a target has none of their own: in doubt every order covers them.
    is_beside = kind == DutyKind.AFFECTED
    return next((silence.order for silence in silences if is_beside or silence.covers(customer_id)), None)


def drop_idle_controllers(case: Case, *, now: datetime, by: User | None) -> None:
    """Owe nothing more to who is no controller, or has no target left in the case, and does not know yet."""
    theirs = case.duties.filter(kind=DutyKind.CONTROLLER, delivered_at=None)
    controllers = case.targets.filter(customer__role=CustomerRole.CONTROLLER)
    idle = theirs.exclude(customer__in=controllers.order_by().values("customer"))
    change_duties(
        case, list(idle.exclude(state=DutyState.NOT_OWED)), DutyState.NOT_OWED, now=now, by=by, basis_code="matched"
    )


def _new_duty(
    case: Case,
    customer: Customer | None,
    *,
    order: NondisclosureOrder | None,
    due_at: datetime | None,
    kind: DutyKind = DutyKind.REQUEST,
) -> NoticeDuty:
    owed = rules.notice_duty(
        case.instrument,
        basis_in_force=order is not None,
        emergency=False,
        has_contact=bool(customer and (customer.email or customer.postal_address.strip())),
        passed_review=True,
        preserved_or_disclosed=False,
        notice_before_review=False,
        role="controller" if kind == DutyKind.CONTROLLER else "user",
    )
    duty = NoticeDuty(case=case, customer=customer, kind=kind, state=owed.state, due_at=due_at)
    if owed.state == DutyState.NOT_OWED:
        duty.basis = owed.reason
    elif duty.state == DutyState.WITHHELD and order:
        duty.order, duty.basis = order, order.basis
    return duty


def change_duty(
    case: Case,
    duty: NoticeDuty,
    state: DutyState,
    *,
    now: datetime,
    by: User | None,
    basis_code: str = "",
    reason: str = "",
    until: datetime | None = None,
) -> None:
    """Move a duty and write it down. The caller has set what else the new state needs (order, end, review date).

    Raises NeverTold where the instrument forbids ever to tell this customer.
    """
    _require_tellable(case, [duty], state)
    duty.state, duty.basis, duty.reason = state, basis_code, reason
    duty.save()
    commitment = committed(case, reason, now=now)
    changed = {"state": state, "basis": basis_code or None, "until": until, "reason": commitment}
    record_duty(case, duty, kinds.DUTY_CHANGED, at=now, by=by, **changed)


def change_duties(
    case: Case,
    duties: Collection[NoticeDuty],
    state: DutyState,
    *,
    now: datetime,
    by: User | None,
    basis_code: str = "",
    until: datetime | None = None,
    **others: object,
) -> None:
    """Move many duties to one state and write each down, as change_duty does; `others` are further columns."""
    if not duties:
        return
    _require_tellable(case, duties, state)
    columns = {"state": state, "basis": basis_code, "reason": "", **others}
    for duty in duties:
        for name, value in columns.items():
            setattr(duty, name, value)
    NoticeDuty.objects.filter(pk__in=[duty.pk for duty in duties]).update(**columns)
    changed = {"state": state, "basis": basis_code or None, "until": until, "reason": None}
    record_duties(case, duties, kinds.DUTY_CHANGED, at=now, by=by, **changed)


def _require_tellable(case: Case, duties: Iterable[NoticeDuty], state: DutyState) -> None:
    """Nobody can make a notice due that the instrument forbids: no role, no second person, no bulk change."""
    if state == DutyState.PENDING and any(never_told(case, duty.kind) for duty in duties):
        raise NeverTold(_("The provider may never tell the customer of this kind of request."))


def owe_followers(case: Case, kind: DutyKind, *, now: datetime, by: User | None) -> None:
    """Owe a further notice (outcome, decision, fraud) to everyone who got a first one."""
    told = case.duties.filter(kind__in=ABOUT_TARGETS, state=DutyState.DELIVERED).order_by("customer_id", "id")
    owe_all(case, kind, dict.fromkeys(told.values_list("customer_id", flat=True)), now=now, by=by)


def owe(case: Case, kind: DutyKind, *, customer_id: int | None, now: datetime, by: User | None) -> NoticeDuty:
    """Owe one customer a further notice, due now; an order in force holds it back from the first moment."""
    (duty,) = owe_all(case, kind, [customer_id], now=now, by=by)
    return duty


def owe_all(
    case: Case, kind: DutyKind, customer_ids: Iterable[int | None], *, now: datetime, by: User | None
) -> list[NoticeDuty]:
    """Owe a further notice to each of these customers, as `owe` does to one; return the duties in their order."""
    silences = silences_in_force(case, now)
    duties = []
    for customer_id in customer_ids:
        duty = NoticeDuty(case=case, customer_id=customer_id, kind=kind, due_at=now)
        if never_told(case, kind):
            duty.state, duty.basis = DutyState.NOT_OWED, "never_by_provider"
        elif order := _order_over(silences, customer_id, kind):
            duty.state, duty.basis, duty.order = DutyState.WITHHELD, order.basis, order
        duties.append(duty)
    NoticeDuty.objects.bulk_create(duties, batch_size=2000)
    record_duties(case, duties, kinds.DUTY_CREATED, at=now, by=by)
    return duties


def settle_notices(case: Case, *, now: datetime) -> None:
    """Move a case on when every duty about its targets is settled; do nothing while one is not.

    At least one customer told: customer_notified. None: notice_withheld.
    """
    if case.state != CaseState.NOTICE_PENDING or case.is_held:
        return
    if unsettled(case).exists():
        return
    if case.duties.filter(kind__in=ABOUT_TARGETS, state=DutyState.DELIVERED).exists():
        case.settle_as_notified()
    else:
        case.settle_as_withheld()
    save_moved(case)
    record(case, kinds.NOTICES_SETTLED, at=now, by=None, state=case.state)


def settle_again(case: Case, *, now: datetime) -> None:
    """Ask the notices again for a case that comes back to a state it had left: something may have changed meanwhile."""
    settled = (CaseState.CUSTOMER_NOTIFIED, CaseState.NOTICE_WITHHELD)
    if case.state in settled and unsettled(case).exists():
        case.basis_ended()
        save_moved(case)
    settle_notices(case, now=now)


def record_delivery(*, duty_id: int, at: datetime, now: datetime, confirmed: bool = False) -> None:
    """Note that a notice reached its customer: by the relay's acceptance, an event, or a letter's days over.

    The window starts the day after, in the customer's zone. A notice that left although silence was ordered meanwhile
    is noted plainly as told before. A second report of the same delivery changes nothing but its confirmation.
    """
    duty, case_id = _duty_and_case(duty_id)
    with changing(case_id) as case:
        duty.refresh_from_db()
        deliver(case, duty, at=at, now=now, confirmed=confirmed)


def deliver(case: Case, duty: NoticeDuty, *, at: datetime, now: datetime, confirmed: bool = False) -> None:
    """Do what record_delivery says for who holds the case's lock already, and read the duty under it."""
    if duty.state == DutyState.DELIVERED or (duty.state == DutyState.WITHHELD and duty.delivered_at):
        _confirm(case, duty, at=at, now=now, confirmed=confirmed)
        return
    duty.delivered_at, duty.uncertain_at, duty.failed_at = at, None, None
    duty.confirmed_at = at if confirmed else None
    if duty.state == DutyState.WITHHELD:
        duty.told_before = True
    else:
        open_window(case, duty, at=now)
        duty.state, duty.told_before = DutyState.DELIVERED, False
    duty.save()
    record_duty(
        case,
        duty,
        kinds.NOTICE_DELIVERED,
        at=now,
        by=None,
        confirmed=confirmed,
        window_ends=duty.window_ends_at,
    )
    settle_notices(case, now=now)


def _duty_and_case(duty_id: int) -> tuple[NoticeDuty, int]:
    duty = NoticeDuty.objects.select_related("customer").get(pk=duty_id)
    return duty, duty.case_id


def _confirm(case: Case, duty: NoticeDuty, *, at: datetime, now: datetime, confirmed: bool) -> None:
    if not confirmed or duty.confirmed_at:
        return
    duty.confirmed_at = at
    duty.save(update_fields=["confirmed_at"])
    record(case, kinds.DELIVERY_CONFIRMED, at=now, by=None, duty=duty.pk)


def record_failure(*, duty_id: int, now: datetime, because: str) -> None:
    """Note that a notice failed for good: a person's work now. A bounce after delivery takes the case back.

    A notice that had left before silence was ordered, and came back since, told nobody: it is owed when silence ends.
    """
    duty, case_id = _duty_and_case(duty_id)
    with changing(case_id) as case:
        duty.refresh_from_db()
        left_before = duty.state == DutyState.WITHHELD and duty.told_before
        if duty.state not in (DutyState.PENDING, DutyState.DELIVERED) and not left_before:
            return
        duty.uncertain_at = duty.delivered_at = duty.confirmed_at = duty.waived_at = None
        duty.window_starts_at = duty.window_ends_at = None
        duty.told_before, duty.posted_on = False, None
        if not left_before:
            duty.state, duty.failed_at = DutyState.FAILED, now
        duty.save()
        record_duty(case, duty, kinds.NOTICE_FAILED, at=now, by=None, because=because)
        if duty.kind in ABOUT_TARGETS and not left_before:
            void_approvals(case, RELEASE_KINDS, because="notice_failed", now=now)
            if case.state == CaseState.CUSTOMER_NOTIFIED:
                case.notice_failed()
                save_moved(case)


def record_uncertain(*, duty_id: int, now: datetime) -> None:
    """Note that an attempt has no outcome: perhaps the customer knows. Never counted as delivered (invariant 4).

    Where silence was ordered before anybody missed the outcome, the order's reader learns that one may have left.
    """
    NoticeDuty.objects.filter(pk=duty_id, state=DutyState.PENDING).update(uncertain_at=now)
    NoticeDuty.objects.filter(pk=duty_id, state=DutyState.WITHHELD).update(uncertain_at=now, told_before=True)


def record_posted(*, duty_id: int, posted_on: date, now: datetime) -> None:
    """Note that a letter with the notice was put into the post that day: from then on the customer may know of it.

    It counts as delivered when the operator's days are over: record_delivery. Where silence was ordered before it was
    noted, it is noted plainly as told before.
    """
    record_uncertain(duty_id=duty_id, now=now)
    NoticeDuty.objects.filter(pk=duty_id, uncertain_at__isnull=False).update(posted_on=posted_on)


def waive_window(*, duty_id: int, now: datetime) -> None:
    """The customer gives up the rest of the window: they consent."""
    duty, case_id = _duty_and_case(duty_id)
    with changing(case_id) as case:
        duty.refresh_from_db()
        if duty.state != DutyState.DELIVERED or duty.waived_at:
            raise Refused(_("There is no running objection window to give up."))
        duty.waived_at = now
        duty.save(update_fields=["waived_at"])
        record(case, kinds.WINDOW_WAIVED, at=now, by=None, duty=duty.pk)


def try_again(*, duty_id: int, by: User, now: datetime) -> None:
    """Owe a failed notice anew, after a person corrected the address. An order in force meanwhile withholds it."""
    duty, case_id = _duty_and_case(duty_id)
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        duty.refresh_from_db()
        if duty.state != DutyState.FAILED:
            raise DutyNotFailed(_("This notice has not failed."))
        duty.failed_at, duty.due_at = None, now
        if order := order_against(duty, case.orders.all(), now):
            duty.save(update_fields=["failed_at", "due_at"])
            hold_duties(case, [duty], order, by=by, now=now)
            settle_notices(case, now=now)
        else:
            change_duty(case, duty, DutyState.PENDING, now=now, by=by)


def hold_duties(
    case: Case, duties: Collection[NoticeDuty], order: NondisclosureOrder, *, by: User | None, now: datetime
) -> None:
    """Withhold duties because of an order. An order needs no second person."""
    change_duties(
        case,
        duties,
        DutyState.WITHHELD,
        now=now,
        by=by,
        basis_code=order.basis,
        order=order,
        withheld_until=None,
        review_date=order.review_date,
    )


def notices_begun(case: Case) -> bool:
    """Whether what is owed is due: the conflict check is cleared, or something left.

    Where the instrument tells at its effect: something took effect, or the case has ended without.
    """
    if case.instrument.tells_at_effect:
        return not case.is_open or case.productions.exists()
    resting = (CaseState.AWAITING_AGENCY, CaseState.CHALLENGED)
    state = case.state_left if case.state in resting else case.state
    return state not in (CaseState.RECEIVED, CaseState.LEGAL_REVIEW, CaseState.CONFLICT_CHECK) or (
        case.productions.exists()
    )

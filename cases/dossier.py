"""Everything a guard asks about a case, read once: under the lock for an action, without it for a page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from cases import tally
from cases.gathering import gather, in_order
from cases.models import (
    Approval,
    Case,
    Challenge,
    Clock,
    FraudSignal,
    Instance,
    Letter,
    Measure,
    NondisclosureOrder,
    NoticeDuty,
    Objection,
    OrderStatement,
    Preservation,
    Production,
    ReviewAnswer,
    Verification,
)
from cases.release import why_not_yet
from cases.rules import measures
from cases.rules.instruments import Instrument
from cases.states import ApprovalState, DutyKind
from cases.tally import Tally

# Notices of an outcome or a fraud follow an answer; only these two stand before one.
ABOUT_TARGETS = (DutyKind.REQUEST, DutyKind.CONTROLLER)
APPROVALS_KEPT = 50
DUTIES_SHOWN = 200  # of a case with thousands of customers a page reads the first ones, and counts the rest


@dataclass(frozen=True)
class Dossier:
    """A case and the facts around it, at one moment. Guards are pure functions of this."""

    case: Case
    instrument: Instrument
    now: datetime
    today: date  # in the receiving office's zone
    tally: Tally
    is_verified: bool
    call_backs: tuple[Verification, ...]  # made for this case, after it came, and standing
    signals: tuple[FraudSignal, ...]
    review_answers: dict[str, str]
    review_rows: tuple[ReviewAnswer, ...]
    all_duties: tuple[NoticeDuty, ...]  # for a page no more than DUTIES_SHOWN
    duty_counts: Mapping[tuple[str, str], int]  # by kind and state, of all of them
    not_yet: tuple[str, ...]  # why targets of some duties may not be answered now, each reason once
    some_may_leave: bool  # targets of at least one duty may be answered now
    orders: tuple[NondisclosureOrder, ...]
    holds: int
    objections: tuple[Objection, ...]
    challenges: tuple[Challenge, ...]
    preservations: tuple[Preservation, ...]
    clocks: tuple[Clock, ...]
    letters: tuple[Letter, ...]
    approvals: tuple[Approval, ...]
    instances: tuple[Instance, ...]
    productions: tuple[Production, ...]
    has_measures: bool  # it is recorded what the order asks to be done, of some target at least
    is_collateral_checked: bool  # somebody looked for who else is hit, of one of them at least
    unstated: tuple[str, ...]  # what the notice must repeat of the order and of no target is on record
    is_measure_over: bool  # the last day of something that has effect has passed

    def duties(self, *states: str, kinds: tuple[str, ...] = ()) -> int:
        """How many duties are in one of the states."""
        wanted = self.duty_counts.items()
        return sum(number for (kind, state), number in wanted if state in states and (not kinds or kind in kinds))

    @property
    def last_instance(self) -> Instance | None:
        """The latest instance of the challenge that is pending, or None."""
        pending = self.challenge_pending
        return next((i for i in reversed(self.instances) if pending and i.challenge_id == pending.pk), None)

    def executed(self, kind: str) -> bool:
        """Whether something of this kind was approved, done, and still holds."""
        return any(a.kind == kind and a.state == ApprovalState.EXECUTED for a in self.approvals)

    @property
    def challenge_pending(self) -> Challenge | None:
        """The challenge to the request that is not over, or None."""
        running = (c for c in self.challenges if c.ended_at is None and c.subject != "nondisclosure")
        return next(running, None)


def read(case: Case, now: datetime, *, exact: bool) -> Dossier:
    """Return the dossier. `exact` counts targets anew (for an action, under lock); a page takes the kept counts."""
    rows = gather(
        {
            # A call back counts for the case that it was made for.
            "call_backs": case.verifications.filter(method="call_back", revoked_at=None, expires_at__gt=now),
            "signals": case.fraud_signals.all(),
            "answers": case.review_answers.all(),
            "orders": case.orders.all(),
            "holds": case.incoming_holds.filter(looked_at=None),
            "duties": case.duties.all() if exact else in_order(NoticeDuty, case)[:DUTIES_SHOWN],
            "objections": Objection.objects.filter(duty__in=case.duties.order_by().values("pk")),
            "challenges": case.challenges.all(),
            "instances": Instance.objects.filter(challenge__in=case.challenges.order_by().values("pk")),
            "preservations": case.preservations.all(),
            "clocks": case.clocks.all(),
            "letters": case.letters.all(),
            # What an approval says may be long: who needs it reads it.
            "approvals": case.approvals.defer("subject")[:APPROVALS_KEPT],
            "productions": case.productions.all(),
            "measures": case.measures.order_by()[:1],
            "measures_checked": case.measures.filter(collateral_checked_at__isnull=False).order_by()[:1],
            "measures_stated": _stated(case),
            "statement": OrderStatement.objects.filter(case=case),
            "measures_over": case.measures.filter(ended_at__isnull=False, reversed_at=None)[:1],
        }
    )
    call_backs = tuple(row for row in rows["call_backs"] if row.verified_at >= case.received_at)
    orders = {order.pk: order for order in rows["orders"]}
    for duty in rows["duties"]:
        duty.order = orders.get(duty.order_id)
    at_effect = case.instrument.tells_at_effect
    reasons = [why_not_yet(duty, now, at_effect=at_effect) for duty in rows["duties"] if duty.kind in ABOUT_TARGETS]
    return Dossier(
        case=case,
        instrument=case.instrument,
        now=now,
        today=now.astimezone(settings.WRITDESK.receiving_zone).date(),
        tally=tally.count(case) if exact else tally.kept(case),
        is_verified=case.agency.is_verified(now) or any(row.second_verifier_id for row in call_backs),
        call_backs=call_backs,
        signals=rows["signals"],
        review_answers={row.item: row.answer for row in rows["answers"]},
        review_rows=rows["answers"],
        orders=rows["orders"],
        holds=len(rows["holds"]),
        all_duties=rows["duties"],
        duty_counts=_counts(case, rows["duties"], exact=exact),
        not_yet=tuple(dict.fromkeys(reason for reason in reasons if reason)),
        some_may_leave=None in reasons,
        objections=rows["objections"],
        challenges=rows["challenges"],
        instances=rows["instances"],
        preservations=rows["preservations"],
        clocks=rows["clocks"],
        letters=rows["letters"],
        approvals=rows["approvals"],
        productions=rows["productions"],
        has_measures=bool(rows["measures"]),
        is_collateral_checked=bool(rows["measures_checked"]),
        unstated=_unstated(case, rows),
        is_measure_over=bool(rows["measures_over"]),
    )


def _stated(case: Case) -> QuerySet[Measure]:
    """Return one of the measures without effect that say all that the notice must repeat."""
    said: QuerySet[Measure] = case.measures.filter(effect_at=None)  # territories are never empty: set_measures refuses
    for text in {"reasons", "redress"}.intersection(case.instrument.notice_states):
        said = said.exclude(**{text: ""})
    return said.order_by()[:1]


def _unstated(case: Case, rows: Mapping[str, tuple[Any, ...]]) -> tuple[str, ...]:
    if rows["measures_stated"]:
        return ()
    one = next(iter((*rows["measures"], *rows["statement"])), OrderStatement())
    territories = getattr(one, "territories", ())
    return measures.unstated(case.instrument, reasons=one.reasons, redress=one.redress, territories=territories)


def _counts(case: Case, duties: tuple[NoticeDuty, ...], *, exact: bool) -> Mapping[tuple[str, str], int]:
    if exact or len(duties) < DUTIES_SHOWN:
        return Counter((duty.kind, duty.state) for duty in duties)
    counted = case.duties.order_by().values_list("kind", "state").annotate(number=Count("pk"))
    return {(kind, state): number for kind, state, number in counted}

"""Which notices need a person, and why; and each notice of a case by its number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When

from accounts.models import User
from cases.access import known_to
from cases.dossier import ABOUT_TARGETS
from cases.models import Case, IncomingHold, Letter, NoticeDuty, Preservation
from cases.states import DutyState
from notifications.models import Message
from notifications.permission import IN_REVIEW
from notifications.posted import in_the_post
from notifications.states import WAITS_LONG, Because, MessageState, Need
from notifications.ways import unreachable

UNCERTAIN = Q(uncertain_at__isnull=False)


@dataclass(frozen=True)
class Needy:
    """A notice that needs a person: which of its case, what for, and why it did not leave by itself."""

    duty: NoticeDuty
    number: int
    need: Need
    because: Because | None


def needing(user: User, now: datetime, need: Need | None = None) -> QuerySet[NoticeDuty, Any]:
    """Return the duties that need a person, with their `need`, longest due first; of one need, or of all."""
    waiting = Q(state=DutyState.PENDING) & ~UNCERTAIN
    in_post = in_the_post(now)
    broken = Message.objects.filter(duty=OuterRef("pk"), state=MessageState.PLANNED, because=Because.BROKEN)
    conditions = {
        Need.FAILED: Q(state=DutyState.FAILED),
        Need.UNCERTAIN: Q(state=DutyState.PENDING) & UNCERTAIN & ~in_post,
        Need.NO_CONTACT: waiting & Q(due_at__lte=now) & unreachable(),
        Need.WAITING: waiting & (Q(due_at__lte=now - WAITS_LONG) | Q(Exists(broken))) & ~unreachable(),
    }
    cases = [When(condition, then=Value(code)) for code, condition in conditions.items()]
    duties = NoticeDuty.objects.filter(state__in=[DutyState.PENDING, DutyState.FAILED], is_held=False)
    found = known_to(user, duties).annotate(need=Choose(*cases, output_field=CharField()))
    chosen: QuerySet[NoticeDuty, Any] = found.filter(Q(need=need) if need else Q(need__isnull=False))
    explained = chosen.annotate(number=_number(), **_hindrances()).select_related("case", "customer")
    return explained.order_by(F("due_at").asc(nulls_last=True), "id")


def needy(duty: Any) -> Needy:
    """Return a row of `needing` with its reason in one word."""
    return Needy(duty, duty.number, Need(duty.need), _because(duty))


def _hindrances() -> dict[str, Any]:
    """Return what may hold a duty, as columns."""
    last = Message.objects.filter(duty=OuterRef("pk")).exclude(because="")
    unseen = IncomingHold.objects.filter(case=OuterRef("case"), looked_at=None)
    kept = Preservation.objects.filter(case=OuterRef("case"), confirmed_at__isnull=False, released_at=None)
    return {
        "noted": Subquery(last.order_by("-id").values("because")[:1]),
        "is_unseen": Exists(unseen),
        "is_kept": Exists(kept),
    }


def _because(duty: Any) -> Because | None:
    """Return what holds a duty now, in the order of notifications.permission, or else what ended its last message."""
    case: Case = duty.case
    if duty.state == DutyState.PENDING:
        if duty.kind in ABOUT_TARGETS and case.state in IN_REVIEW:
            return Because.IN_REVIEW
        if duty.kind in ABOUT_TARGETS and case.is_open and case.instrument.interim_preservation and not duty.is_kept:
            return Because.NOT_PRESERVED
        if duty.is_unseen or case.is_held:
            return Because.SILENT
    return Because(duty.noted) if duty.noted else None


def travels_of(errand: NoticeDuty | Letter) -> list[Message]:
    """Return the messages of a duty or a letter with their attempts and reports, newest first, by three queries.

    Reminders of a notice are among its messages.
    """
    its = Q(letter=errand) if isinstance(errand, Letter) else Q(duty=errand) | Q(reminder=errand)
    found = Message.objects.filter(its).select_related("settled_by", "wording")
    return list(found.prefetch_related("attempts", "events"))


def notices_of(case: Case) -> QuerySet[NoticeDuty, Any]:
    """Return the duties of a case with their number in it, as the case's page and addresses name them."""
    return numbered(case.duties.all()).select_related("customer").order_by("id")


def numbered(duties: QuerySet[NoticeDuty, Any]) -> QuerySet[NoticeDuty, Any]:
    """Return the duties, each with its number in its case."""
    return duties.annotate(number=_number())


def _number() -> Subquery:
    """Count the duties of the case up to this one: primary keys never leave the server."""
    before = NoticeDuty.objects.filter(case=OuterRef("case"), pk__lte=OuterRef("pk")).order_by()
    return Subquery(before.annotate(number=Func(F("pk"), function="count")).values("number"))

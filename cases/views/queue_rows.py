"""The queue as its table shows it: rows under headings of urgency."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.models.case import NEVER
from cases.rules.instruments import Instrument
from cases.states import CaseState

SOON = timedelta(hours=72)

Flag = tuple[str, str | Promise, str]


@dataclass(frozen=True)
class Group:
    """Cases of one urgency that follow one another on the page."""

    label: str | Promise
    count: str
    rows: list["Row"]


@dataclass(frozen=True)
class Row:
    """One case, in the words of components/queue_row.html."""

    case: Case
    now: datetime

    @property
    def instrument(self) -> str:
        return str(_(self._kind.title))

    @property
    def provision(self) -> str:
        return self._kind.cite

    @property
    def _kind(self) -> Instrument:
        return self.case.instrument

    @property
    def reference(self) -> str:
        return self.case.reference

    @property
    def url(self) -> str:
        return self.case.get_absolute_url()

    @property
    def due_at(self) -> datetime | None:
        return None if self.case.queue_at >= NEVER else self.case.queue_at

    @property
    def since_at(self) -> datetime:
        return self.case.received_at

    @property
    def agency(self) -> str:
        return self.case.agency.name

    @property
    def country(self) -> str:
        return self.case.agency_country

    @property
    def verification(self) -> str:
        return "yes" if self.case.agency.is_verified(self.now) else "no"

    @property
    def targets(self) -> int:
        return self.case.target_count

    @property
    def state(self) -> str:
        return str(self.case.state)

    @property
    def state_label(self) -> str:
        return self.case.state_words

    @property
    def flags(self) -> list[Flag]:
        return list(flags_of(self.case))

    @property
    def assignee(self) -> str:
        return self.case.assignee.name if self.case.assignee else ""


def flags_of(case: Case) -> Iterator[Flag]:
    """Yield the marks of a case: kind, words, icon."""
    if case.is_emergency:
        yield "bad", _("Emergency"), "bolt"
    elif case.danger_claimed and case.state == CaseState.RECEIVED:
        yield "warn", _("Sender says: danger"), "bolt"
    if case.is_gagged:
        yield "", _("Do not tell"), "lock"
    if case.has_objection:
        yield "info", _("Objection"), "object"
    if case.is_held:
        yield "warn", _("Held import"), "clip"
    if case.compartment_id:
        yield "seal", _("Sealed"), "seal"


def grouped(cases: Iterable[Case], now: datetime) -> list[Group]:
    """Return the cases, which come in the queue's order, under their headings; days are the reader's."""
    today = timezone.localtime(now).date()
    midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), time.min))

    def urgency(case: Case) -> str | Promise:
        if case.queue_at >= NEVER:
            return _("No clock")
        if case.queue_at < now:
            return _("Late")
        if case.queue_at < midnight:
            return _("Due today")
        return _("Due in 72 hours") if case.queue_at < now + SOON else _("Later")

    groups = [(label, [Row(case, now) for case in members]) for label, members in groupby(cases, key=urgency)]
    return [Group(label, str(len(rows)), rows) for label, rows in groups]

"""A case and the hour it has come to. Time passes by waiting, and things happen by themselves on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import NoReturn

from accounts.models import User
from cases.actions.clockwork import run_clocks
from cases.actions.duties import record_delivery, record_failure
from cases.models import Case, NoticeDuty
from cases.rules.instruments import Instrument, instrument
from cases.silence import why_silent
from cases.states import DutyState
from intake.demonstration.falling_due import MAIL_TAKES, moments_of
from intake.demonstration.house import Staff
from intake.demonstration.shapes import Shape


class Present(Exception):
    """The life has come to the present; what would follow is still to happen."""


@dataclass(frozen=True)
class Due:
    """The next moment at which something happens by itself; mail needs no clock."""

    at: datetime
    is_mail_only: bool


@dataclass
class Life:
    """A case that is being lived."""

    case_id: int
    shape: Shape
    staff: Staff
    rng: Random
    now: datetime
    present: datetime
    mail_bounces: bool = False
    looked: set[datetime] = field(default_factory=set)

    @property
    def case(self) -> Case:
        """The case as it is in the database now."""
        found: Case = Case.objects.select_related("agency", "keys").get(pk=self.case_id)
        return found

    @property
    def instrument(self) -> Instrument:
        """What the registry says of this kind of process."""
        return instrument(self.shape.kind.instrument)

    @property
    def analyst(self) -> User:
        """Who triages: what is sealed, somebody inside the compartment."""
        return self.staff.paul if self.instrument.national_security else self.staff.ana

    def work(self, *hours: float) -> None:
        """Wait while people work: so many hours, or between so many and so many, at the pace of this life."""
        took = self.rng.uniform(*hours) if len(hours) > 1 else hours[0]
        self.wait(timedelta(hours=took * self.shape.pace))

    def wait(self, took: timedelta) -> None:
        """Let time pass, and what happens in it happen. Raises Present where the time is not over yet."""
        until = self.now + timedelta(seconds=int(took.total_seconds()))
        while (due := self._next()) and due.at <= min(until, self.present):
            self.now = due.at
            self._happen(due)
        if until > self.present:
            self.now = self.present
            raise Present
        self.now = until

    def live_on(self) -> NoReturn:
        """Let the rest of the time pass with nobody doing anything. Raises Present."""
        self.wait(self.present - self.now)
        raise Present

    def wait_for_something(self, took: timedelta) -> None:
        """Wait until something happens by itself, and then so much longer. Raises Present where nothing does."""
        due = self._next()
        self.wait(took + (due.at if due else self.present) - self.now)

    def _next(self) -> Due | None:
        """Return what falls due next, not before now, and was not looked at yet."""
        moments = [(max(moment, self.now), is_mail) for moment, is_mail in moments_of(self.case_id)]
        ahead = [(at, is_mail) for at, is_mail in moments if at not in self.looked]
        if not ahead:
            return None
        at = min(ahead)[0]
        return Due(at, is_mail_only=all(is_mail for moment, is_mail in ahead if moment == at))

    def _happen(self, due: Due) -> None:
        self.looked = {moment for moment in self.looked if moment >= self.now} | {self.now}
        if not due.is_mail_only:
            run_clocks(now=self.now)
        for duty in self._mail():
            if self.mail_bounces:
                record_failure(duty_id=duty.pk, now=self.now, because="mailbox_unknown")
            else:
                record_delivery(duty_id=duty.pk, at=self.now, now=self.now, confirmed=self.rng.random() < 0.9)

    def _mail(self) -> Iterator[NoticeDuty]:
        """Yield the notices that leave now."""
        waiting = NoticeDuty.objects.filter(
            case=self.case_id, state=DutyState.PENDING, due_at__lte=self.now - MAIL_TAKES
        )
        for duty in waiting.exclude(customer=None).exclude(customer__email="").select_related("customer", "case"):
            if why_silent(duty.case, duty, self.now) is None:
                yield duty

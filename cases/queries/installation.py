"""Whether the installation is held, and what waits for its release."""

from dataclasses import dataclass
from datetime import datetime

from cases.models import Approval, Clock, IncomingHold, InstallationHold, NoticeDuty
from cases.states import RELEASES, ApprovalState, ClockState, DutyState


@dataclass(frozen=True)
class Waiting:
    """What would go on by itself, or could be released, once the hold is gone."""

    notices_due: int
    perhaps_told: int  # attempts without outcome
    silent: int  # notices withheld: orders that came since may prolong them
    releases: int  # productions approved and not released
    deadlines_passed: int
    not_looked_at: int


def hold_in_force() -> InstallationHold | None:
    """Return the hold of the installation, or None when it may act."""
    return InstallationHold.objects.filter(released_at=None).first()


def waiting(now: datetime) -> Waiting:
    """Return what waits, over all cases: counts only, for the two people who release the hold."""
    return Waiting(
        notices_due=NoticeDuty.objects.filter(state=DutyState.PENDING, due_at__lte=now).count(),
        perhaps_told=NoticeDuty.objects.filter(uncertain_at__isnull=False).count(),
        silent=NoticeDuty.objects.filter(state=DutyState.WITHHELD).count(),
        releases=Approval.objects.filter(kind__in=RELEASES, state=ApprovalState.APPROVED).count(),
        deadlines_passed=Clock.objects.filter(state=ClockState.RUNNING, due_at__lte=now).count(),
        not_looked_at=IncomingHold.objects.filter(looked_at=None).count(),
    )

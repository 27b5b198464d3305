"""The days of a challenge that nobody may miss: its filing, hearings, the appeal. Told of in time like every clock.

No rule counts them: counsel, the court or the decision names the day.
"""

from datetime import date, datetime

from accounts.models import User
from cases.actions.clocks import settle_one, start_clock, zone
from cases.models import Case, Challenge, Instance
from cases.rules.clocks import APPEAL_END, CHALLENGE_FILING, COURT_HEARING
from cases.rules.remedies import REMEDIES
from cases.states import ClockState


def watch_filing(case: Case, challenge: Challenge, *, by: User, now: datetime) -> None:
    """Let the time to file run through the challenge's last day."""
    _watch(case, challenge, CHALLENGE_FILING, challenge.last_day, by=by, now=now)


def note_filed(case: Case, challenge: Challenge, *, by: User, now: datetime) -> None:
    """Meet the time to file, and the law's own time for this remedy where it has one."""
    settle_one(case, CHALLENGE_FILING, ClockState.MET, now=now, by=by, challenge=challenge)
    if (found := REMEDIES.get(challenge.remedy)) and found.meets:
        settle_one(case, found.meets, ClockState.MET, now=now, by=by)


def follow_instance(case: Case, instance: Instance, *, by: User, now: datetime) -> None:
    """Let the clocks of a challenge say what its instance says: filed, a hearing, decided, until when to appeal."""
    challenge = instance.challenge
    if instance.filed_date:
        note_filed(case, challenge, by=by, now=now)
    if instance.decided_date:
        settle_one(case, CHALLENGE_FILING, ClockState.VOID, now=now, by=by, challenge=challenge)
        settle_one(case, COURT_HEARING, ClockState.VOID, now=now, by=by, challenge=challenge)
    elif instance.hearing_date:
        _watch(case, challenge, COURT_HEARING, instance.hearing_date, by=by, now=now)
    if instance.appealed_date:
        settle_one(case, APPEAL_END, ClockState.MET, now=now, by=by, challenge=challenge)
    elif instance.appeal_until_date:
        _watch(case, challenge, APPEAL_END, instance.appeal_until_date, by=by, now=now)


def stop_watching(case: Case, challenge: Challenge, *, by: User, now: datetime) -> None:
    """End what runs for a challenge that has ended."""
    for rule in (CHALLENGE_FILING, COURT_HEARING, APPEAL_END):
        settle_one(case, rule, ClockState.VOID, now=now, by=by, challenge=challenge)


def _watch(case: Case, challenge: Challenge, rule: str, day: date, *, by: User, now: datetime) -> None:
    """Start the clock to that day in place of one to another; one that runs to it, or ran out on it, stays."""
    if challenge.clocks.filter(rule=rule, named_date=day).exclude(state=ClockState.VOID).exists():
        return
    if day < now.astimezone(zone()).date():
        return  # written down afterwards: there is nothing to be told of in time
    settle_one(case, rule, ClockState.VOID, now=now, by=by, challenge=challenge)
    start_clock(case, rule, event_at=now, named_date=day, challenge=challenge, now=now, by=by)

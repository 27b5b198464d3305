"""The days a customer has: opened by a notice, or anew for who was told when there was nothing to object to."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from cases import ledger_kinds as kinds
from cases.actions.changing import committed, record
from cases.dossier import ABOUT_TARGETS
from cases.models import Case, Letter, LetterKind, NoticeDuty
from cases.rules.windows import Window, objection_window
from cases.states import OPEN, DutyKind, DutyState

# As long as a case is open data can still be kept back: a notice opens a window whatever else is going on in it, a
# review that begins anew, a question to the agency or a challenge included.
BEFORE_ANSWER = OPEN
# Working days a customer knows of a decision before anything is produced.
DECISION_DAYS = 2


def open_window(case: Case, duty: NoticeDuty, *, at: datetime) -> None:
    """Compute the objection window, where there is still something to object to."""
    window = window_after(case, duty)
    if window is None:
        return
    duty.window_starts_at, duty.window_ends_at = window.starts_at, window.ends_at
    duty.window_explanation = window.explanation
    if window.extension_wanted:
        _draft_extension(case, window, at=at)


def open_late_windows(case: Case, *, now: datetime) -> None:
    """Give their days, from now, to customers who were told when there was nothing left to object to.

    So it is for a case that was answered in silence, told afterwards and reopened: what is produced next waits.
    """
    told = case.duties.filter(kind__in=ABOUT_TARGETS, state=DutyState.DELIVERED, window_ends_at=None)
    for duty in told.select_related("customer"):
        open_window_from_now(case, duty, now=now)
        duty.save(update_fields=["window_starts_at", "window_ends_at", "window_explanation"])


def open_window_from_now(case: Case, duty: NoticeDuty, *, now: datetime) -> None:
    """Open a window as if the notice had come at this moment: until now the customer could not have objected."""
    delivered_at, duty.delivered_at = duty.delivered_at, now
    open_window(case, duty, at=now)
    duty.delivered_at = delivered_at
    if duty.window_ends_at:
        record(case, kinds.WINDOW_OPENED, at=now, by=None, duty=duty.pk, ends=duty.window_ends_at)


def window_after(case: Case, duty: NoticeDuty) -> Window | None:
    """Return the window that the delivery of this duty opens; None where there is nothing left to object to."""
    if duty.kind == DutyKind.DECISION:
        return _decision_window(duty)
    if duty.kind in ABOUT_TARGETS and case.instrument.window and case.state in BEFORE_ANSWER:
        return policy_window(case, duty)
    return None


def policy_window(case: Case, duty: NoticeDuty) -> Window:
    """Return the operator's window for this customer."""
    desk = settings.WRITDESK
    return _window(
        duty,
        days=desk.notice_days,
        calendar=desk.notice_calendar,
        rule=desk.window_rule,
        return_date=case.return_date,
    )


def _decision_window(duty: NoticeDuty) -> Window:
    return _window(duty, days=DECISION_DAYS, calendar="working", rule="later_of", return_date=None)


def _window(duty: NoticeDuty, *, days: int, calendar: str, rule: str, return_date: date | None) -> Window:
    """Return a window from the duty's delivery, in its customer's zone (ours, where letters go to an unknown one)."""
    desk, customer, delivered_at = settings.WRITDESK, duty.customer, duty.delivered_at
    if delivered_at is None:
        raise ValueError(f"duty {duty.pk} is not delivered: it has no window")
    return objection_window(
        delivered_at=delivered_at,
        zone=customer.zone if customer else desk.receiving_zone,
        days=days,
        calendar=calendar,
        country=customer.country if customer and customer.country else desk.receiving_country,
        rule=rule,
        return_date=return_date,
    )


def _draft_extension(case: Case, window: Window, *, at: datetime) -> None:
    """The return date comes before the window's end: ask the agency for more time at once, but only once."""
    if case.letters.filter(kind=LetterKind.EXTENSION).exists():
        return
    text = _(
        "We have told our customer of your request %(reference)s. They may object until %(until)s. "
        "Please extend the return date to a day after that."
    ) % {"reference": case.agency_reference or case.reference, "until": f"{window.ends_at:%Y-%m-%d}"}
    letter = Letter.objects.create(case=case, kind=LetterKind.EXTENSION, text=text, drafted_at=at)
    record(
        case,
        kinds.LETTER_DRAFTED,
        at=letter.drafted_at,
        by=None,
        letter=letter.pk,
        letter_kind=letter.kind,
        text=committed(case, text, now=letter.drafted_at),
    )

"""Whether a target's data may leave now, as far as its customer's notice goes. The heart of invariant 1."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from cases.models import NoticeDuty
from cases.rules.nondisclosure import delayed_notice_date, ends_at, last_silent_day
from cases.states import DutyState


def why_not_yet(duty: NoticeDuty | None, now: datetime, *, at_effect: bool = False) -> str | None:
    """Return why nothing of the duty's targets may leave at this moment, or None when it may.

    It may when the customer was told and the window is over or given up, when telling is withheld on a basis that
    is in force at this very moment, or when nobody is owed a notice. Where the instrument tells `at_effect`, a notice
    that waits for what leaves now falls due with it (cases.actions.effect). Everything else is a no.
    """
    if duty is None:
        return _("For some targets it is not settled whether their customer is told.")
    match duty.state:
        case DutyState.NOT_OWED:
            return None
        case DutyState.DELIVERED:
            return _why_delivered_is_not_enough(duty, now)
        case DutyState.WITHHELD:
            return None if basis_in_force(duty, now) else _("What allowed withholding a notice is over: tell first.")
        case DutyState.FAILED:
            return _("A notice failed: the customer does not know yet.")
        case DutyState.PENDING if at_effect and duty.due_at is None:
            return None if duty.customer_id else _("The notice is due with the effect, and nobody is known to be told.")
        case _other:
            return _("A customer was not told yet.")


def _why_delivered_is_not_enough(duty: NoticeDuty, now: datetime) -> str | None:
    if duty.waived_at is not None:
        return None
    if duty.window_ends_at is not None and now < duty.window_ends_at:
        return _("A customer may still object, until %(until)s.") % {"until": _moment(duty.window_ends_at)}
    if in_bounce_grace(duty, now):
        return _("A notice may still bounce: wait for its delivery event or %(hours)d hours.") % {
            "hours": settings.WRITDESK.bounce_grace_hours
        }
    return None


def basis_in_force(duty: NoticeDuty, now: datetime) -> bool:
    """Whether what a withheld duty rests on holds at this moment: its order, its end, or its review date."""
    if duty.order is not None:
        return duty.order.in_force(now)
    if duty.withheld_until is not None:
        return now < duty.withheld_until
    zone = settings.WRITDESK.receiving_zone
    return duty.review_date is not None and now.astimezone(zone).date() < duty.review_date


def due_after_silence(duty: NoticeDuty) -> datetime:
    """Return the first moment of the working day on which a duty falls due whose basis for withholding has ended.

    The days of the end are the court's, the working day and its beginning the receiving office's. Raises ValueError for
    a basis without an end.
    """
    ended_at, zone = _end_of_basis(duty)
    day = delayed_notice_date(last_silent_day(ended_at, zone), settings.WRITDESK.receiving_country)
    return datetime.combine(day, time.min, tzinfo=settings.WRITDESK.receiving_zone)


def _end_of_basis(duty: NoticeDuty) -> tuple[datetime, ZoneInfo]:
    zone = settings.WRITDESK.receiving_zone
    if duty.order is not None:
        return ends_at(duty.order.rule), duty.order.rule.zone
    if duty.withheld_until is not None:
        return duty.withheld_until, zone
    if duty.review_date is None:
        raise ValueError("withheld without an end")
    return datetime.combine(duty.review_date, time.min, tzinfo=zone), zone


def in_bounce_grace(duty: NoticeDuty, now: datetime) -> bool:
    """Whether a delivered notice could still bounce while nobody confirmed that it arrived."""
    if duty.delivered_at is None or duty.confirmed_at is not None:
        return False
    return now < duty.delivered_at + timedelta(hours=settings.WRITDESK.bounce_grace_hours)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(settings.WRITDESK.receiving_zone):%Y-%m-%d %H:%M %Z}"

"""The clock jobs of notifications."""

from celery import shared_task
from django.utils import timezone

from notifications.actions import alerting, planning, posting, sending, staff_mails, sweeping


@shared_task
def plan_notices() -> None:
    """Give every duty that is due and every letter let go a message, and look for what ended by itself.

    That is: attempts whose worker died, and letters whose days in the post are over.
    """
    sweeping.sweep(now=timezone.now())
    posting.count_posted(now=timezone.now())
    planning.plan_notices(now=timezone.now())
    planning.plan_letters(now=timezone.now())
    planning.plan_reminders(now=timezone.now())


@shared_task
def send_due() -> None:
    """Send what is due. Several may run at once: each message is claimed by one."""
    sending.send_due(now=timezone.now())


@shared_task
def recompute_alerts() -> None:
    """Make the alerts what the facts say, tell who is to be told, and plan their mails."""
    now = timezone.now()
    alerting.recompute_alerts(now=now)
    staff_mails.plan_staff_mails(now=now)


@shared_task
def send_staff_mails() -> None:
    """Send the staff's mails that are due. Several may run at once: each mail is claimed by one."""
    staff_mails.send_staff_mails(now=timezone.now())

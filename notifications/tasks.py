"""The clock jobs of notifications."""

from celery import shared_task
from django.utils import timezone

from notifications.actions import planning, sending, sweeping


@shared_task
def plan_notices() -> None:
    """Give every duty that is due and every letter let go a message, and look for attempts whose worker died."""
    sweeping.sweep(now=timezone.now())
    planning.plan_notices(now=timezone.now())
    planning.plan_letters(now=timezone.now())
    planning.plan_reminders(now=timezone.now())


@shared_task
def send_due() -> None:
    """Send what is due. Several may run at once: each message is claimed by one."""
    sending.send_due(now=timezone.now())

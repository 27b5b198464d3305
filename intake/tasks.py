"""The clock job of intake."""

from celery import shared_task
from django.utils import timezone

from intake.actions import verifications


@shared_task
def expire_verifications() -> None:
    """Note the verifications that have ended."""
    verifications.note_lapsed(now=timezone.now())

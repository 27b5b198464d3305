"""The clock jobs of intake."""

from celery import shared_task
from django.utils import timezone

from intake.actions import owners, verifications


@shared_task
def expire_verifications() -> None:
    """Note the verifications that have ended."""
    verifications.note_lapsed(now=timezone.now())


@shared_task
def match_targets() -> None:
    """Look up whose the targets of new cases are. Names no case: what waits in the broker tells of none."""
    owners.match_due(now=timezone.now())

"""The ledger's clock job."""

from celery import shared_task
from django.utils import timezone

from ledger import actions


@shared_task
def checkpoint() -> None:
    """Seal what changed since the last checkpoint; every minute is enough."""
    actions.checkpoint(timezone.now())

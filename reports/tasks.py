"""What a worker does for reports."""

from celery import shared_task
from django.utils import timezone

from reports import actions
from reports.rules.periods import period


@shared_task
def build_report(label: str) -> None:
    """Count the draft of a period that a publisher asked for."""
    actions.build_draft(period(label), now=timezone.now())

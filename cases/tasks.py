"""The clock jobs of cases."""

from celery import shared_task
from django.utils import timezone

from cases.actions import clockwork


@shared_task
def run_clocks() -> None:
    """Do everything whose time has come."""
    clockwork.run_clocks(now=timezone.now())

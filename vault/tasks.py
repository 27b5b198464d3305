"""What the vault does by the clock."""

from celery import shared_task
from django.utils import timezone

from vault.actions import sweep


@shared_task
def sweep_orphans() -> None:
    sweep.sweep_orphans(now=timezone.now())

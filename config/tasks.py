"""The sign of life of scheduler and worker."""

from celery import shared_task
from django.utils import timezone

from config import health


@shared_task
def heartbeat() -> None:
    health.record_heartbeat(now=timezone.now())

"""Time lapse: what takes minutes outside takes a second here, in every process of the storm."""

from datetime import timedelta

from django.apps import AppConfig

SECOND = timedelta(seconds=1)


class StormConfig(AppConfig):
    """Shortens the waits between attempts, and after which a worker is taken for dead."""

    name = "tests.storm"
    label = "storm"

    def ready(self) -> None:
        """Set them where they are read."""
        from notifications import backoff
        from notifications.actions import claiming, sending, sweeping

        backoff.FIRST, backoff.LONGEST = SECOND, 4 * SECOND
        claiming.BUSY = sending.BUSY = SECOND  # type: ignore[attr-defined]
        sending.AFTER_AN_ERROR = 2 * SECOND
        sweeping.ABANDONED_AFTER = 8 * SECOND

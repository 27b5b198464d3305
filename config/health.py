"""Whether the parts work: asked by the supervisor, by a load balancer, by the operator."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

HEARTBEAT = "heartbeat"
HEARTBEAT_LASTS = timedelta(minutes=1)  # four beats of the clock


def record_heartbeat(*, now: datetime) -> None:
    """Remember that scheduler and worker were alive."""
    cache.set(HEARTBEAT, now.isoformat(), timeout=None)


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer which parts work: 200 when all do, 503 otherwise. It says nothing else, so anybody may ask."""
    now = timezone.now()
    parts = {
        "database": _works(_ask_database),
        "redis": _works(lambda: cache.get(HEARTBEAT)),
        "worker": _works(lambda: _ask_worker(now)),
    }
    ok = all(parts.values())
    response = JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)
    response.headers["Cache-Control"] = "no-store"
    # Asked every few seconds: Django would write an error each time, and what is wrong has its own lines.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


class WorkerSilent(Exception):
    """No heartbeat came through scheduler, broker and worker for too long."""


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_worker(now: datetime) -> None:
    beat = cache.get(HEARTBEAT)
    if beat is None or now - datetime.fromisoformat(beat) > HEARTBEAT_LASTS:
        raise WorkerSilent(beat)


def _works(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Exception:
        return False
    return True

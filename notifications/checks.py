"""System check: how long alerts may lie is set for kinds that exist."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from notifications.alerts.kinds import AlertKind


@register()
def check_escalation(**_options: Any) -> list[CheckMessage]:
    """Name the kinds of ESCALATE_HOURS that there are none of: a mistyped one would keep its default unseen."""
    unknown = sorted(settings.WRITDESK.escalate_hours.keys() - set(AlertKind.values))
    if not unknown:
        return []
    return [
        Error(
            f"ESCALATE_HOURS names kinds of alert that there are none of: {', '.join(unknown)}.",
            hint=f"There are: {', '.join(AlertKind.values)}.",
            id="notifications.E001",
        )
    ]

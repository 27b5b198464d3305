"""System checks: how long alerts may lie is set for kinds that exist, and letters can be printed."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as CheckWarning

from notifications import paper
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


@register()
def check_paper(**_options: Any) -> list[CheckMessage]:
    """Say so where no letter can be printed: everything else works."""
    if paper.is_possible():
        return []
    return [
        CheckWarning(
            "Letters cannot be printed: the library Pango is missing.",
            hint="On Debian and Ubuntu: make fonts, or install libpango-1.0-0, libpangoft2-1.0-0 and a font.",
            id="notifications.W001",
        )
    ]

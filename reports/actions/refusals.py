"""Why a report is not published or drafted."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases.queries.installation import hold_in_force
from reports.rules.periods import Period


class Refused(Exception):
    """A report that is not published; the text says why and what would make it possible."""


class NotAPublisher(Refused):
    """Only a publisher publishes."""


class NotOver(Refused):
    """The period has not ended: its figures are still growing."""


class ChangeNotExplained(Refused):
    """A further revision needs a note on what changed and why."""


class FiguresChanged(Refused):
    """What would be published is not what the publisher looked at."""


class BandsOverlap(Refused):
    """Two published ranges about the same days would tell more than either may."""


class Held(Refused):
    """A restored installation publishes nothing before two people have released it (invariant 14)."""


def require_not_held() -> None:
    """Raise Held while the installation is held."""
    if hold_in_force():
        raise Held(_("This installation is held: two people must release it first."))


def require_publisher_after(period: Period, *, by: User, now: datetime) -> None:
    """Raise NotAPublisher or NotOver: what a running period adds up to is for nobody's eyes."""
    if not by.has_role(Role.PUBLISHER):
        raise NotAPublisher(_("Only a publisher can publish a report."))
    if not period.is_over(now, settings.WRITDESK.reporting_zone):
        raise NotOver(_("%(period)s is not over yet.") % {"period": period.label})

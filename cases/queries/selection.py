"""What a person wants to see of the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Agency
from cases.states import OPEN

ANY_STATE = "any"
SOON = timedelta(hours=24)

FLAGS = {
    "emergency": _("Emergency"),
    "gagged": _("Do not tell"),
    "objection": _("Objection"),
    "held": _("Held import"),
    "unverified": _("Agency not verified"),
}
_MARKS = {
    "emergency": Q(is_emergency=True),
    "gagged": Q(is_gagged=True),
    "objection": Q(has_objection=True),
    "held": Q(is_held=True),
}


@dataclass(frozen=True)
class Selection:
    """Filters of the queue, all of which must hold; empty ones do not filter."""

    state: str = ""  # empty: every open state; ANY_STATE: ended ones too
    instrument: str = ""
    country: str = ""
    agency: int | None = None
    flag: str = ""  # of FLAGS
    assignee: str = ""  # mine, none
    due: str = ""  # soon: within SOON, or late
    needs: str = ""  # of cases.queries.needs.NEEDS: what only a person can do
    text: str = ""  # what was typed into the search box; it looks in ended cases too

    def condition(self, user: User, now: datetime) -> Q:
        """Return what the cases of this selection have in common, the text apart."""
        return self._state() & self._request() & self._flag(now) & self._person(user, now)

    def _state(self) -> Q:
        if self.state == ANY_STATE or (self.text and not self.state):
            return Q()
        return Q(state=self.state) if self.state else Q(state__in=OPEN)

    def _request(self) -> Q:
        wanted = {"instrument_code": self.instrument, "agency_country": self.country, "agency": self.agency}
        return Q(**{column: value for column, value in wanted.items() if value})

    def _flag(self, now: datetime) -> Q:
        if self.flag == "unverified":
            verified = Agency.objects.filter(verified_until__gt=now)
            return ~Q(agency__in=verified.values("pk"))
        return _MARKS.get(self.flag, Q())

    def _person(self, user: User, now: datetime) -> Q:
        found = Q(queue_at__lt=now + SOON) if self.due else Q()
        if self.assignee:
            found &= Q(assignee=user if self.assignee == "mine" else None)
        return found

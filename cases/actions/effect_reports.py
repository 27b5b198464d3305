"""What the authority is told of its order: that effect was given, and that it was undone; for staff to go over.

Law: Reg. (EU) 2022/2065 Arts. 9(1), 10(1): "any effect given", specifying if and when.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case, Measure

LISTED = 50  # targets named in a report; of more it says how many

UNDONE_BECAUSE: Mapping[str, Promise] = {
    "court": gettext_lazy("A court decided so."),
    "authority": gettext_lazy("You lifted it."),
    "end": gettext_lazy("Its last day is over."),
}


def effect_report(case: Case, measures: Sequence[Measure], now: datetime) -> str:
    """Return the report that effect was given at this moment; without measures, to the order as a whole."""
    if not measures:
        return "\n".join([_to_your_order(case), _("Effect was given to it on %(at)s.") % {"at": _moment(now)}])
    heading = _("Effect was given to it on %(at)s, as follows:") % {"at": _moment(now)}
    return "\n".join([_to_your_order(case), heading, *_listed(case, measures)])


def reversal_report(case: Case, measures: Sequence[Measure], cause: str, now: datetime) -> str:
    """Return the report that effect was undone at this moment, and why: of the reason, the cause alone leaves."""
    heading = _("The effect given to it was undone on %(at)s, as follows:") % {"at": _moment(now)}
    return "\n".join([_to_your_order(case), heading, *_listed(case, measures), str(UNDONE_BECAUSE[cause])])


def _to_your_order(case: Case) -> str:
    return _("To your order %(reference)s, which we received on %(received)s.") % {
        "reference": case.agency_reference or case.reference,
        "received": _moment(case.received_at),
    }


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at, settings.WRITDESK.receiving_zone), "DATETIME_FORMAT")


def _listed(case: Case, measures: Sequence[Measure]) -> list[str]:
    values = dict(case.targets.filter(pk__in=[one.target_id for one in measures]).values_list("pk", "value"))
    lines = [
        f"- {values[one.target_id]}: {one.get_kind_display()} ({', '.join(one.territories)})"
        for one in measures[:LISTED]
    ]
    more = len(measures) - LISTED
    return [*lines, _("and %(more)d more") % {"more": more}] if more > 0 else lines

"""Events that start or stop a clock."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.forms import endings
from cases.views.acts.act import BOTH, COUNSEL, Act

WORK: Mapping[str, Act] = {
    "record-event": Act(
        _("Record an event that starts a clock"),
        endings.RecordEvent,
        BOTH,
        "clock",
        applies=lambda case: bool(case.instrument.other_clocks),
    ),
    "authority-answer": Act(
        _("Record the enforcing authority's answer"),
        endings.AuthorityAnswer,
        COUNSEL,
        "gavel",
        applies=lambda case: case.authority_notified,
    ),
}

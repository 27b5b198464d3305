"""What is asked, changed; and a request that came twice."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.forms import amendments
from cases.states import OPEN
from cases.views.acts.act import BOTH, COUNSEL, TRIAGE, Act

WORK: Mapping[str, Act] = {
    "amend": Act(
        _("Change what is asked"),
        amendments.Amend,
        BOTH,
        states=TRIAGE,
        about=_("As the agency or a court changed it. Legal review begins anew; who was told of less is told again."),
    ),
    "mark-duplicate": Act(
        _("End as a duplicate"),
        amendments.MarkDuplicate,
        COUNSEL,
        "minus",
        states=OPEN,
        kind="danger",
        about=_("The same request is worked on in another case: its customers are told there, reports count it there."),
    ),
}

"""Legal review: the questions, and what may be given."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.forms import review
from cases.models import Case
from cases.states import CaseState as S
from cases.views.acts.act import BOTH, COUNSEL, TRIAGE, Act


def _may_authorise(case: Case) -> bool:
    """An emergency waits for no review."""
    return case.state == S.LEGAL_REVIEW or (case.is_emergency and case.instrument.emergency)


MOVES: Mapping[str, Act] = {
    "pass-review": Act(
        _("Pass legal review"),
        review.PassReview,
        COUNSEL,
        "check",
        states=(S.LEGAL_REVIEW,),
        transition="pass_review",
        kind="primary",
        asks=False,
    ),
}

WORK: Mapping[str, Act] = {
    "name-items": Act(
        _("Record which items it names"),
        review.NameItems,
        BOTH,
        "doc",
        states=TRIAGE,
        applies=lambda case: bool(review.items_reached(case)),
        about=_("Nothing that the paper does not name can be given."),
    ),
    "checklist": Act(_("Answer the review questions"), review.Checklist, COUNSEL, "check", states=(S.LEGAL_REVIEW,)),
    "authorise": Act(
        _("Authorise what may be given"), review.Authorise, COUNSEL, "key", states=TRIAGE, applies=_may_authorise
    ),
}

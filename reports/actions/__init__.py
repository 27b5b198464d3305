"""What is done with reports: a draft is counted, a report is made and published."""

from reports.actions.drafts import ask_for_draft, build_draft
from reports.actions.making import Made, fingerprint, make
from reports.actions.publishing import publish
from reports.actions.refusals import (
    BandsOverlap,
    ChangeNotExplained,
    FiguresChanged,
    NotAPublisher,
    NotOver,
    Refused,
)

__all__ = [
    "BandsOverlap",
    "ChangeNotExplained",
    "FiguresChanged",
    "Made",
    "NotAPublisher",
    "NotOver",
    "Refused",
    "ask_for_draft",
    "build_draft",
    "fingerprint",
    "make",
    "publish",
]

"""One thing that a person may do to a case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from accounts.models import Role
from cases.forms.acts import ActForm
from cases.models import Case
from cases.states import CaseState

ANALYST, COUNSEL, BOTH = (Role.ANALYST,), (Role.COUNSEL,), (Role.ANALYST, Role.COUNSEL)
ANSWERABLE = (CaseState.CUSTOMER_NOTIFIED, CaseState.NOTICE_WITHHELD)
TRIAGE = (CaseState.RECEIVED, CaseState.LEGAL_REVIEW)

Rows = Callable[[Case], QuerySet[Any]]


@dataclass(frozen=True)
class Act:
    """One act. `transition` names the guards that the page shows; without `states` it is possible in any state."""

    label: str | Promise
    form: type[ActForm]
    who: tuple[Role, ...]
    icon: str = "arrow"
    states: tuple[str, ...] = ()
    transition: str = ""
    kind: str = ""  # primary, danger
    key: str = ""
    about: str | Promise = ""  # what it will do, where the label does not say it all
    rows: Rows | None = None  # for an act upon a row of the case: which rows there are, in the order of their keys
    applies: Callable[[Case], bool] = lambda _case: True
    asks: bool = True  # False: nothing to fill in, done by one press

    def is_possible_in(self, state: str) -> bool:
        return not self.states or state in self.states

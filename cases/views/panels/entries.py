"""One kind of line for everything that hangs on a case: what it is, how it stands, what can be done with it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise

from accounts.models import User
from cases.models import Case
from cases.views.acts import ON_ROWS

Words = str | Promise
Mark = tuple[str, Words, str]  # kind, words, icon


@dataclass(frozen=True)
class Entry:
    """One line of cases/_entries.html."""

    title: Words
    mark: Mark | None = None
    lines: list[Words] = field(default_factory=list)
    rule: tuple[Words, Words] | None = None  # code or citation, words
    due_at: datetime | None = None
    since_at: datetime | None = None
    steps: list[Words] = field(default_factory=list)  # how it was found, shown on demand
    is_unverified: bool = False  # counsel has not confirmed the rule against its source
    links: list[tuple[Words, str]] = field(default_factory=list)


def links(user: User, case: Case, number: int, *names: str) -> list[tuple[Words, str]]:
    """Return those of the acts upon the case's row of that place that are this person's to do."""
    return [
        (ON_ROWS[name].label, reverse("cases:act_on_row", args=[case.reference, name, number]))
        for name in names
        if user.has_role(*ON_ROWS[name].who)
    ]

"""Which letters need a person, and why: those of which nobody knows, that came back, that do not leave."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.models import User
from cases.access import known_to
from cases.models import Letter, LetterState
from notifications.models import Message
from notifications.states import WAITS_LONG, Because, LetterNeed, MessageState


@dataclass(frozen=True)
class NeedyLetter:
    """A letter that needs a person: which of its case, what for, since when, and what kept it or brought it back."""

    letter: Letter
    number: int
    need: LetterNeed
    since_at: datetime
    because: Because | None


def letters_needing(user: User, now: datetime) -> QuerySet[Letter, Any]:
    """Return the letters that need a person in the cases that this one may know of, longest first.

    One that was let go and is kept here because it is not proven who asks needs them at once, any other after a day.
    """
    of_letter = Message.objects.filter(letter=OuterRef("pk"), planned_at__gte=OuterRef("released_at"))
    ended = of_letter.filter(state__in=[MessageState.FAILED, MessageState.CANCELLED])
    ready, failed = Q(state=LetterState.READY), Q(state=LetterState.DRAFTED, failed_at__isnull=False)
    is_late = Q(released_at__lte=now - WAITS_LONG) | Exists(ended.filter(because=Because.UNPROVEN))
    conditions = {
        LetterNeed.UNCERTAIN: ready & Q(uncertain_at__isnull=False),
        LetterNeed.FAILED: failed,
        LetterNeed.WAITING: ready & is_late,
    }
    cases = [When(condition, then=Value(code)) for code, condition in conditions.items()]
    # Said once more in words that the partial indexes understand: of drafts there are many.
    waiting = Letter.objects.filter(ready | failed)
    found = known_to(user, waiting).annotate(need=Choose(*cases, output_field=CharField())).filter(need__isnull=False)
    explained: QuerySet[Letter, Any] = found.annotate(
        noted=Subquery(ended.order_by("-id").values("because")[:1]),
        since_at=Coalesce("uncertain_at", "failed_at", "released_at"),
        number=_number(),
    )
    return explained.select_related("case").order_by(F("since_at"), "id")


def needy_letter(letter: Any) -> NeedyLetter:
    """Return a row of `letters_needing` with its reason in one word."""
    because = Because(letter.noted) if letter.noted and letter.need != LetterNeed.UNCERTAIN else None
    return NeedyLetter(letter, letter.number, LetterNeed(letter.need), letter.since_at, because)


def _number() -> Subquery:
    """Count the letters of the case up to this one: the place at which its page shows it."""
    before = Letter.objects.filter(case=OuterRef("case"), pk__lte=OuterRef("pk")).order_by()
    return Subquery(before.annotate(number=Func(F("pk"), function="count")).values("number"))

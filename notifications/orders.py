"""What a notice repeats of an order that takes effect: what it does, where, why, and what can be done against it.

Law: Reg. (EU) 2022/2065 Arts. 9(5), 10(5).
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from cases.models import Affected, Case, Customer, Measure, NoticeDuty, OrderStatement
from notifications.targets import theirs
from notifications.wording import effect_words


def on_theirs(case: Case, duty: NoticeDuty) -> QuerySet[Measure]:
    """Return what took effect on the targets that a duty speaks of."""
    targets = theirs(case, duty).order_by().values("pk")
    return case.measures.filter(target__in=targets, effect_at__isnull=False)


def that_hit(case: Case, customer: Customer) -> QuerySet[Measure]:
    """Return what took effect and hit something of this customer's beside its target."""
    return case.measures.filter(affected__in=_told_of(case, customer), effect_at__isnull=False).distinct()


def hit(case: Case, customer: Customer) -> list[str]:
    """Return what of this customer's is hit, and nothing of anybody else's."""
    return list(dict.fromkeys(_told_of(case, customer).values_list("what", flat=True)))


def effects(measures: Iterable[Measure]) -> list[str]:
    """Return what the measures do and where, each once, in words."""
    return list(dict.fromkeys(effect_words(measure.kind, measure.territories) for measure in measures))


def is_lifted(measures: QuerySet[Measure]) -> bool:
    """Whether nothing of what took effect has any effect now."""
    return measures.exists() and not measures.filter(reversed_at=None).exists()


def stated(case: Case, duty: NoticeDuty, what: str) -> str | None:
    """Return the order's reasons, or its redress: as its measures on these targets state them, or as it does."""
    said = list(dict.fromkeys(getattr(measure, what) for measure in on_theirs(case, duty)))
    statement = OrderStatement.objects.filter(case=case).first()
    whole = getattr(statement, what) if statement else ""
    return "\n\n".join(text for text in (said or [whole]) if text) or None


def _told_of(case: Case, customer: Customer) -> QuerySet[Affected]:
    return Affected.objects.filter(measure__case=case, customer=customer, is_told=True)

"""The other requests of a forger."""

from accounts.models import User
from cases.models import Case, FraudSignal
from cases.rules.fraud_signals import FORGED_ELSEWHERE

SHOWN = 25


def of_the_same_sender(user: User, forged: Case) -> list[Case]:
    """Return the cases flagged because of this one that the person may know of; what data left for comes first."""
    flagged = FraudSignal.objects.filter(code=FORGED_ELSEWHERE, detail=forged.reference)
    found = Case.objects.visible_to(user).filter(pk__in=flagged.values("case"))
    return list(found.only("reference", "state", "instrument_code").order_by("-outcome_at", "pk")[:SHOWN])

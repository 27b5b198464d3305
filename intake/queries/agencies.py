"""The agencies that a person may know of, and what is known of them.

An agency that stands in sealed cases only is not there for others: no list, search, count or page has it. When it was
first seen is never shown either, for that may have been in a sealed case.
"""

from datetime import datetime, timedelta

from django.db.models import Case as Choice
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse

from accounts.models import User
from cases.models import Agency, Case, Verification

SOON = timedelta(days=30)  # a verification that ends within it is one to renew
ANY, TO_VERIFY, VERIFIED = "", "to_verify", "verified"
NONE = "-"  # how an address says that a country or domain is not known


def agencies(user: User, now: datetime) -> QuerySet[Agency]:
    """Return the agencies with a case that the person may see, or added or verified by hand: those to verify first.

    A verification alone shows none to others: it may have been recorded for a sealed case.

    Each has `open_cases`, counted among the cases that the person may see, and `standing`: 0 to verify with work
    waiting, 1 to verify, 2 to renew soon, 3 verified.
    """
    visible = Case.objects.visible_to(user)
    by_hand = Q(verified_at=OuterRef("first_seen_at")) | Q(verified_by=user)
    # A call back for one case is that case's matter, and may be a sealed one's.
    verified = Verification.objects.filter(by_hand, agency=OuterRef("pk"), case=None)
    waiting = visible.open().filter(agency=OuterRef("pk"))
    return (
        Agency.objects.filter(Exists(visible.filter(agency=OuterRef("pk"))) | Exists(verified))
        .alias(has_open=Exists(waiting))
        .annotate(
            standing=Choice(
                When(verified_until__gt=now + SOON, then=Value(3)),
                When(verified_until__gt=now, then=Value(2)),
                When(has_open=True, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .order_by("standing", "name", "country", "email_domain", "pk")
    )


def search(found: QuerySet[Agency], *, text: str, standing: str, now: datetime) -> QuerySet[Agency]:
    """Return those whose name or domain has the text in it, verified or not."""
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(email_domain__icontains=word) | Q(country__iexact=word))
    is_verified = Q(verified_until__gt=now)
    if standing == VERIFIED:
        return found.filter(is_verified)
    return found.exclude(is_verified) if standing == TO_VERIFY else found


def open_cases(user: User, keys: list[int]) -> dict[int, int]:
    """Return how many open cases that the person may see each agency has."""
    counted = Case.objects.visible_to(user).open().filter(agency__in=keys).values("agency").annotate(count=Count("pk"))
    return {row["agency"]: row["count"] for row in counted}


def one_agency(user: User, now: datetime, *, country: str, kind: str, domain: str, name: str) -> Agency | None:
    """Return the agency, or None where there is none or the person may not know of it."""
    return (
        agencies(user, now).filter(country=_given(country), kind=kind, email_domain=_given(domain), name=name).first()
    )


def history(agency: Agency) -> list[tuple[int, Verification]]:
    """Return every verification of the agency with its number, from 1 for the first; the last one comes first."""
    verifications = agency.verifications.filter(case=None).select_related("verified_by").order_by("verified_at", "pk")
    return list(enumerate(verifications, start=1))[::-1]


def address(agency: Agency, page: str = "agency") -> str:
    """Return the address of an agency's page. It has no key in it, for gaps between keys would tell of others."""
    parts = [agency.country or NONE, agency.kind, agency.email_domain or NONE, agency.name]
    return reverse(f"intake:{page}", args=parts)


def _given(part: str) -> str:
    return "" if part == NONE else part

"""The pages to measure: the queue by every filter, from every end, by every kind of search; and cases."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from cases.actions.agencies import find_or_add_agency
from cases.actions.opening import NewTarget, open_case
from cases.models import Agency, Case, Target
from cases.queries.needs import NEEDS
from cases.queries.selection import FLAGS
from cases.states import CaseState, Category, Channel, TargetKind

TWO_DOMAINS, MANY_DOMAINS = "case page, 2 domains", "case page, 20,000 domains"
DOMAINS = {TWO_DOMAINS: 2, MANY_DOMAINS: 20_000}
CASES = 5  # of the volume, spread evenly
VOLUME = "WD-2026-0"  # how its references begin


def open_real_cases(now: datetime) -> None:
    """Open two cases by the real action, one with two domains and one with 20,000."""
    agency = find_or_add_agency(name="Springfield Police", country="US", kind="law_enforcement", now=now)
    for kind, domains in DOMAINS.items():
        open_case(
            instrument_code="us_subpoena",
            agency=agency,
            targets=[NewTarget(TargetKind.DOMAIN, f"d{number}.{domains}.example") for number in range(domains)],
            asked=[Category.SUBSCRIBER],
            channel=Channel.EMAIL,
            received_at=now,
            now=now,
            agency_reference=kind,
        )


def by_kind() -> Mapping[str, Sequence[str]]:
    """Return the addresses in the database chosen, by kind; as many of each, and alike, in every database."""
    return {
        "queue, every filter": list(_queues(_filters())),
        "queue, other pages": list(_queues(_places())),
        "queue, search": list(_queues(_searches())),
        "case page": [case.get_absolute_url() for case in _spread()],
        **{kind: [Case.objects.get(agency_reference=kind).get_absolute_url()] for kind in DOMAINS},
    }


def _queues(queries: Iterator[dict[str, str]]) -> Iterator[str]:
    return (f"/?{urlencode(query)}" for query in queries)


def _filters() -> Iterator[dict[str, str]]:
    yield {}
    yield from ({"state": state} for state in ("any", *CaseState.values))
    yield from ({"instrument": code} for code in ("us_subpoena", "eu_epoc", "us_nsl", "us_wiretap"))
    yield from ({"country": code} for code in ("US", "JP", "BR"))
    yield from ({"flag": flag} for flag in FLAGS)
    yield from ({"assignee": who} for who in ("mine", "none"))
    yield {"due": "soon"}
    yield from ({"needs": need} for need in NEEDS)
    yield {"agency": str(Agency.objects.filter(name__startswith="FBI").order_by("pk")[0].pk)}
    yield {"instrument": "mlat", "country": "JP", "state": "challenged", "flag": "objection"}
    yield {"flag": "unverified", "assignee": "mine", "due": "soon"}


def _places() -> Iterator[dict[str, str]]:
    middle = _spread()[CASES // 2].reference
    for query in ({}, {"state": "any"}, {"flag": "gagged"}):
        yield {**query, "last": "1"}
        yield {**query, "after": middle}
        yield {**query, "before": middle}


def _searches() -> Iterator[dict[str, str]]:
    case = _spread()[0]
    yield {"q": case.reference}
    yield {"q": case.agency_reference}
    yield {"q": case.agency.name}
    yield {"q": "police"}
    target = Target.objects.filter(case=case).earliest("pk").value
    yield from ({"q": text} for text in (target, target[:8], "host", "nobody.example"))


def _spread() -> list[Case]:
    """Return some cases of the volume that everybody may see."""
    volume = Case.objects.filter(compartment=None, reference__startswith=VOLUME).select_related("agency")
    keys = list(volume.order_by("queue_at", "pk").values_list("pk", flat=True))
    return [volume.get(pk=keys[number * len(keys) // CASES]) for number in range(CASES)]

"""Everything the page of one case shows, in a handful of statements whatever the number of targets and customers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from cases.dossier import Dossier, read
from cases.findings import Group, groups
from cases.gathering import gather, in_order
from cases.models import (
    Affected,
    Approval,
    Case,
    CaseDocument,
    ClockChange,
    ComityFactor,
    ConflictAssessment,
    Customer,
    Delivery,
    Disclosure,
    Filing,
    GovernmentNotice,
    IncomingHold,
    Measure,
    NoticeDuty,
    OrderExtension,
    OrderReview,
    OrderStatement,
    Redaction,
    Sighting,
    SilenceBriefing,
    Target,
)
from cases.states import ApprovalState
from ledger.models import LedgerEntry
from ledger.queries import entries
from vault.models import Document

TARGETS_A_PAGE = 25
DUTIES_SHOWN = 50
DOCUMENTS_SHOWN = 50
ENTRIES_SHOWN = 20
SIGHTINGS_SHOWN = 20
LOOKS_SHOWN = 20
MEASURES_A_PAGE = 20


@dataclass(frozen=True)
class Slice:
    """Which targets the page shows: a page of them, of those whose value begins so, or that the directory left so."""

    number: int = 1
    text: str = ""
    match: str = ""  # of TargetMatch: those without a customer for which the directory said this
    measures: int = 1  # which page of the measures


@dataclass(frozen=True)
class CasePage:
    """A case as its page reads it."""

    dossier: Dossier
    targets: tuple[Target, ...]
    has_more_targets: bool
    assessments: Mapping[int, ConflictAssessment]  # by target, of the targets shown
    disclosures: tuple[Disclosure, ...]  # of the targets shown
    duties: tuple[NoticeDuty, ...]  # the first ones
    customers: Mapping[int, Customer]  # of the targets and duties shown
    documents: tuple[tuple[CaseDocument, Document], ...]
    holds: tuple[IncomingHold, ...]
    extensions: tuple[OrderExtension, ...]
    reviews: tuple[OrderReview, ...]
    briefings: tuple[SilenceBriefing, ...]
    deliveries: tuple[Delivery, ...]
    filings: tuple[Filing, ...]
    redactions: tuple[Redaction, ...]
    proposals: tuple[Approval, ...]  # waiting, or approved and not carried out
    sightings: tuple[Sighting, ...]
    clock_changes: tuple[ClockChange, ...]
    measures: tuple[Measure, ...]  # a page of them
    has_more_measures: bool
    measured: Mapping[int, Target]  # the targets of those
    affected: tuple[Affected, ...]  # by those
    statement: OrderStatement | None
    people: Mapping[int, str]
    entries: list[LedgerEntry]
    looks: list[LedgerEntry]  # who looked at a sealed case; none are kept of an ordinary one
    factors: tuple[ComityFactor, ...]
    government_notices: tuple[GovernmentNotice, ...]
    findings: list[Group]  # of a conflict of law, by what is known of the customers

    @property
    def case(self) -> Case:
        return self.dossier.case


def case_page(case: Case, wanted: Slice, *, now: datetime) -> CasePage:
    """Return what the page of this case shows. Who asks may know of the case: cases.queries.cases.seen."""
    dossier = read(case, now, exact=False)
    first = (wanted.number - 1) * TARGETS_A_PAGE
    targets = in_order(Target, case)
    if wanted.text:
        targets = targets.filter(value__startswith=wanted.text)
    if wanted.match:
        targets = targets.filter(customer=None, match=wanted.match)
    shown = targets[first : first + TARGETS_A_PAGE + 1]
    duties = dossier.all_duties[:DUTIES_SHOWN]
    documents = case.documents.order_by("-pk")[:DOCUMENTS_SHOWN]
    orders = case.orders.order_by().values("pk")
    above = (wanted.measures - 1) * MEASURES_A_PAGE
    measures = in_order(Measure, case)[above : above + MEASURES_A_PAGE + 1]
    affected = Affected.objects.filter(measure__in=measures.values("pk"))
    rows = gather(
        {
            "targets": shown,
            "assessments": ConflictAssessment.objects.filter(target__in=shown.values("pk")),
            "disclosures": Disclosure.objects.filter(target__in=shown.values("pk")),
            "owners": Customer.objects.filter(pk__in=shown.values("customer")),
            "told": Customer.objects.filter(pk__in={duty.customer_id for duty in duties if duty.customer_id}),
            "documents": documents,
            "files": Document.objects.filter(pk__in=documents.values("document")),
            "factors": case.comity_factors.all(),
            "governments": case.government_notices.all(),
            "holds": case.incoming_holds.order_by("pk"),
            "extensions": OrderExtension.objects.filter(order__in=orders),
            "reviews": OrderReview.objects.filter(order__in=orders),
            "briefings": SilenceBriefing.objects.filter(order__in=orders),
            "deliveries": Delivery.objects.filter(production__in=case.productions.order_by().values("pk")),
            "filings": Filing.objects.filter(instance__challenge__in=case.challenges.order_by().values("pk")),
            "redactions": case.redactions.order_by("number"),
            "readers": Customer.objects.filter(pk__in=case.redactions.order_by().values("customer")),
            "proposals": case.approvals.filter(state__in=[ApprovalState.PROPOSED, ApprovalState.APPROVED]),
            "measures": measures,
            "measured": Target.objects.filter(pk__in=measures.values("target")),
            "affected": affected,
            "hit": Customer.objects.filter(pk__in=affected.order_by().values("customer")),
            "statement": OrderStatement.objects.filter(case=case),
            "sightings": case.sightings.order_by("-first_at")[:SIGHTINGS_SHOWN],
            "clock_changes": ClockChange.objects.filter(clock__in=case.clocks.order_by().values("pk")),
        }
    )
    files = {file.pk: file for file in rows["files"]}
    history = entries(case.stream, limit=ENTRIES_SHOWN)
    looks = entries(case.access_stream, limit=LOOKS_SHOWN) if case.compartment_id else []
    for approval in rows["proposals"]:
        approval.case = case
    return CasePage(
        dossier=dossier,
        targets=rows["targets"][:TARGETS_A_PAGE],
        has_more_targets=len(rows["targets"]) > TARGETS_A_PAGE,
        assessments={row.target_id: row for row in rows["assessments"]},
        disclosures=rows["disclosures"],
        duties=duties,
        customers={
            customer.pk: customer for customer in (*rows["owners"], *rows["told"], *rows["hit"], *rows["readers"])
        },
        documents=tuple((row, files[row.document_id]) for row in rows["documents"]),
        holds=rows["holds"],
        extensions=rows["extensions"],
        reviews=rows["reviews"],
        briefings=rows["briefings"],
        deliveries=rows["deliveries"],
        filings=rows["filings"],
        redactions=rows["redactions"],
        proposals=rows["proposals"],
        sightings=rows["sightings"],
        people=_names(rows, dossier, [*history, *looks]),
        entries=history,
        looks=looks,
        clock_changes=rows["clock_changes"],
        factors=rows["factors"],
        government_notices=rows["governments"],
        findings=groups(case, now, clocks=dossier.clocks),
        measures=rows["measures"][:MEASURES_A_PAGE],
        has_more_measures=len(rows["measures"]) > MEASURES_A_PAGE,
        measured={target.pk: target for target in rows["measured"]},
        affected=rows["affected"],
        statement=rows["statement"][0] if rows["statement"] else None,
    )


def _names(rows: Mapping[str, tuple[Any, ...]], dossier: Dossier, said: list[LedgerEntry]) -> dict[int, str]:
    seen_by = {row.user_id for row in rows["sightings"]}
    authors = {row.author_id for row in rows["assessments"]}
    others = {row.recorded_by_id for row in dossier.orders if row.recorded_by_id}
    actors = {entry.payload["by"] for entry in said if "by" in entry.payload}
    others |= {row.changed_by_id for row in rows["clock_changes"] if row.changed_by_id}
    others |= {row.briefed_by_id for row in rows["briefings"]}
    called = {pk for row in dossier.call_backs for pk in (row.verified_by_id, row.second_verifier_id) if pk}
    others |= {row.answered_by_id for row in dossier.review_rows if row.answered_by_id}
    others |= {row.effect_by_id for row in rows["measures"] if row.effect_by_id}
    others |= {row.prepared_by_id for row in rows["redactions"]}
    return dict(User.objects.filter(pk__in=seen_by | authors | others | actors | called).values_list("pk", "name"))

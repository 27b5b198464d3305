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
    Approval,
    Case,
    CaseDocument,
    ComityFactor,
    ConflictAssessment,
    Customer,
    Disclosure,
    GovernmentNotice,
    IncomingHold,
    NoticeDuty,
    Sighting,
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


@dataclass(frozen=True)
class Slice:
    """Which targets the page shows: a page of them, or of those whose value begins so."""

    number: int = 1
    text: str = ""


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
    proposals: tuple[Approval, ...]  # waiting, or approved and not carried out
    sightings: tuple[Sighting, ...]
    people: Mapping[int, str]
    entries: list[LedgerEntry]
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
    shown = targets[first : first + TARGETS_A_PAGE + 1]
    duties = dossier.all_duties[:DUTIES_SHOWN]
    documents = case.documents.order_by("-pk")[:DOCUMENTS_SHOWN]
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
            "proposals": case.approvals.filter(state__in=[ApprovalState.PROPOSED, ApprovalState.APPROVED]),
            "sightings": case.sightings.order_by("-first_at")[:SIGHTINGS_SHOWN],
        }
    )
    files = {file.pk: file for file in rows["files"]}
    for approval in rows["proposals"]:
        approval.case = case
    return CasePage(
        dossier=dossier,
        targets=rows["targets"][:TARGETS_A_PAGE],
        has_more_targets=len(rows["targets"]) > TARGETS_A_PAGE,
        assessments={row.target_id: row for row in rows["assessments"]},
        disclosures=rows["disclosures"],
        duties=duties,
        customers={customer.pk: customer for customer in (*rows["owners"], *rows["told"])},
        documents=tuple((row, files[row.document_id]) for row in rows["documents"]),
        holds=rows["holds"],
        proposals=rows["proposals"],
        sightings=rows["sightings"],
        people=_names(rows, dossier),
        entries=entries(case.stream, limit=ENTRIES_SHOWN),
        factors=rows["factors"],
        government_notices=rows["governments"],
        findings=groups(case, now, clocks=dossier.clocks),
    )


def _names(rows: Mapping[str, tuple[Any, ...]], dossier: Dossier) -> dict[int, str]:
    seen_by = {row.user_id for row in rows["sightings"]}
    authors = {row.author_id for row in rows["assessments"]}
    others = {row.recorded_by_id for row in dossier.orders if row.recorded_by_id}
    return dict(User.objects.filter(pk__in=seen_by | authors | others).values_list("pk", "name"))

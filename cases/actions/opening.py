"""A request becomes a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Compartment, User
from cases import ledger_kinds as kinds
from cases import tally
from cases.actions.changing import Refused, record
from cases.actions.clocks import start_receipt_clocks
from cases.actions.nondisclosure import presume_automatic_order
from cases.models import Agency, Case, CaseDocument, Customer, Officer, Target
from cases.queries.customers import by_number
from cases.references import new_reference
from cases.rules.instruments import Instrument, instrument
from cases.states import Category, Channel, TargetKind
from ledger.facts import Fact
from vault.models import Document, KeyScope

NATIONAL_SECURITY = "national-security"


class TargetNamedTwice(Refused):
    """The same target stands twice in one request."""


@dataclass(frozen=True)
class NewTarget:
    """A target as the request names it."""

    kind: TargetKind
    value: str
    customer: Customer | None = None


@transaction.atomic
def open_case(
    *,
    instrument_code: str,
    agency: Agency,
    targets: Sequence[NewTarget],
    asked: Sequence[Category],
    channel: Channel,
    received_at: datetime,
    now: datetime,
    by: User | None = None,
    officer: Officer | None = None,
    agency_reference: str = "",
    return_date: date | None = None,
    authority_notified: bool = False,
    danger_claimed: bool = False,
    documents: Sequence[Document] = (),
    keys: KeyScope | None = None,
    reference: str | None = None,
) -> Case:
    """Return a new case in `received`, with its clocks running and its ledger begun.

    National security instruments go into their compartment here, whatever the channel (invariant 6); silence that an
    instrument brings by law is presumed until someone finds otherwise (invariant 2). `danger_claimed`, the sender's
    tick, sets no emergency (invariant 12). Raises UnknownInstrument and
    TargetNamedTwice.
    """
    kind = instrument(instrument_code)
    _refuse_twice(targets)
    case: Case = Case.objects.create(
        reference=reference or new_reference(received_at.year),
        compartment=compartment_of(kind),
        keys=keys,
        instrument_code=instrument_code,
        agency=agency,
        agency_country=agency.country,
        officer=officer,
        agency_reference=agency_reference,
        channel=channel,
        received_at=received_at,
        return_date=return_date,
        authority_notified=authority_notified,
        danger_claimed=danger_claimed,
        asked=list(asked),
    )
    name_targets(case, targets)
    CaseDocument.objects.bulk_create(
        CaseDocument(case=case, document=document, role="process", added_at=now) for document in documents
    )
    counts = tally.recount(case)
    record(
        case,
        kinds.RECEIVED,
        at=now,
        by=by,
        fact=Fact(
            name="received",
            at=received_at,
            line=kind.line,
            accounts=counts.accounts,
            domains=counts.domains,
            selectors=counts.selectors,
            restricted=kind.national_security,
        ),
        reference=case.reference,
        instrument=instrument_code,
        channel=channel,
        agency=agency.pk,
        targets=counts.targets,
        asked=list(asked),
        provenance=case.provenance,
    )
    start_receipt_clocks(case, now=now)
    presume_automatic_order(case, now=now)
    return case


def compartment_of(kind: Instrument) -> Compartment | None:
    """Return the compartment that a case of this instrument is put into on creation, or None."""
    return Compartment.objects.get(code=NATIONAL_SECURITY) if kind.national_security else None


def name_targets(case: Case, targets: Sequence[NewTarget]) -> None:
    """Add targets to a case, matched to the customer whose number they name, where the case may know one."""
    known = _customers(case, targets)
    Target.objects.bulk_create(
        (
            Target(
                case=case,
                kind=target.kind,
                value=target.value,
                customer=target.customer or known.get(target.value.lower()),
                asked=case.asked,
            )
            for target in targets
        ),
        batch_size=2000,
    )


def _customers(case: Case, targets: Sequence[NewTarget]) -> dict[str, Customer]:
    """Return the customers whose number is named, by that word in lower case."""
    values = {target.value for target in targets if target.customer is None and target.kind == TargetKind.ACCOUNT}
    if not values:
        return {}
    return {number.lower(): customer for number, customer in by_number(case, values).items()}


def _refuse_twice(targets: Sequence[NewTarget]) -> None:
    seen: set[tuple[str, str]] = set()
    for target in targets:
        if (target.kind, target.value) in seen:
            raise TargetNamedTwice(_("“%(target)s” is named twice.") % {"target": target.value})
        seen.add((target.kind, target.value))

"""A request arrives: kept as it came, opened as a case, and laid beside the cases that it may concern."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from accounts.models import Role, User
from accounts.tokens import token_hash
from cases.actions.agencies import find_or_add_agency, find_or_add_officer
from cases.actions.changing import record, require_role
from cases.actions.domains import record_domain
from cases.actions.nondisclosure import hold_notices
from cases.actions.opening import NewTarget, open_case
from cases.actions.signals import note_signals
from cases.models import Case
from cases.states import Category, Channel
from intake import ledger_kinds, tasks
from intake.actions.owners import has_directory, match_from_table
from intake.matching import Match, concerned
from intake.models import Submission
from vault.actions import keep, new_scope
from vault.commitments import commit
from vault.uploads import EncryptedUpload

TOKEN_BYTES = 24


@dataclass(frozen=True)
class Claim:
    """What a sender says, in a form or on paper. Nothing of it is proven."""

    instrument: str
    agency_name: str
    agency_country: str
    agency_kind: str
    officer_name: str = ""
    officer_email: str = ""
    officer_phone: str = ""
    agency_reference: str = ""
    our_reference: str = ""
    return_date: date | None = None
    targets: Sequence[NewTarget] = ()
    categories: Sequence[Category] = ()
    emergency: bool = False
    message: str = ""


@dataclass(frozen=True)
class Taken:
    """What a submission became."""

    submission: Submission
    case: Case
    token: str  # of the receipt's address; stands nowhere but here and in that address
    concerns: list[Match] = field(default_factory=list)


@transaction.atomic
def take_in(
    claim: Claim,
    *,
    documents: Sequence[EncryptedUpload],
    channel: Channel,
    received_at: datetime,
    now: datetime,
    by: User | None = None,
    domain_registered: date | None = None,
) -> Taken:
    """Keep what arrived and return the case opened for it, with the cases that it may concern, whose notices now wait.

    Either all of it is kept or nothing. `by` is who typed it in, None when the sender did;
    `domain_registered` what they looked up of the domain that it came from. The sender's tick is kept as
    a claim and sets no emergency (invariant 12); the compartment follows the instrument (invariant 6). Raises what
    cases.actions.opening.open_case and vault.actions.keep raise, and NotForYou.
    """
    if by is not None:
        require_role(by, Role.ANALYST)
    by_id = by.pk if by else None
    agency = find_or_add_agency(
        name=claim.agency_name,
        country=claim.agency_country,
        kind=claim.agency_kind,
        email_domain=claim.officer_email.rpartition("@")[2],
        now=now,
    )
    if by is not None and domain_registered:
        record_domain(agency=agency, registered_date=domain_registered, by=by, now=now)
    officer = find_or_add_officer(
        agency=agency, name=claim.officer_name, email=claim.officer_email, phone=claim.officer_phone
    )
    scope = new_scope(now=now)
    kept = [keep(upload, scope=scope, by_id=by_id, now=now) for upload in documents]
    case = open_case(
        instrument_code=claim.instrument,
        agency=agency,
        officer=officer,
        targets=claim.targets,
        asked=claim.categories,
        channel=channel,
        received_at=received_at,
        now=now,
        by=by,
        agency_reference=claim.agency_reference,
        return_date=claim.return_date,
        danger_claimed=claim.emergency,
        documents=kept,
        keys=scope,
    )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    submission = Submission.objects.create(
        case=case,
        channel=channel,
        received_at=received_at,
        entered_by=by,
        agency_name=claim.agency_name,
        sender_name=claim.officer_name,
        sender_email=claim.officer_email,
        sender_phone=claim.officer_phone,
        claims_emergency=claim.emergency,
        message=claim.message,
        document_ids=[document.pk for document in kept],
        receipt_token_hash=token_hash(token),
    )
    record(
        case,
        ledger_kinds.SUBMITTED,
        at=now,
        by=by,
        submission=submission.pk,
        channel=channel,
        documents=len(kept),
        manifest=commit(scope, "\n".join(document.sha256 for document in kept)) if kept else None,
        message=commit(scope, claim.message) if claim.message else None,
    )
    _match_targets(case, now=now)
    note_signals(case, text=claim.message, hashes=[document.sha256 for document in kept], now=now)
    values = [target.value for target in claim.targets] if agency.is_verified(now) else []
    texts = (claim.agency_reference, claim.our_reference, claim.message)
    matches = concerned(case, texts=texts, values=values)
    for match in matches:
        hold_notices(case_id=match.case_id, source=submission.source, because=match.because, now=now)
    return Taken(submission, case, token, matches)


def _match_targets(case: Case, *, now: datetime) -> None:
    """Look the targets up in our own table at once; the far end is asked when all this is kept."""
    if not has_directory():
        return
    match_from_table(case.pk, now=now)
    if settings.WRITDESK.directory_url:
        transaction.on_commit(tasks.match_targets.delay, robust=True)

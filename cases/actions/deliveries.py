"""A production made available to the agency: by a link that a one-time code opens, or by hand; taken back; received."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.tokens import token_hash
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, committed, record
from cases.delivery_codes import code_hash, new_code
from cases.models import Case, Delivery, DeliveryWay, Production
from cases.queries.deliveries import files_of, why_shut
from cases.rules.delivery import LinkLife, asks_encryption, encryption_problem, link_end, means_problem
from cases.rules.manifest import files_of as manifest_files
from cases.rules.manifest import size_of

TOKEN_BYTES = 32
REVOKED_BECAUSE = ("agency_withdrew", "order", "wrong_recipient", "fraud", "wrong_codes")


class EncryptionUnsaid(Refused):
    """Evidence goes outside the decentralised IT system, and nobody says whether it is encrypted, or why not."""


class NotDeliverable(Refused):
    """Nothing of this case may be fetched now, or there is nothing to fetch."""


@dataclass(frozen=True)
class Encryption:
    """Whether the files are encrypted to the authority's certificate, and why not; None: it is not said."""

    done: bool | None = None
    reason: str = ""


NOT_SAID = Encryption()


@dataclass(frozen=True)
class Handed:
    """A link as it is handed over. Token and code stand nowhere but here: of both the database keeps a hash."""

    delivery: Delivery
    token: str
    code: str  # told to the agency on another way than the link


def deliver_by_link(
    *,
    production_id: int,
    recipient: str,
    days: int,
    by: User,
    now: datetime,
    encryption: Encryption = NOT_SAID,
) -> Handed:
    """Make a production available under an address that ends after so many days, and return it with its code.

    Raises NotDeliverable, EncryptionUnsaid, and Refused for a life that is too short or too long.
    Law: Implementing Reg. (EU) 2025/1550 Annex.
    """
    try:
        expires_at = link_end(now, days, settings.WRITDESK.receiving_zone)
    except LinkLife as error:
        raise Refused(str(error)) from None
    token, code = secrets.token_urlsafe(TOKEN_BYTES), new_code()
    with changing_for(by, _case_of(production_id), Role.ANALYST, Role.COUNSEL) as case:
        production = case.productions.select_related("approval").get(pk=production_id)
        _require_deliverable(case, recipient, now)
        if not files_of(production).exists():
            raise NotDeliverable(_("This part has no file to fetch: record how the answer was handed over."))
        delivery = Delivery.objects.create(
            production=production,
            way=DeliveryWay.LINK,
            recipient=recipient.strip(),
            token_hash=token_hash(token),
            code_hash=code_hash(token, code),
            available_at=now,
            expires_at=expires_at,
            made_by=by,
            **_encryption(case, production, encryption),
        )
        _record_made(case, delivery, by=by, now=now)
        return Handed(delivery, token, code)


def record_out_of_band(
    *,
    production_id: int,
    recipient: str,
    means: str,
    by: User,
    now: datetime,
    how: str = "",
    encryption: Encryption = NOT_SAID,
) -> Delivery:
    """Record that a production was handed over by other means, and return that; `how` says more of them.

    Raises NotDeliverable, EncryptionUnsaid, and Refused for means by which it cannot have gone.
    Law: Implementing Reg. (EU) 2025/1550 Annex.
    """
    with changing_for(by, _case_of(production_id), Role.ANALYST, Role.COUNSEL) as case:
        production = case.productions.get(pk=production_id)
        _require_deliverable(case, recipient, now)
        size = size_of(production.manifest)
        if problem := means_problem(means, how, size, is_eevidence=case.instrument.is_eevidence):
            raise Refused(_(problem.explanation))
        delivery = Delivery.objects.create(
            production=production,
            way=DeliveryWay.OUT_OF_BAND,
            recipient=recipient.strip(),
            means=means,
            how=how.strip(),
            available_at=now,
            made_by=by,
            **_encryption(case, production, encryption, means),
        )
        _record_made(case, delivery, by=by, now=now)
        return delivery


def asks_encryption_of(production: Production, case: Case, means: str = "") -> bool:
    """Return whether it must be said of a delivery of this part that it is encrypted, or why not."""
    has_files = bool(manifest_files(production.manifest))
    return asks_encryption(is_eevidence=case.instrument.is_eevidence, has_files=has_files, means=means)


def _encryption(case: Case, production: Production, said: Encryption, means: str = "") -> dict[str, Any]:
    """Return what a delivery keeps of its encryption; nothing where it is not asked. Raises EncryptionUnsaid."""
    if not asks_encryption_of(production, case, means):
        return {}
    if problem := encryption_problem(said.done, said.reason):
        raise EncryptionUnsaid(_(problem.explanation))
    return {"is_encrypted": said.done, "unencrypted_reason": "" if said.done else said.reason.strip()}


def _case_of(production_id: int) -> int:
    return Production.objects.values_list("case_id", flat=True).get(pk=production_id)


def _require_deliverable(case: Case, recipient: str, now: datetime) -> None:
    if not recipient.strip():
        raise Refused(_("Say to whom it goes."))
    if reason := why_shut(case, now):
        raise NotDeliverable(reason)


def _record_made(case: Case, delivery: Delivery, *, by: User, now: datetime) -> None:
    record(
        case,
        kinds.DELIVERY_MADE,
        at=now,
        by=by,
        delivery=delivery.pk,
        number=delivery.production.number,
        way=delivery.way,
        means=delivery.means or None,
        until=delivery.expires_at,
        encrypted=delivery.is_encrypted,
        reason=committed(case, delivery.unencrypted_reason, now=now),
        recipient=committed(case, delivery.recipient, now=now),
    )


def revoke(*, delivery_id: int, because: str, by: User, now: datetime) -> None:
    """Close a link for good: what was not fetched is fetched no more."""
    if because not in REVOKED_BECAUSE:
        raise Refused(_("Choose why it is taken back."))
    case_id = Delivery.objects.values_list("production__case", flat=True).get(pk=delivery_id)
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        if not close_links(case, [delivery_id], because=because, by=by, now=now):
            raise Refused(_("This is not open any more."))


def close_all(case: Case, *, because: str, by: User | None, now: datetime) -> None:
    """Close every link to a production of the case, in the caller's transaction and under its lock."""
    links = Delivery.objects.filter(production__case=case, revoked_at=None, way=DeliveryWay.LINK)
    close_links(case, list(links.values_list("pk", flat=True)), because=because, by=by, now=now)


def close_links(case: Case, ids: list[int], *, because: str, by: User | None, now: datetime) -> bool:
    """Close these links in the caller's transaction; False where none of them was open."""
    links = Delivery.objects.filter(pk__in=ids, revoked_at=None, way=DeliveryWay.LINK)
    if not links.update(revoked_at=now):
        return False
    record(case, kinds.DELIVERIES_REVOKED, at=now, by=by, deliveries=ids, because=because)
    return True


def record_receipt(*, delivery_id: int, receipt: str, by: User, now: datetime) -> None:
    """Record what the agency said of having received it: a signature, a mail, a call."""
    if not receipt.strip():
        raise Refused(_("Say how and by whom it was confirmed."))
    case_id = Delivery.objects.values_list("production__case", flat=True).get(pk=delivery_id)
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        delivery = Delivery.objects.get(pk=delivery_id)
        if delivery.receipt_at:
            raise Refused(_("That it was received is on record already."))
        receive(case, delivery, receipt.strip(), by=by, now=now)


def receive(case: Case, delivery: Delivery, receipt: str, *, by: User | None, now: datetime) -> None:
    """Note that the agency has it, in the caller's transaction; `by` is None where the agency says so itself."""
    delivery.receipt_at, delivery.receipt = now, receipt
    delivery.save(update_fields=["receipt_at", "receipt"])
    record(
        case,
        kinds.DELIVERY_RECEIVED,
        at=now,
        by=by,
        delivery=delivery.pk,
        by_agency=by is None,
        receipt=committed(case, receipt, now=now),
    )

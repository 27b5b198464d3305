"""Signs of fraud: raised when a request arrives or another of its sender proves forged, and looked at by a person."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, void_approvals
from cases.actions.changing import Refused, changing_for, committed, record
from cases.models import Case, CaseDocument, FraudSignal
from cases.rules.fraud_signals import SIGNALS, Seen, signals
from cases.rules.instruments import INSTRUMENTS

DAY = timedelta(days=1)
EMERGENCIES = tuple(code for code, found in INSTRUMENTS.items() if found.emergency)


def note_signals(case: Case, *, text: str, hashes: Collection[str], now: datetime) -> None:
    """Raise the signs of fraud in a request that has just arrived, in the caller's transaction.

    `hashes`: SHA-256 of the documents that came with it. Only cases of which its readers may know are compared, so that
    a sign says nothing of a sealed case (invariant 6). Law: requirement 26 of docs/law.md.
    """
    desk = settings.WRITDESK
    others = _known_to_its_readers(case)
    seen = Seen(
        on=case.received_at.astimezone(desk.receiving_zone).date(),
        country=case.agency_country,
        known_agency=case.agency.is_verified(now) or others.filter(agency=case.agency_id).exists(),
        email_domain=case.agency.email_domain,
        domain_registered=case.agency.domain_registered_date,
        text=text,
        documents_of_others=_documents_of_others(others.exclude(agency=case.agency_id), hashes),
        emergencies=_emergencies(case, others),
        most_emergencies=desk.emergencies_a_day,
    )
    for signal in signals(seen):
        raise_signal(case, signal.code, detail=signal.detail, now=now)


def _known_to_its_readers(case: Case) -> QuerySet[Case]:
    circle = Q(compartment=None) | Q(compartment=case.compartment_id) if case.compartment_id else Q(compartment=None)
    found: QuerySet[Case] = Case.objects.filter(circle).exclude(pk=case.pk)
    return found


def _documents_of_others(others: QuerySet[Case], hashes: Iterable[str]) -> int:
    same = CaseDocument.objects.filter(document__sha256__in=list(hashes), case__in=others.values("pk"))
    return same.count()


def _emergencies(case: Case, others: QuerySet[Case]) -> int:
    if case.instrument_code not in EMERGENCIES:
        return 0
    since = case.received_at - DAY
    same_day = others.filter(agency=case.agency_id, instrument_code__in=EMERGENCIES, received_at__gt=since)
    return same_day.filter(received_at__lte=case.received_at).count() + 1


def raise_signal(case: Case, code: str, *, now: datetime, detail: str = "") -> None:
    """Raise a sign, in the caller's transaction; one that was looked at before waits for a person anew.

    What was approved to be released and has not left is void: it is asked for again when the sign is cleared.
    """
    signal, is_new = FraudSignal.objects.get_or_create(
        case=case, code=code, defaults={"detail": detail[:500], "found_at": now}
    )
    if not is_new and signal.cleared_at is None:
        return
    if not is_new:
        signal.detail, signal.found_at, signal.cleared_at, signal.cleared_by = detail[:500], now, None, None
        signal.save()
    record(case, kinds.SIGNAL_RAISED, at=now, by=None, code=code)
    void_approvals(case, RELEASE_KINDS, because="sign_of_fraud", now=now)


def clear_signal(*, signal_id: int, note: str, by: User, now: datetime) -> None:
    """Say why a sign is none of fraud. A proven fraud is cleared by nobody."""
    if not note.strip():
        raise Refused(_("Say what you checked, and why this is no fraud."))
    case_id = FraudSignal.objects.values_list("case_id", flat=True).get(pk=signal_id)
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        signal = case.fraud_signals.get(pk=signal_id)
        if SIGNALS[signal.code].for_good:
            raise Refused(_("This request was proven to be a fraud: nobody can clear that."))
        if signal.cleared_at:
            raise Refused(_("Somebody has looked at this already."))
        signal.cleared_at, signal.cleared_by, signal.note = now, by, note.strip()
        signal.save()
        record(case, kinds.SIGNAL_CLEARED, at=now, by=by, code=signal.code, note=committed(case, signal.note, now=now))

"""Who asks: found or made, verified, and no longer verified."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, require_role
from cases.actions.domains import record_domain
from cases.models import Agency, Officer, Verification, VerificationMethod
from ledger.actions import append

LASTS = timedelta(days=365)


class NumberSourceMissing(Refused):
    """A call back proves nothing when nobody knows where the number came from."""


def find_or_add_agency(*, name: str, country: str, kind: str, now: datetime, email_domain: str = "") -> Agency:
    """Return the agency of this name, country and kind that writes from this domain; a new one is not verified."""
    agency, is_new = Agency.objects.get_or_create(
        name=name.strip(),
        country=country.upper(),
        kind=kind,
        email_domain=email_domain.lower(),
        defaults={"first_seen_at": now},
    )
    if is_new and agency.email_domain:
        _take_over_day(agency)
    return agency


def _take_over_day(agency: Agency) -> None:
    """Keep the day on which its domain was registered, where somebody looked it up for another agency."""
    known = Agency.objects.filter(email_domain=agency.email_domain).exclude(domain_registered_date=None).first()
    if known:
        agency.domain_registered_date = known.domain_registered_date
        agency.save(update_fields=["domain_registered_date"])


def find_or_add_officer(*, agency: Agency, name: str, email: str, phone: str = "") -> Officer | None:
    """Return the officer of the agency with this name and address, or None where neither was given."""
    if not (name.strip() or email.strip()):
        return None
    officer, _new = Officer.objects.get_or_create(
        agency=agency, email=email.strip().lower(), name=name.strip(), defaults={"phone": phone}
    )
    return officer


@transaction.atomic
def verify_agency(
    *,
    agency_id: int,
    method: VerificationMethod,
    evidence: str,
    number_source: str,
    by: User,
    now: datetime,
    officer: Officer | None = None,
    lasts: timedelta = LASTS,
    domain_registered: date | None = None,
) -> Verification:
    """Return the verification now on record. It ends after a year unless said otherwise.

    `domain_registered`: when the domain that it writes from was, where somebody looked.
    Raises NumberSourceMissing for a call back without the source of the number (docs/law.md), NotForYou.
    """
    require_role(by, Role.ANALYST, Role.COUNSEL)
    if not evidence.strip():
        raise Refused(_("Say what was said or seen."))
    if method == VerificationMethod.CALL_BACK and not number_source.strip():
        raise NumberSourceMissing(_("Say where the number that you called was found; never use the one in the letter."))
    agency = Agency.objects.select_for_update().get(pk=agency_id)
    verification = Verification.objects.create(
        agency=agency,
        officer=officer,
        method=method,
        number_source=number_source.strip(),
        evidence=evidence.strip(),
        verified_by=by,
        verified_at=now,
        expires_at=now + lasts,
    )
    _keep_until(agency, now)
    if domain_registered:
        record_domain(agency=agency, registered_date=domain_registered, by=by, now=now)
    append(
        stream=f"agency:{agency.pk}",
        kind=kinds.AGENCY_VERIFIED,
        at=now,
        by=by.pk,
        agency=agency.pk,
        method=method,
        until=verification.expires_at,
    )
    return verification


@transaction.atomic
def revoke_verification(*, verification_id: int, by: User, now: datetime) -> None:
    """Take a verification back; the guard closes at once unless another one stands."""
    require_role(by, Role.ANALYST, Role.COUNSEL)
    verification = Verification.objects.select_related("agency").get(pk=verification_id)
    agency = Agency.objects.select_for_update().get(pk=verification.agency_id)
    Verification.objects.filter(pk=verification_id, revoked_at=None).update(revoked_at=now)
    _keep_until(agency, now)
    append(stream=f"agency:{agency.pk}", kind=kinds.VERIFICATION_REVOKED, at=now, by=by.pk, agency=agency.pk)


def revoke_all(agency: Agency, *, by: User, now: datetime) -> None:
    """Take every verification of an agency back, in the caller's transaction: somebody used its name.

    What was verified for one case alone (cases.actions.call_backs) is not touched.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if agency.verifications.filter(case=None, revoked_at=None, expires_at__gt=now).update(revoked_at=now):
        _keep_until(agency, now)
        append(stream=f"agency:{agency.pk}", kind=kinds.VERIFICATION_REVOKED, at=now, by=by.pk, agency=agency.pk)


def _keep_until(agency: Agency, now: datetime) -> None:
    standing = agency.verifications.filter(case=None, revoked_at=None, expires_at__gt=now)
    agency.verified_until = standing.aggregate(until=Max("expires_at"))["until"]
    agency.save(update_fields=["verified_until"])

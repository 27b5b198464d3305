"""A call back for one request: at a number that the request did not bring, with a second person who vouches for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.agencies import NumberSourceMissing
from cases.actions.changing import Refused, changing_for, committed, record
from cases.given_numbers import given_numbers
from cases.models import Case, Verification, VerificationMethod
from cases.rules.emergency import is_independent_number

CALL_BACK_LASTS = timedelta(days=30)


class NumberNotIndependent(Refused):
    """Who forged the request answers the telephone at the number in it."""


class SecondVerifierMissing(Refused):
    """Nobody, or the same person, vouches for the call; or somebody who may not know of the case."""


def record_call_back(
    *,
    case_id: int,
    number_called: str,
    number_source: str,
    evidence: str,
    second_verifier: User | None,
    by: User,
    now: datetime,
    numbers_in_request: Iterable[str] = (),
) -> Verification:
    """Return the call back now on record for this case; it verifies no other.

    `numbers_in_request`: those that stand in its papers, beside the ones that are known. The second verifier is another
    person who heard or checked it. Mail authentication is no evidence of anything here: a mailbox can be stolen.
    Raises NumberSourceMissing, NumberNotIndependent, SecondVerifierMissing.
    Law: FBI Private Industry Notification of 4 November 2024; requirement 25 of docs/law.md.
    """
    if not evidence.strip():
        raise Refused(_("Say what was said, and by whom."))
    if not number_source.strip():
        raise NumberSourceMissing(_("Say where the number that you called was found; never use the one in the letter."))
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        if not is_independent_number(number_called, [*given_numbers(case), *numbers_in_request]):
            raise NumberNotIndependent(_("Call a number that the request itself does not give, found independently."))
        _require_second_verifier(case, second_verifier, by)
        verification = Verification.objects.create(
            agency_id=case.agency_id,
            officer_id=case.officer_id,
            case=case,
            method=VerificationMethod.CALL_BACK,
            number_called=number_called.strip(),
            number_source=number_source.strip(),
            evidence=evidence.strip(),
            verified_by=by,
            second_verifier=second_verifier,
            verified_at=now,
            expires_at=now + CALL_BACK_LASTS,
        )
        record(
            case,
            kinds.CALLED_BACK,
            at=now,
            by=by,
            verification=verification.pk,
            second=second_verifier.pk if second_verifier else None,
            number=committed(case, verification.number_called, now=now),
            source=committed(case, verification.number_source, now=now),
            evidence=committed(case, verification.evidence, now=now),
        )
        return verification


def _require_second_verifier(case: Case, second: User | None, by: User) -> None:
    if second is None or second.person_id == by.person_id:
        raise SecondVerifierMissing(_("Name another person who verified the call with you."))
    if not (second.has_role(Role.ANALYST, Role.COUNSEL) and case.is_visible_to(second)):
        raise SecondVerifierMissing(_("%(name)s may not work on this case.") % {"name": second.name})


def revoke_call_backs(case: Case, *, by: User | None, now: datetime) -> None:
    """Take every call back of the case back, in the caller's transaction and under its lock."""
    if case.verifications.filter(revoked_at=None).update(revoked_at=now):
        record(case, kinds.CALL_BACKS_REVOKED, at=now, by=by)

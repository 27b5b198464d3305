"""A letter on its way: let go by a person, taken back, gone, perhaps gone, come back. Who carries it reports here."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, committed, record, require_role
from cases.actions.clocks import run_after_all, settle_one
from cases.models import Case, Letter, LetterKind, LetterState, LetterWay
from cases.rules.correspondence import needs_proof, recipient_problem
from cases.rules.problems import Problem
from cases.states import ClockState


class WrongRecipient(Refused):
    """The letter must not go there, or that is no address."""


class NotProven(Refused):
    """The letter tells something of a customer, and it is not proven who asks."""


def release_letter(*, letter_id: int, way: str, recipient: str, by: User, now: datetime) -> None:
    """Let a draft go to this recipient; it leaves with the next round of whoever carries it.

    Raises WrongRecipient, NotProven, and Refused where it is no draft any more. To a foreign government: by counsel.
    """
    recipient = recipient.strip()
    with changing_for(by, _case_of(letter_id), Role.ANALYST, Role.COUNSEL) as case:
        letter = _draft(case, letter_id)
        if letter.kind == LetterKind.GOVERNMENT:
            require_role(by, Role.COUNSEL)
        _address(case, letter, way, recipient)
        if needs_proof(letter.kind) and not is_proven(case, now):
            raise NotProven(_("Verify the agency: this letter tells something of what we hold."))
        letter.state = LetterState.READY
        letter.released_by, letter.released_at, letter.failed_at = by, now, None
        letter.save(update_fields=["state", "way", "recipient", "released_by", "released_at", "failed_at"])
        record(
            case,
            kinds.LETTER_RELEASED,
            at=now,
            by=by,
            letter=letter.pk,
            letter_kind=letter.kind,
            way=letter.way,
            recipient=committed(case, recipient, now=now),
        )


def take_back_letter(*, letter_id: int, by: User, now: datetime) -> None:
    """Make a draft again of a letter that has not left yet. Raises Refused where it has, or may have."""
    with changing_for(by, _case_of(letter_id), Role.ANALYST, Role.COUNSEL) as case:
        letter = case.letters.get(pk=letter_id)
        if letter.state != LetterState.READY or letter.uncertain_at:
            raise Refused(_("This letter has left, or may have."))
        letter.state = LetterState.DRAFTED
        letter.save(update_fields=["state"])
        record(case, kinds.LETTER_TAKEN_BACK, at=now, by=by, letter=letter.pk, letter_kind=letter.kind)


def is_proven(case: Case, now: datetime) -> bool:
    """Return whether it is proven who asks: the agency is verified, or two people called back for this case."""
    call_backs = case.verifications.filter(
        method="call_back", verified_at__gte=case.received_at, revoked_at=None, second_verifier__isnull=False
    )
    return case.agency.is_verified(now) or call_backs.filter(expires_at__gt=now).exists()


def letter_problem(case: Case, letter: Letter) -> Problem | None:
    """Return what is wrong with the address on a letter, by what is known of the authority at this moment, or None."""
    domain = case.agency.email_domain
    return recipient_problem(kind=letter.kind, way=letter.way, recipient=letter.recipient, email_domain=domain)


def letter_left(case: Case, letter: Letter, *, how: str, at: datetime, by: User | None, now: datetime) -> None:
    """Note that a letter left at that moment, under the case's lock; the clock that it meets is met."""
    letter.state, letter.sent_at, letter.sent_how, letter.uncertain_at = LetterState.SENT, at, how, None
    letter.failed_at = None
    letter.save(update_fields=["state", "sent_at", "sent_how", "uncertain_at", "failed_at"])
    record(case, kinds.LETTER_SENT, at=now, by=by, letter=letter.pk, letter_kind=letter.kind)
    if letter.meets:
        settle_one(case, letter.meets, ClockState.MET, now=now, by=by, at=at)
    for notice in case.government_notices.filter(letter=letter, sent_at=None):
        notice.sent_at, notice.sent_how = at, how
        notice.save(update_fields=["sent_at", "sent_how"])
        record(case, kinds.GOVERNMENT_NOTICE_SENT, at=now, by=by, country=notice.country)


def letter_failed(case: Case, letter: Letter, *, because: str, now: datetime) -> None:
    """Note that a letter could not be handed over, or came back: a draft again, and a person's work.

    The clock that it had met when it left runs again.
    """
    if letter.meets and letter.state == LetterState.SENT:
        run_after_all(case, letter.meets, now=now)
    letter.state, letter.failed_at = LetterState.DRAFTED, now
    letter.uncertain_at = letter.sent_at = None
    letter.save(update_fields=["state", "failed_at", "uncertain_at", "sent_at"])
    case.government_notices.filter(letter=letter).update(sent_at=None)
    record(case, kinds.LETTER_FAILED, at=now, by=None, letter=letter.pk, letter_kind=letter.kind, because=because)


def letter_doubted(letter: Letter, *, now: datetime) -> None:
    """Note that an attempt has no outcome: perhaps the authority has it. Never sent again by itself."""
    letter.uncertain_at = now
    letter.save(update_fields=["uncertain_at"])


def _case_of(letter_id: int) -> int:
    return Letter.objects.values_list("case_id", flat=True).get(pk=letter_id)


def _draft(case: Case, letter_id: int) -> Letter:
    letter: Letter | None = case.letters.filter(pk=letter_id, state=LetterState.DRAFTED).first()
    if letter is None:
        raise Refused(_("This letter is no longer a draft."))
    return letter


def _address(case: Case, letter: Letter, way: str, recipient: str) -> None:
    """Say in the letter to whom it goes. Raises WrongRecipient."""
    if way not in LetterWay.values:
        raise WrongRecipient(_("Choose how it goes."))
    if way == LetterWay.EEVIDENCE and not case.instrument.is_eevidence:
        raise WrongRecipient(_("Only what came as e-Evidence is answered through its system."))
    if way == LetterWay.EEVIDENCE and not settings.WRITDESK.eevidence_url:
        raise WrongRecipient(_("No access point to that system is set here: send it there by hand and say so."))
    letter.way, letter.recipient = LetterWay(way), recipient
    if problem := letter_problem(case, letter):
        raise WrongRecipient(_(problem.explanation))
    if way == LetterWay.EMAIL:
        try:
            validate_email(recipient)
        except ValidationError as error:
            raise WrongRecipient(_("Enter an e-mail address such as name@example.com.")) from error

"""Letters to the agency: drafted by other actions, dropped, or put on record as sent another way."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, committed, record, require_role
from cases.actions.letter_travel import letter_left
from cases.models import Case, Letter, LetterKind, LetterState
from cases.rules.annex_iii import Certificate, form_text
from cases.rules.letters import ANNEX_III, REJECTION, LetterOffer, letter_for, text_of, text_of_receipt, text_to_forger

UNSENT = (LetterState.DRAFTED, LetterState.READY)


class NothingFailed(Refused):
    """Nothing in the review asks for a letter."""


class RejectInstead(Refused):
    """What failed leaves nothing but a rejection."""


def draft_letter(case: Case, kind: LetterKind, text: str, *, by: User | None, now: datetime, meets: str = "") -> Letter:
    """Return a new draft, in the caller's transaction. `meets`: the clock that sending it meets."""
    if not text.strip():
        raise Refused(_("Write the text of the letter."))
    letter = Letter.objects.create(case=case, kind=kind, text=text.strip(), drafted_by=by, drafted_at=now, meets=meets)
    commitment = committed(case, letter.text, now=now)
    record(case, kinds.LETTER_DRAFTED, at=now, by=by, letter=letter.pk, letter_kind=kind, text=commitment)
    return letter


def draft_for_defects(*, case_id: int, text: str, by: User, now: datetime) -> Letter:
    """Draft the letter that follows from what failed in legal review, with counsel's text.

    Raises NothingFailed, and RejectInstead where the letter would be a rejection: that ends the case, and drafts it.
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        offer = offer_for(case)
        if offer is None:
            raise NothingFailed(_("No question of the review was answered with no."))
        if offer.kind == REJECTION:
            raise RejectInstead(_("What failed cannot be cured: reject the request, the letter is drafted with it."))
        return draft_letter(case, LetterKind(offer.kind), text, by=by, now=now)


def draft_acknowledgement(*, case_id: int, text: str, by: User, now: datetime) -> Letter:
    """Draft the letter that says that a request came, once. Raises Refused for a second one."""
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        if case.letters.filter(kind=LetterKind.ACKNOWLEDGEMENT).exists():
            raise Refused(_("Its receipt is acknowledged already."))
        return draft_letter(case, LetterKind.ACKNOWLEDGEMENT, text, by=by, now=now)


def acknowledgement_text(case: Case) -> str:
    """Return a text that says when the request came, and nothing of what it asks for."""
    received_on = case.received_at.astimezone(settings.WRITDESK.receiving_zone).date()
    return text_of_receipt(reference=case.reference, agency_reference=case.agency_reference, received_on=received_on)


def offer_for(case: Case) -> LetterOffer | None:
    """Return the letter that follows from what failed in the review of this case, or None."""
    answers = dict(case.review_answers.values_list("item", "answer"))
    return letter_for(case.instrument, answers, case.agency_country)


def text_for(case: Case, offer: LetterOffer) -> str:
    """Return a text for that letter, with what the notes say, for counsel to go over."""
    notes = dict(case.review_answers.values_list("item", "note"))
    if offer.kind == ANNEX_III:
        return form_text(offer, _certificate(case), notes)
    return text_of(offer, reference=case.reference, agency_reference=case.agency_reference, notes=notes)


def _certificate(case: Case) -> Certificate:
    zone = settings.WRITDESK.receiving_zone
    return Certificate(
        title=case.instrument.title,
        our_reference=case.reference,
        agency_reference=case.agency_reference,
        authority=case.agency.name,
        country=case.agency_country,
        received_on=case.received_at.astimezone(zone).date(),
        addressee=settings.WRITDESK.provider_name,
        contact=settings.WRITDESK.contact_email,
        is_preserved=case.preservations.filter(confirmed_at__isnull=False, released_at=None).exists(),
    )


def neutral_text(case: Case) -> str:
    """Return a text that tells a forger nothing."""
    return text_to_forger(reference=case.reference, agency_reference=case.agency_reference)


def record_letter_sent(*, letter_id: int, how: str, by: User, now: datetime) -> None:
    """Note that a draft left, and how: by post, through the authority's portal, by mail."""
    letter = Letter.objects.get(pk=letter_id)
    if not how.strip():
        raise Refused(_("Say how it was sent."))
    with changing_for(by, letter.case_id, Role.ANALYST, Role.COUNSEL) as case:
        letter.refresh_from_db()
        if letter.kind == LetterKind.GOVERNMENT:
            require_role(by, Role.COUNSEL)
        if letter.state != LetterState.DRAFTED:
            raise Refused(_("This letter is no longer a draft."))
        letter_left(case, letter, how=how.strip(), at=now, by=by, now=now)


def drop_letter(*, letter_id: int, by: User, now: datetime) -> None:
    """Discard a draft that is not needed."""
    letter = Letter.objects.get(pk=letter_id)
    with changing_for(by, letter.case_id, Role.ANALYST, Role.COUNSEL) as case:
        if not _drop(case, letter, by=by, now=now):
            raise Refused(_("This letter is no longer a draft."))


def drop_drafts_to_forger(case: Case, *, by: User, now: datetime) -> None:
    """Discard what was drafted while the request passed for genuine, in the caller's transaction.

    The rejection of this very moment stays, which was written for a forger, and what is demanded back still is.
    """
    harmless = Q(kind=LetterKind.RETURN_DEMAND) | Q(kind=LetterKind.REJECTION, drafted_at=now)
    for letter in case.letters.filter(state__in=UNSENT).exclude(harmless):
        _drop(case, letter, by=by, now=now)


def _drop(case: Case, letter: Letter, *, by: User, now: datetime) -> bool:
    """Return whether the letter was a draft, which it is no more."""
    if not case.letters.filter(pk=letter.pk, state__in=UNSENT, uncertain_at=None).update(state=LetterState.DROPPED):
        return False
    record(case, kinds.LETTER_DROPPED, at=now, by=by, letter=letter.pk, letter_kind=letter.kind)
    return True

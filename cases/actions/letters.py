"""Letters to the agency: drafted by other actions, sent out of band or by notifications, and put on record here."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, committed, record
from cases.models import Case, Letter, LetterKind, LetterState


def draft_letter(case: Case, kind: LetterKind, text: str, *, by: User | None, now: datetime) -> Letter:
    """Return a new draft, in the caller's transaction."""
    if not text.strip():
        raise Refused(_("Write the text of the letter."))
    letter = Letter.objects.create(case=case, kind=kind, text=text.strip(), drafted_by=by, drafted_at=now)
    commitment = committed(case, letter.text, now=now)
    record(case, kinds.LETTER_DRAFTED, at=now, by=by, letter=letter.pk, letter_kind=kind, text=commitment)
    return letter


def record_letter_sent(*, letter_id: int, how: str, by: User, now: datetime) -> None:
    """Note that a draft left, and how: by post, through the authority's portal, by mail."""
    letter = Letter.objects.get(pk=letter_id)
    if not how.strip():
        raise Refused(_("Say how it was sent."))
    with changing_for(by, letter.case_id, Role.ANALYST, Role.COUNSEL) as case:
        changed = case.letters.filter(pk=letter_id, state=LetterState.DRAFTED).update(
            state=LetterState.SENT, sent_at=now, sent_how=how.strip()
        )
        if not changed:
            raise Refused(_("This letter is no longer a draft."))
        record(case, kinds.LETTER_SENT, at=now, by=by, letter=letter_id, letter_kind=letter.kind)


def drop_letter(*, letter_id: int, by: User, now: datetime) -> None:
    """Discard a draft that is not needed."""
    letter = Letter.objects.get(pk=letter_id)
    with changing_for(by, letter.case_id, Role.ANALYST, Role.COUNSEL) as case:
        if not case.letters.filter(pk=letter_id, state=LetterState.DRAFTED).update(state=LetterState.DROPPED):
            raise Refused(_("This letter is no longer a draft."))
        record(case, kinds.LETTER_DROPPED, at=now, by=by, letter=letter_id, letter_kind=letter.kind)

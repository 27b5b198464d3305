"""How the words of a mail change: counsel writes, another counsel approves, and each step is in the ledger.

Reasons: docs/decisions/0008.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Role, User, received_from
from cases.actions.changing import NotForYou, Refused, require_role
from cases.actions.second_person import INDEPENDENCE, NotIndependent, NotWhatWasRead, SecondPersonRequired
from ledger.actions import append
from ledger.kinds import EntryKind
from notifications import ledger_kinds as kinds
from notifications.catalogue import MAILS, Mail
from notifications.checking import problems
from notifications.languages import LANGUAGES
from notifications.samples import sample, sets_of
from notifications.saying import WordingBroken, said
from notifications.wording_models import Wording, WordingState

LOCK = 0x776F7264696E67  # "wording": one change of words at a time in a database


class NotUsable(Refused):
    """The words leave out what the mail must say, or could break it. `problems` are sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class NoReason(Refused):
    """Who approves must be able to read why."""


class NothingNew(Refused):
    """The words are the ones that are in use."""


class MovedOn(Refused):
    """The version is not in the state in which this can be done: somebody was faster, or it is over."""


@transaction.atomic
def write(*, mail: str, language: str, subject: str, text: str, reason: str, by: User, now: datetime) -> Wording:
    """Return a new draft. Words that could not be used are not kept.

    Raises NotForYou, NoReason, NothingNew, NotUsable; KeyError for a mail or language that we do not have.
    """
    require_role(by, Role.COUNSEL)
    _queue_up()
    if language not in LANGUAGES:
        raise KeyError(language)
    draft = Wording(
        mail=MAILS[mail].name,
        language=language,
        number=_next_number(mail, language),
        subject=subject.strip(),
        text=_tidy(text),
        reason=reason.strip(),
        written_by=by,
        written_at=now,
    )
    draft.digest = digest_of(draft)
    if not draft.reason:
        raise NoReason(_("Say why it is to be said in another way."))
    if Wording.objects.filter(mail=mail, language=language, state=WordingState.APPROVED, digest=draft.digest).exists():
        raise NothingNew(_("These are the words that are in use."))
    require_usable(draft)
    draft.save()
    _record(kinds.WORDING_WRITTEN, draft, by=by, now=now)
    return draft


def propose(*, wording_id: int, by: User, now: datetime) -> None:
    """Ask for another counsel's approval; from now on the words stay as they are. Raises NotForYou, MovedOn."""
    with _changing(wording_id, by, WordingState.DRAFT) as wording:
        _require_writer(wording, by)
        require_usable(wording)
        wording.state = WordingState.PROPOSED
        wording.save(update_fields=["state"])
        _record(kinds.WORDING_PROPOSED, wording, by=by, now=now)


def approve(*, wording_id: int, digest: str, by: User, now: datetime) -> None:
    """Put a proposed version in use, in place of the one that was. `digest`: of the words that the approver has read.

    Raises NotForYou (SecondPersonRequired, NotIndependent), MovedOn, NotWhatWasRead, NotUsable.
    """
    with _changing(wording_id, by, WordingState.PROPOSED) as wording:
        _require_another(wording, by, now)
        if digest != wording.digest or digest != digest_of(wording):
            raise NotWhatWasRead(_("These are not the words that you have read. Read them again."))
        require_usable(wording)
        for old in Wording.objects.filter(
            mail=wording.mail, language=wording.language, state=WordingState.APPROVED
        ).select_for_update():
            _retire(old, by=by, now=now)
        wording.state, wording.approved_by, wording.approved_at = WordingState.APPROVED, by, now
        wording.save(update_fields=["state", "approved_by", "approved_at"])
        _record(kinds.WORDING_APPROVED, wording, by=by, now=now)


def retire(*, wording_id: int, by: User, now: datetime) -> None:
    """End a version, in use or not: what was in use gives way to the built-in words. Raises NotForYou, MovedOn.

    One counsel is enough: the built-in words say all that a mail must say.
    """
    live = (WordingState.DRAFT, WordingState.PROPOSED, WordingState.APPROVED)
    with _changing(wording_id, by, *live) as wording:
        if wording.state == WordingState.DRAFT:
            _require_writer(wording, by)
        _retire(wording, by=by, now=now)


def note_broken(wording: Wording | None, *, now: datetime) -> None:
    """Write down that mails leave with the built-in words, once, so that staff see it. In the caller's transaction."""
    if wording and Wording.objects.filter(pk=wording.pk, broke_at=None).update(broke_at=now):
        _record(kinds.WORDING_BROKE, wording, by=None, now=now)


def require_usable(wording: Wording) -> None:
    """Raise NotUsable unless the words say all they must, and make a mail of every sample there is."""
    mail = MAILS[wording.mail]
    if found := problems(mail, wording.subject, wording.text):
        raise NotUsable(found)
    with translation.override(wording.language):
        broken = [one for one in sets_of(mail) if not _can_say(mail, one, wording)]
    if broken:
        raise NotUsable([_("No mail can be made of it.")])


def _can_say(mail: Mail, sample_set: str, wording: Wording) -> bool:
    try:
        words = said(mail, sample(mail, sample_set), wording)
    except WordingBroken:
        return False
    return bool(words.subject and words.text)


def digest_of(wording: Wording) -> str:
    """Return the SHA-256 of the words, in hexadecimal."""
    whole = [wording.mail, wording.language, wording.subject, wording.text]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()


def _tidy(text: str) -> str:
    """Return the text as it is kept: lines as the browser's form did not change them, nothing after the last word."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def _next_number(mail: str, language: str) -> int:
    last = Wording.objects.filter(mail=mail, language=language).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@contextmanager
def _changing(wording_id: int, by: User, *states: WordingState) -> Iterator[Wording]:
    """Give the version under lock, in one of these states, to counsel. Raises NotForYou, MovedOn."""
    by.forget_grants()
    require_role(by, Role.COUNSEL)
    with transaction.atomic():
        _queue_up()
        wording = Wording.objects.select_for_update(of=("self",)).select_related("written_by").get(pk=wording_id)
        if wording.state not in states:
            raise MovedOn(_("This version has moved on meanwhile. Look at it again."))
        yield wording


def _queue_up() -> None:
    """Let changes of words wait for one another: two new drafts get two numbers, two approvals one outcome."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _require_writer(wording: Wording, by: User) -> None:
    if wording.written_by.person_id != by.person_id:
        raise NotForYou(_("Only who wrote this draft can do that. Write one of your own."))


def _require_another(wording: Wording, by: User, now: datetime) -> None:
    if wording.written_by.person_id == by.person_id:
        raise SecondPersonRequired(_("You wrote this: another person must approve it."))
    if received_from(by, wording.written_by, now - INDEPENDENCE):
        raise NotIndependent(_("You were given your role by who wrote this, less than a day ago: someone else must."))


def _retire(wording: Wording, *, by: User, now: datetime) -> None:
    wording.state, wording.retired_by, wording.retired_at = WordingState.RETIRED, by, now
    wording.save(update_fields=["state", "retired_by", "retired_at"])
    _record(kinds.WORDING_RETIRED, wording, by=by, now=now)


def _record(kind: EntryKind, wording: Wording, *, by: User | None, now: datetime) -> None:
    append(
        stream=kinds.WORDINGS,
        kind=kind,
        at=now,
        by=by.pk if by else None,
        mail=wording.mail,
        language=wording.language,
        number=wording.number,
        digest=wording.digest,
    )

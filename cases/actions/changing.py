"""The one mechanism: lock the case, change it, write the ledger and the rows that follow, in one transaction."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from cases.models import Case
from ledger.actions import append
from ledger.facts import Fact
from ledger.kinds import EntryKind
from vault.actions import new_scope
from vault.commitments import commit


class Refused(Exception):
    """An action was refused. Carries every sentence that says what is missing."""

    def __init__(self, *sentences: str | Promise) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(str(sentence) for sentence in sentences))


class NotForYou(Refused):
    """The person does not hold the role that this action asks for."""


class ChangedMeanwhile(Refused):
    """Someone else moved the case since the person looked at it."""


class CaseNotFound(Exception):
    """No such case, or none that this person may know of: the two look alike."""

    def __init__(self) -> None:
        super().__init__(_("There is no such case."))


@contextmanager
def changing(case_id: int) -> Iterator[Case]:
    """Yield the case under its row lock, in a transaction. Waits for a notice that is on its way to the relay."""
    with transaction.atomic():
        try:
            # Nothing is joined: rows beside the locked one would be those of the moment at which the waiting began.
            case = Case.objects.select_for_update().get(pk=case_id)
        except Case.DoesNotExist:
            raise CaseNotFound from None
        yield case


@contextmanager
def changing_for(user: User, case_id: int, *roles: str) -> Iterator[Case]:
    """Yield the case under lock when this person may know of it and holds one of the roles.

    Raises CaseNotFound where the case is in a compartment not theirs, NotForYou where the role is missing.
    """
    with changing(case_id) as case:
        require_sight(user, case)
        require_role(user, *roles)
        yield case


def require_sight(user: User, case: Case) -> None:
    """Raise CaseNotFound unless the person may know that the case exists."""
    if not case.is_visible_to(user):
        raise CaseNotFound


def require_role(user: User, *roles: str) -> None:
    """Raise NotForYou unless the person holds one of the roles."""
    if not user.has_role(*roles):
        raise NotForYou(only(roles))


def only(roles: Collection[str]) -> str:
    """Return the sentence that says who may do something: "Only an analyst or counsel may do this."."""
    return _("Only %(roles)s may do this.") % {"roles": get_text_list([str(WHO[Role(one)]) for one in roles], _("or"))}


WHO: Mapping[Role, Promise] = {
    Role.ANALYST: gettext_lazy("an analyst"),
    Role.COUNSEL: gettext_lazy("counsel"),
    Role.PUBLISHER: gettext_lazy("a publisher"),
    Role.AUDITOR: gettext_lazy("an auditor"),
    Role.ADMINISTRATOR: gettext_lazy("an administrator"),
}


def record(
    case: Case, kind: EntryKind, *, at: datetime, by: User | None, fact: Fact | None = None, **fields: object
) -> None:
    """Write one entry into the case's ledger stream, in the caller's transaction."""
    append(stream=case.stream, kind=kind, at=at, by=by.pk if by else None, fact=fact, **fields)


def committed(case: Case, text: str, *, now: datetime) -> str | None:
    """Return the commitment to a text under the case's key, or None for no text. Makes the key at first use."""
    if not text:
        return None
    if case.keys is None:
        case.keys = new_scope(now=now)
        Case.objects.filter(pk=case.pk).update(keys=case.keys)
    return commit(case.keys, text)


def save_moved(case: Case) -> None:
    """Save a case after a transition: the database refuses a change of state from anywhere else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('writdesk.transition', %s, true)", [str(case.pk)])
    case.save()  # The trigger that lets this one change through takes the permission back in the same breath.

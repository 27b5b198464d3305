"""What an import holds: live duties of earlier records, until an operator has looked at them."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import require_role
from cases.models import Case, NoticeDuty
from cases.models.case import CaseQuerySet
from ledger.actions import Row, append_many

AT_ONCE = 1000  # cases locked in one transaction


def held_cases(user: User) -> CaseQuerySet:
    """Return the held cases that this person may release, oldest first.

    An administrator reads no cases and yet runs the import: they may release every one that is not sealed.
    """
    held: CaseQuerySet = Case.objects.filter(is_held=True).order_by("received_at", "pk")
    if user.has_role(Role.ADMINISTRATOR):
        return held.filter(Q(compartment=None) | Q(compartment__in=user.compartment_ids))
    return held.visible_to(user)


def release_held(*, by: User, now: datetime, references: Collection[str] | None = None) -> int:
    """Let the clocks of held cases and their notices act: of those named, or of all; return how many.

    What is due by then leaves by itself. Cases that are not held, or not to be seen, are left out without a word.
    Raises NotForYou.
    """
    require_role(by, Role.ADMINISTRATOR, Role.COUNSEL)
    wanted = held_cases(by)
    if references is not None:
        wanted = wanted.filter(reference__in=list(references))
    keys = sorted(wanted.values_list("pk", flat=True))
    return sum(_release(keys[start : start + AT_ONCE], by, now) for start in range(0, len(keys), AT_ONCE))


@transaction.atomic
def _release(keys: list[int], by: User, now: datetime) -> int:
    locked = Case.objects.select_for_update().filter(pk__in=keys, is_held=True).order_by("pk")
    held = list(locked.values_list("pk", flat=True))
    Case.objects.filter(pk__in=held).update(is_held=False)
    NoticeDuty.objects.filter(case__in=held, is_held=True).update(is_held=False)
    append_many(Row(f"case:{key}", kinds.IMPORT_RELEASED, now, by.pk, None, {}) for key in held)
    return len(held)

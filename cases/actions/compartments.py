"""Sealing a case into a compartment, and who works on it."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Compartment, Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, record, require_sight
from cases.actions.customers import keep_inside
from cases.models import Case, Sighting


def seal(*, case_id: int, compartment: Compartment, by: User, now: datetime) -> list[User]:
    """Seal a case; return the people outside the compartment who have seen it: what was seen stays known."""
    with changing_for(by, case_id, Role.COUNSEL) as case:
        if case.compartment_id:
            raise Refused(_("This case is in a compartment already."))
        if compartment.pk not in by.compartment_ids:
            raise Refused(_("You can only seal into a compartment of yours."))
        case.compartment = compartment
        Case.objects.filter(pk=case.pk).update(compartment=compartment)
        if case.assignee and compartment.pk not in case.assignee.compartment_ids:
            case.assignee = None
            Case.objects.filter(pk=case.pk).update(assignee=None)
        keep_inside(case)
        inside = compartment.memberships.filter(ended_at=None).values("user")
        seen = Sighting.objects.filter(case=case).exclude(user__in=inside).select_related("user")
        people = [sighting.user for sighting in seen]
        record(case, kinds.SEALED, at=now, by=by, compartment=compartment.pk, seen_by=[person.pk for person in people])
        return people


def assign(*, case_id: int, assignee: User | None, by: User, now: datetime) -> None:
    """Say who works on the case: someone who may know of it."""
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        if assignee is not None:
            require_sight(assignee, case)
        case.assignee = assignee
        Case.objects.filter(pk=case.pk).update(assignee=assignee)
        record(case, kinds.ASSIGNED, at=now, by=by, assignee=assignee.pk if assignee else None)


def note_sighting(case: Case, user: User, now: datetime) -> None:
    """Note that the person has seen the case, once."""
    Sighting.objects.bulk_create([Sighting(case=case, user=user, first_at=now)], ignore_conflicts=True)

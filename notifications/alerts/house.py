"""Everybody who can be told, as the rules know them, and what an alert is about."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from accounts.models import CompartmentMembership, RoleGrant, User
from cases.models import Approval
from cases.models.case import READERS
from notifications.alerts.kinds import POLICIES, AlertKind
from notifications.models import Alert, StaffPreferences
from notifications.rules.circles import Colleague, House, Matter


def house(now: datetime) -> House:
    """Return every active account that holds a role, by four queries."""
    roles, compartments = defaultdict(set), defaultdict(set)
    for account, role in RoleGrant.objects.filter(ended_at=None).values_list("user", "role"):
        roles[account].add(role)
    for account, compartment in CompartmentMembership.objects.filter(ended_at=None).values_list("user", "compartment"):
        compartments[account].add(compartment)
    wishes = StaffPreferences.objects.exclude(away_from=None, deputy=None).select_related("user")
    chosen = {one.user_id: one for one in wishes}
    away = {account for account, one in chosen.items() if one.is_away(now)}
    return {
        account: Colleague(
            account=account,
            person=person,
            roles=frozenset(roles[account]),
            compartments=frozenset(compartments[account]),
            is_away=account in away,
            deputy=chosen[account].deputy_id if account in chosen else None,
        )
        for account, person in User.objects.filter(is_active=True, pk__in=roles).values_list("pk", "person")
    }


def matters(alerts: Iterable[Alert]) -> dict[int, Matter]:
    """Return what each alert is about, by its key; the alerts come with their cases."""
    proposals = _proposals(alerts)
    return {alert.pk: _matter(alert, proposals.get(alert.subject)) for alert in alerts}


def _matter(alert: Alert, proposal: Approval | None) -> Matter:
    case = alert.case
    return Matter(
        roles=frozenset(POLICIES[AlertKind(alert.kind)].roles),
        readers=frozenset(READERS) if case else frozenset(),
        compartment=case.compartment_id if case else None,
        asked=proposal.asked_id if proposal else None,
        assignee=case.assignee_id if case else None,
        proposer=proposal.proposed_by.person_id if proposal else None,
    )


def _proposals(alerts: Iterable[Alert]) -> dict[str, Approval]:
    keys = [alert.subject.partition(":")[2] for alert in alerts if alert.kind == AlertKind.APPROVAL]
    found = Approval.objects.filter(pk__in=keys).select_related("proposed_by") if keys else []
    return {f"approval:{approval.pk}": approval for approval in found}

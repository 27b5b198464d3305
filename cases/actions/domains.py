"""When a domain that authorities write from was registered: a person looks it up; what comes from a young one waits."""

from datetime import date, datetime

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import ChangedMeanwhile, Refused, require_role
from cases.actions.signals import raise_signal
from cases.models import Agency, Case
from cases.rules.fraud_signals import YOUNG_DOMAIN, is_young
from cases.states import OPEN
from ledger.actions import append


class NoDomain(Refused):
    """The agency writes from no domain that is known."""


@transaction.atomic
def record_domain(*, agency: Agency, registered_date: date, by: User, now: datetime) -> None:
    """Keep the day for every agency that writes from this domain, and raise the sign in their open requests.

    Raises NoDomain, Refused for a day to come, NotForYou. Law: requirement 26 of docs/law.md.
    """
    require_role(by, Role.ANALYST, Role.COUNSEL)
    if not agency.email_domain:
        raise NoDomain(_("No domain is known that this agency writes from."))
    if registered_date > now.astimezone(settings.WRITDESK.receiving_zone).date():
        raise Refused(_("A domain was registered on a day that has come: look at the day again."))
    # Not against who merely names the agency: a request that comes in at this moment.
    same = Agency.objects.select_for_update(no_key=True).filter(email_domain=agency.email_domain).order_by("pk")
    changed = [one for one in same if one.domain_registered_date != registered_date]
    agency.domain_registered_date = registered_date
    Agency.objects.filter(pk__in=[one.pk for one in changed]).update(domain_registered_date=registered_date)
    for one in changed:
        stream = f"agency:{one.pk}"
        append(stream=stream, kind=kinds.DOMAIN_RECORDED, at=now, by=by.pk, agency=one.pk, registered=registered_date)
    _raise_in_all(changed, registered_date, now=now)


def _raise_in_all(agencies: list[Agency], registered_date: date, *, now: datetime) -> None:
    theirs = Case.objects.select_for_update(of=("self",), nowait=True).filter(agency__in=agencies, state__in=OPEN)
    try:
        cases = list(theirs.order_by("pk"))
    except OperationalError as error:  # who holds one may wait for the agency
        raise ChangedMeanwhile(_("Somebody works on a request of this agency at this moment: try again.")) from error
    for case in cases:
        received_on = case.received_at.astimezone(settings.WRITDESK.receiving_zone).date()
        if is_young(registered_date, received_on):
            raise_signal(case, YOUNG_DOMAIN, detail=registered_date.isoformat(), now=now)

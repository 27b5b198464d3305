"""Cases that owe a notice, as many as are wanted. Led there by hand: nobody measures or tries how they came so far."""

from datetime import datetime

from django.db import connection, transaction

from accounts.models import User
from cases.actions.opening import NewTarget, open_case
from cases.actions.preservations import preserve
from cases.models import Agency, Case, Customer, NoticeDuty, Target
from cases.states import CaseState, Category, Channel, TargetKind


@transaction.atomic
def owe(agency: Agency, email: str, *, due_at: datetime, by: User, now: datetime) -> None:
    """Open a case whose customer, a new one with this address, is owed a notice from `due_at` on."""
    customer = Customer.objects.create(identifier=f"acct-{email}", email=email)
    case = open_case(
        instrument_code="us_subpoena",
        agency=agency,
        targets=[NewTarget(TargetKind.ACCOUNT, customer.identifier, customer)],
        asked=[Category.SUBSCRIBER],
        channel=Channel.EMAIL,
        received_at=now,
        now=now,
    )
    preserve(case_id=case.pk, rule="interim", confirmed=True, by=by, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('writdesk.transition', %s, true)", [str(case.pk)])
    Case.objects.filter(pk=case.pk).update(state=CaseState.NOTICE_PENDING)
    duty = NoticeDuty.objects.create(case=case, customer=customer, due_at=due_at)
    Target.objects.filter(case=case).update(duty=duty)

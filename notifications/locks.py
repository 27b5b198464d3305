"""The locks under which notices are planned, claimed and sent, and an order not to tell is recorded."""

from django.db.models import QuerySet

from cases.models import Case
from notifications.models import Message


def locked_case(case_id: int) -> Case | None:
    """Return the case under its row lock, None while anybody else holds it: the clock comes by again.

    Taken before anything else is written: the other way round, two transactions could wait for each other.
    """
    free: QuerySet[Case] = Case.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "agency", "keys"
    )
    return free.filter(pk=case_id).first()


def locked_message(message_id: int) -> Message | None:
    """Return a message with its duty and case, all under lock; None while anybody else holds one of them.

    One statement: what a row says after somebody else's change is read again when its lock is given.
    """
    rows = ("self", "duty", "duty__case")
    free: QuerySet[Message] = Message.objects.select_for_update(skip_locked=True, of=rows)
    return free.select_related("duty__case__agency", "duty__case__keys", "duty__customer").filter(pk=message_id).first()

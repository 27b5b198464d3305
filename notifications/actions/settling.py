"""What a person decides about a message: it arrived, it did not, the address was wrong."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases.actions.changing import Refused, changing, changing_for, committed
from cases.actions.duties import record_delivery, record_failure, try_again
from cases.models import Case, NoticeDuty
from cases.states import DutyState
from ledger.actions import append
from notifications import ledger_kinds as kinds
from notifications.actions.claiming import cancel, fail
from notifications.models import Message
from notifications.states import Because, MessageState


class NotUncertain(Refused):
    """Only a message of which nobody knows whether it arrived can be settled."""


class NotAnAddress(Refused):
    """What was typed is no e-mail address."""


def settle(*, duty_id: int, arrived: bool, by: User, now: datetime) -> None:
    """Settle the uncertain message of a duty. What did not arrive fails, and can then be sent again.

    A message that arrived did so when its attempt began: its window runs from there.
    """
    with changing_for(by, _case_id(duty_id), Role.ANALYST, Role.COUNSEL) as case:
        _settle(case, duty_id, arrived=arrived, by=by, now=now)


def settle_as_answered(*, duty_id: int, now: datetime) -> None:
    """The customer answered through the link of an uncertain message: so it arrived."""
    with changing(_case_id(duty_id)) as case:
        _settle(case, duty_id, arrived=True, by=None, now=now)


def _settle(case: Case, duty_id: int, *, arrived: bool, by: User | None, now: datetime) -> None:
    message = Message.objects.filter(duty=duty_id, state=MessageState.UNCERTAIN).first()
    if message is None:
        raise NotUncertain(_("Somebody has settled this already."))
    attempt = message.attempts.latest("number")
    message.state = MessageState.SENT if arrived else MessageState.FAILED
    message.because = "" if arrived else Because.NOT_ARRIVED
    message.settled_at, message.settled_by = now, by
    message.save(update_fields=["state", "because", "settled_at", "settled_by"])
    append(
        stream=case.stream,
        kind=kinds.SETTLED,
        at=now,
        by=by.pk if by else None,
        duty=duty_id,
        arrived=arrived,
    )
    if arrived:
        record_delivery(duty_id=duty_id, at=attempt.started_at, now=now, confirmed=True)
    else:
        record_failure(duty_id=duty_id, now=now, because=Because.NOT_ARRIVED)


def correct_address(*, duty_id: int, email: str, by: User, now: datetime) -> None:
    """Correct the customer's address and owe a failed notice anew; a message still waiting is planned again.

    Raises NotAnAddress, and Refused where the duty has no customer or was fulfilled.
    """
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise NotAnAddress(_("Enter an e-mail address such as name@example.com.")) from error
    with changing_for(by, _case_id(duty_id), Role.ANALYST, Role.COUNSEL) as case:
        duty = case.duties.select_related("customer").get(pk=duty_id)
        if duty.customer is None or duty.state not in (DutyState.PENDING, DutyState.FAILED, DutyState.WITHHELD):
            raise Refused(_("There is no notice that waits for an address here."))
        duty.customer.email = email
        duty.customer.save(update_fields=["email"])
        append(
            stream=case.stream,
            kind=kinds.ADDRESS_CORRECTED,
            at=now,
            by=by.pk,
            duty=duty.pk,
            address=committed(case, email, now=now),
        )
        for message in Message.objects.select_for_update().filter(duty=duty, state=MessageState.PLANNED):
            cancel(message, case, Because.NEW_ADDRESS, now=now)
        if duty.state == DutyState.FAILED:
            try_again(duty_id=duty.pk, by=by, now=now)


def take_bounce(*, duty_id: int, by: User, now: datetime) -> None:
    """Note that a notice which the relay took came back: its window ends, what was approved falls, it is owed again.

    Raises Refused where no delivered message is known.
    """
    with changing_for(by, _case_id(duty_id), Role.ANALYST, Role.COUNSEL) as case:
        message = Message.objects.filter(duty=duty_id, state=MessageState.SENT).first()
        if message is None:
            raise Refused(_("No message that could have come back is known here."))
        message.settled_by = by
        fail(message, case, Because.NOT_ARRIVED, now=now)


def _case_id(duty_id: int) -> int:
    return NoticeDuty.objects.values_list("case_id", flat=True).get(pk=duty_id)

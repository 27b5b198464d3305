"""What a person, or an event, decides about a message: it arrived, it did not, it came back, the address was wrong."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases.actions.changing import Refused, changing, changing_for, committed
from cases.actions.duties import try_again
from cases.models import NoticeDuty
from cases.states import DutyState
from ledger.actions import append
from notifications import ledger_kinds as kinds
from notifications.actions.claiming import cancel, fail
from notifications.errands import errand_of, record
from notifications.models import Message
from notifications.states import Because, MessageState

LONGEST_POSTAL = 500
WORKERS = (Role.ANALYST, Role.COUNSEL)


class NotUncertain(Refused):
    """Only a message of which nobody knows whether it arrived can be settled."""


class NotAnAddress(Refused):
    """What was typed is no address."""


def settle(*, message_id: int, arrived: bool, by: User, now: datetime) -> None:
    """Settle an uncertain message. What did not arrive fails, and can then be sent again.

    A message that arrived did so when its attempt began: its window runs from there. Raises NotUncertain.
    """
    with changing_for(by, _case_of(message_id), *WORKERS):
        settle_locked(message_id, arrived=arrived, by=by, now=now)


def settle_as_arrived(*, message_id: int, now: datetime) -> None:
    """Settle an uncertain message of which an event shows that it arrived: an answer, a report of delivery."""
    with changing(_case_of(message_id)):
        settle_locked(message_id, arrived=True, by=None, now=now)


def settle_locked(message_id: int, *, arrived: bool, by: User | None, now: datetime) -> None:
    message = Message.objects.select_related("case").get(pk=message_id)
    if message.state != MessageState.UNCERTAIN:
        raise NotUncertain(_("Somebody has settled this already."))
    errand, attempt = errand_of(message), message.attempts.latest("number")
    message.state = MessageState.SENT if arrived else MessageState.FAILED
    message.because = "" if arrived else Because.NOT_ARRIVED
    message.settled_at, message.settled_by = now, by
    message.save(update_fields=["state", "because", "settled_at", "settled_by"])
    record(errand, errand.travel.settled, now=now, by=by, arrived=arrived)
    if arrived:
        errand.delivered(message, at=attempt.started_at, now=now, confirmed=True)
    else:
        errand.failed(because=Because.NOT_ARRIVED, now=now)


def take_bounce(*, message_id: int, by: User, now: datetime) -> None:
    """Note that what the relay took came back: a window ends, what was approved falls, it is owed again.

    Raises Refused where it is not on record as sent.
    """
    with changing_for(by, _case_of(message_id), *WORKERS):
        came_back(message_id, because=Because.NOT_ARRIVED, by=by, now=now)


def came_back(message_id: int, *, because: Because, by: User | None, now: datetime) -> None:
    """Do what take_bounce says for who holds the case's lock: a person, or a report of the mail system."""
    message = Message.objects.select_related("case").get(pk=message_id)
    if message.state not in (MessageState.SENT, MessageState.UNCERTAIN):
        raise Refused(_("No message that could have come back is known here."))
    message.settled_by = by
    fail(message, errand_of(message), because, now=now)


def correct_address(*, duty_id: int, email: str = "", postal: str = "", by: User, now: datetime) -> None:
    """Correct the customer's addresses and owe a failed notice anew; a message still waiting is planned again.

    One of the two is enough: what is empty stays as it is known. A notice goes by post only where no other way leads
    to its customer. Raises NotAnAddress, and Refused where the duty has no customer or was fulfilled.
    """
    email, postal = email.strip(), _lines(postal)
    if not email and not postal:
        raise NotAnAddress(_("Enter an e-mail address, or what stands on the envelope."))
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise NotAnAddress(_("Enter an e-mail address such as name@example.com.")) from error
    if len(postal) > LONGEST_POSTAL:
        raise NotAnAddress(_("This is too long for an envelope."))
    case_id = NoticeDuty.objects.values_list("case_id", flat=True).get(pk=duty_id)
    with changing_for(by, case_id, *WORKERS) as case:
        duty = case.duties.select_related("customer").get(pk=duty_id)
        if duty.customer is None or duty.state not in (DutyState.PENDING, DutyState.FAILED, DutyState.WITHHELD):
            raise Refused(_("There is no notice that waits for an address here."))
        duty.customer.email = email or duty.customer.email
        duty.customer.postal_address = postal or duty.customer.postal_address
        duty.customer.save(update_fields=["email", "postal_address"])
        append(
            stream=case.stream,
            kind=kinds.ADDRESS_CORRECTED,
            at=now,
            by=by.pk,
            duty=duty.pk,
            address=committed(case, "\n".join(filter(None, [email, postal])), now=now),
        )
        for message in Message.objects.select_for_update().filter(duty=duty, state=MessageState.PLANNED):
            cancel(message, errand_of(message), Because.NEW_ADDRESS, now=now)
        if duty.state == DutyState.FAILED:
            try_again(duty_id=duty.pk, by=by, now=now)


def _lines(text: str) -> str:
    """Return the lines of an envelope, none of them empty."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _case_of(message_id: int) -> int:
    return Message.objects.values_list("case_id", flat=True).get(pk=message_id)

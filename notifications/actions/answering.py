"""What a customer answers through their page."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cases.actions.changing import Refused
from cases.actions.duties import waive_window
from cases.actions.objection_papers import add_to_objection
from cases.actions.objections import receive_objection, withdraw_objection
from cases.models import NoticeDuty, Objection
from cases.states import DutyState
from notifications.actions.posting import arrived_early
from notifications.actions.settling import NotUncertain, settle_as_arrived
from notifications.models import Message
from notifications.standing import Standing, window_runs
from notifications.states import MessageState
from vault.uploads import EncryptedUpload


class NothingToAnswer(Refused):
    """There is nothing left that the customer could object to, agree to, or take back."""


def object_to(
    standing: Standing, *, text: str, now: datetime, lawyer: str = "", uploads: Sequence[EncryptedUpload] = ()
) -> Objection:
    """Record the customer's objection: nothing is answered until it ended."""
    duty = standing.about_request
    if duty is None:
        raise NothingToAnswer(_("There is nothing left to object to."))
    _take_as_arrived(duty, now=now)
    return receive_objection(duty_id=duty.pk, text=text, lawyer=lawyer, uploads=uploads, now=now)


def add_to(standing: Standing, *, text: str, uploads: Sequence[EncryptedUpload], now: datetime) -> None:
    """Add words and documents to the customer's open objection."""
    if standing.objection is None:
        raise NothingToAnswer(_("There is no objection to add to."))
    add_to_objection(objection_id=standing.objection.pk, text=text, uploads=uploads, now=now)


def agree(standing: Standing, *, now: datetime) -> None:
    """Give up the rest of the customer's days to object."""
    running = [duty for duty in standing.told if window_runs(duty, now)]
    if not running:
        raise NothingToAnswer(_("There are no days left to give up."))
    for duty in running:
        waive_window(duty_id=duty.pk, now=now)


def take_back(standing: Standing, *, now: datetime) -> None:
    """Take the customer's objection back."""
    if standing.objection is None:
        raise NothingToAnswer(_("There is no objection to take back."))
    withdraw_objection(objection_id=standing.objection.pk, now=now)


def _take_as_arrived(duty: NoticeDuty, *, now: datetime) -> None:
    """Who answers a mail has it, also one of which we did not know."""
    if duty.state != DutyState.PENDING:
        return
    posted = Message.objects.filter(duty=duty, state=MessageState.SENT, posted_on__isnull=False).first()
    if posted:
        arrived_early(posted.pk, now=now)
        return
    message = Message.objects.filter(duty=duty, state=MessageState.UNCERTAIN).first()
    if message is None:
        raise NotUncertain(_("Somebody has settled this already."))
    settle_as_arrived(message_id=message.pk, now=now)

"""The customer's door: a code to their own address opens it, a handful of tries, and staff can shut it for good."""

from datetime import datetime, timedelta
from secrets import token_hex

from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases.actions.changing import Refused, changing, changing_for
from ledger.actions import append
from notifications import ledger_kinds as kinds
from notifications.models import CustomerLink, DoorCode, Message
from notifications.standing import standing_of
from notifications.states import AttemptOutcome, Way
from notifications.transports import opened
from notifications.ways import ways_to

LIVES = timedelta(minutes=15)
TRIES = 5  # with 8 digits: one guess in 20 million
LETTER_TRIES = 10
AN_HOUR = timedelta(hours=1)
CODES_AN_HOUR = 5  # nobody floods a customer's mailbox through their link
DIGITS = 8


class TooManyCodes(Refused):
    """Several codes were sent within the hour: look for them first."""


class CodeNotSent(Refused):
    """The code could not be sent now, or there is no address to send it to."""


def make_code(link: CustomerLink, *, now: datetime) -> DoorCode:
    """Return a new code for the customer of this link. Raises TooManyCodes."""
    with changing(link.case_id):
        if link.codes.filter(asked_at__gt=now - AN_HOUR).count() >= CODES_AN_HOUR:
            raise TooManyCodes(_("We have sent you several codes already. Look for them, or try again in an hour."))
        return DoorCode.objects.create(link=link, salt=token_hex(16), asked_at=now, expires_at=now + LIVES)


def send_code(code: DoorCode, mail: EmailMultiAlternatives, way: Way, *, now: datetime) -> None:
    """Hand the mail with a code over, under the lock that an order not to tell waits for. Raises CodeNotSent.

    No attempt is recorded and nothing is tried again: a code that got lost costs a press on a button.
    """
    with changing(code.link.case_id):
        if standing_of(code.link, now) is None:
            raise CodeNotSent(_("We could not send the code. Please try again in a few minutes."))
        with opened() as carrier:
            reply = carrier.send(mail, way)
    if reply.outcome in (AttemptOutcome.DEFERRED, AttemptOutcome.REFUSED):
        raise CodeNotSent(_("We could not send the code. Please try again in a few minutes."))


def way_of_codes(link: CustomerLink) -> Way | None:
    """Return the way by which this customer gets codes; None where theirs stands in a letter that was posted."""
    return next((way for way in ways_to(link.customer) if way != Way.POST), None)


def open_with_code(link: CustomerLink, typed: str, *, now: datetime) -> bool:
    """Return whether what was typed opens the door now; a code that did is spent.

    Five wrong ones end every code that was sent so far. That of a posted letter opens again and again, for it cannot be
    sent anew, until ten wrong ones end it: then a person helps.
    """
    given = "".join(filter(str.isdigit, typed))
    with changing(link.case_id):
        live = link.codes.filter(used_at=None, expires_at__gt=now, failed_tries__lt=TRIES)
        for code in live:
            if constant_time_compare(given, digits_of(code)):
                code.used_at = now
                code.save(update_fields=["used_at"])
                return True
        if _opens_by_letter(link, given):
            return True
        live.update(failed_tries=F("failed_tries") + 1)
        return False


def revoke_link(*, link_id: int, by: User, now: datetime) -> None:
    """Shut a customer's page for good: the next notice brings a new link. Raises Refused where it is shut."""
    link = CustomerLink.objects.get(pk=link_id)
    with changing_for(by, link.case_id, Role.ANALYST, Role.COUNSEL) as case:
        if not CustomerLink.objects.filter(pk=link_id, revoked_at=None).update(revoked_at=now):
            raise Refused(_("This link does not open anything any more."))
        append(stream=case.stream, kind=kinds.LINK_REVOKED, at=now, by=by.pk, customer=link.customer_id)


def digits_of(code: DoorCode) -> str:
    """Return the code: computed from its salt and the installation's secret, so that no copy of the database has it."""
    return _digits("notifications.door", code.salt)


def digits_in_letter(link: CustomerLink) -> str:
    """Return the code that stands in a posted letter with this link."""
    return _digits("notifications.letter-code", link.salt)


def _digits(salt: str, value: str) -> str:
    number = int(salted_hmac(salt, value, algorithm="sha256").hexdigest(), 16) % 10**DIGITS
    return f"{number:0{DIGITS}}"


def _opens_by_letter(link: CustomerLink, given: str) -> bool:
    link.refresh_from_db(fields=["letter_tries"])
    was_posted = Message.objects.filter(case=link.case_id, duty__customer=link.customer_id, way=Way.POST).exists()
    if not was_posted or link.letter_tries >= LETTER_TRIES:
        return False
    if constant_time_compare(given, digits_in_letter(link)):
        return True
    link.letter_tries += 1
    link.save(update_fields=["letter_tries"])
    return False

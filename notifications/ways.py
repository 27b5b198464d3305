"""By what ways a customer can be reached, the operator's preferred one first."""

from django.conf import settings
from django.db.models import Q

from cases.models import Customer
from notifications.states import Way


def ways_to(customer: Customer) -> tuple[Way, ...]:
    """Return the ways by which this customer can be reached now; none where a person must find one.

    The provider's own messages reach whoever has a customer number, where the operator has them; an e-mail address and
    a postal one are the customer's own. Post comes last: nobody writes by post to whom a mail reaches.
    """
    known = {
        Way.MESSAGING: bool(settings.WRITDESK.messaging_url),
        Way.EMAIL: bool(customer.email),
        Way.POST: bool(customer.postal_address.strip()),
    }
    first = Way.EMAIL if settings.WRITDESK.notice_way == "email" else Way.MESSAGING
    order = sorted(known, key=lambda way: way != first)
    return tuple(way for way in order if known[way])


def unreachable() -> Q:
    """Return the condition under which nobody can be reached for a duty: what ways_to says, asked of rows."""
    if settings.WRITDESK.messaging_url:
        return Q(customer=None)
    return Q(customer=None) | Q(customer__email="", customer__postal_address="")


def address_of(customer: Customer, way: Way) -> str:
    """Return where a customer is reached by this way: an e-mail address, a customer number, an envelope's lines."""
    if way == Way.POST:
        return f"{customer.name or customer.identifier}\n{customer.postal_address.strip()}"
    return customer.identifier if way == Way.MESSAGING else customer.email

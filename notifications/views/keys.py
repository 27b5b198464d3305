"""What a browser keeps of a door that a code opened: a signed word, for this link and this address, for some hours."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac

from notifications.standing import Standing

NAME = "door"
SALT = "notifications.door"
LASTS = timedelta(hours=12)


def let_in(response: HttpResponseBase, found: Standing, token: str) -> None:
    """Let this browser in, to this customer's page about this case and no other."""
    response.set_signed_cookie(
        NAME,
        _word(found),
        salt=SALT,
        max_age=LASTS,
        path=reverse("notifications:notice", args=[token]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_in(request: HttpRequest, found: Standing) -> bool:
    """Whether this browser was let in. After a new link, or a new address of the customer, it is not any more."""
    return request.get_signed_cookie(NAME, default="", salt=SALT, max_age=LASTS) == _word(found)


def _word(found: Standing) -> str:
    customer = found.customer
    address = salted_hmac(SALT, f"{customer.email}\n{customer.postal_address}", algorithm="sha256").hexdigest()
    return f"{found.link.token_hash}:{address}"

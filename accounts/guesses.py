"""How often one client may knock at pages that are not there, where a link is all that opens them."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

ALLOWED = 30  # wrong addresses in a row are a mistyped link; more are somebody trying
SECONDS = 600  # counted from the first one: no boundary on the clock starts it anew
SECONDS_TO_SAY_NO = 0.05  # longer than any of the ways to a no takes: they cannot be told apart by a clock


def too_many(request: HttpRequest, door: str) -> bool:
    """Whether this client guessed so often at that door that it gets no answer for a while."""
    return int(cache.get(_key(request, door)) or 0) >= ALLOWED


def count(request: HttpRequest, door: str) -> None:
    """Count one wrong guess."""
    key = _key(request, door)
    cache.add(key, 0, SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # the time ran out between the two
        cache.add(key, 1, SECONDS)


def _key(request: HttpRequest, door: str) -> str:
    """Name the client without keeping its address; behind a trusted proxy it is the one that the proxy saw."""
    address = get_adapter().get_client_ip(request)
    return f"guesses:{door}:" + salted_hmac("accounts.guesses", address).hexdigest()

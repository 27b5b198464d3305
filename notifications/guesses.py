"""How often one client may knock at customers' pages that are not there."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

ALLOWED = 30  # wrong addresses in a row are a mistyped link; more are somebody trying
SECONDS = 600  # counted from the first one: no boundary on the clock starts it anew


def too_many(request: HttpRequest) -> bool:
    """Whether this client guessed so often that it gets no answer for a while."""
    return int(cache.get(_key(request)) or 0) >= ALLOWED


def count(request: HttpRequest) -> None:
    """Count one wrong address."""
    key = _key(request)
    cache.add(key, 0, SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # the time ran out between the two
        cache.add(key, 1, SECONDS)


def _key(request: HttpRequest) -> str:
    """Name the client without keeping its address; behind a trusted proxy it is the one that the proxy saw."""
    address = get_adapter().get_client_ip(request)
    return "guesses:" + salted_hmac("notifications.guesses", address).hexdigest()

"""How often one sender may try: a flood of forms, or of guessed receipts, stops here."""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """So many times in so many seconds, counted from the first."""

    name: str
    times: int
    seconds: int


RECEIPTS = Limit("receipt", 60, 60)


def submissions() -> Limit:
    """Return the operator's limit for the public form."""
    return Limit("submit", settings.SUBMISSIONS_PER_HOUR, 3600)


def is_over(limit: Limit, request: HttpRequest) -> bool:
    """Count one try of this sender and return whether it is one too many. The cache keeps a hash of the address."""
    sender = sha256(f"{settings.SECRET_KEY}:{_address(request)}".encode()).hexdigest()
    key = f"intake:{limit.name}:{sender}"
    cache.add(key, 0, limit.seconds)
    try:
        return cache.incr(key) > limit.times
    except ValueError:  # it ended between the two: the next try counts anew
        return False


def _address(request: HttpRequest) -> str:
    """Return where the request comes from: behind a proxy, what the proxy itself saw, which is the last it wrote."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))

"""The customer's link: unguessable, expiring, kept as a hash, one for each customer and case."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.tokens import token_hash
from cases.models import Case, Customer
from notifications.models import CustomerLink


def link_for(case: Case, customer: Customer, now: datetime) -> str:
    """Return the address of the customer's page about a case, open for the operator's days from now.

    The token is computed from a random salt and the installation's secret, so that every mail to a customer about a
    case carries the same link although only a hash of it is kept. After a change of SECRET_KEY, or once it was
    revoked, the next mail brings a new one, and the old one ends. The caller holds the case's lock.
    """
    expires_at = now + timedelta(days=settings.WRITDESK.link_days)
    link = CustomerLink.objects.filter(case=case, customer=customer).first()
    if link is None:
        link = CustomerLink(case=case, customer=customer, salt=secrets.token_hex(16), created_at=now, expires_at=now)
    if link.revoked_at:
        link.salt, link.revoked_at = secrets.token_hex(16), None
    token = _token(link.salt)
    if link.token_hash != token_hash(token) or link.expires_at < expires_at:
        link.token_hash, link.expires_at = token_hash(token), max(link.expires_at, expires_at)
        link.save()
    return settings.WRITDESK.public_url + reverse("notifications:notice", args=[token])


def find(token: str) -> CustomerLink | None:
    """Return the link of this token, expired or not; None for a token that was never given out."""
    return CustomerLink.objects.select_related("case__agency", "customer").filter(token_hash=token_hash(token)).first()


def _token(salt: str) -> str:
    """Return 256 bits, which cannot be guessed without the secret even by who reads the database."""
    return salted_hmac("notifications.link", salt, algorithm="sha256").hexdigest()

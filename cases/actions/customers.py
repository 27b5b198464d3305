"""Customers, found or added: a copy of what is needed to tell them, no directory."""

from cases.models import Customer


def find_or_add_customer(
    *, identifier: str, name: str, email: str, language: str, country: str, timezone: str, role: str
) -> Customer:
    """Return the customer of this number; what else is given counts only where the number is new."""
    customer, _new = Customer.objects.get_or_create(
        identifier=identifier.strip(),
        defaults={
            "name": name,
            "email": email,
            "language": language,
            "country": country,
            "timezone": timezone,
            "role": role,
        },
    )
    return customer

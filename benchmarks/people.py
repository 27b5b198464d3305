"""Who reads the pages: one inside the compartment of sealed cases, one outside."""

from datetime import datetime

from django.test import Client

from accounts.demonstration import make_people
from accounts.models import Compartment, User
from cases.actions.opening import NATIONAL_SECURITY


def readers(now: datetime) -> dict[str, Client]:
    """Return a signed-in client for Ines, a member of the compartment, and for Ana, who is not."""
    people = make_people(now)
    return {"member": signed_in(people["ines"]), "non-member": signed_in(people["ana"])}


def signed_in(user: User) -> Client:
    """Return a client with a session of that person."""
    client = Client()
    client.force_login(user)
    return client


def compartment() -> Compartment:
    """Return the compartment that every 20th case of the volume is in."""
    return Compartment.objects.get(code=NATIONAL_SECURITY)

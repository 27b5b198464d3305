"""How somebody wants to be told; the defaults where they never said."""

from accounts.models import User
from notifications.models import StaffPreferences


def preferences_of(user: User) -> StaffPreferences:
    """Return the person's preferences, not yet in the database where they are the defaults."""
    return StaffPreferences.objects.filter(user=user).first() or StaffPreferences(user=user)

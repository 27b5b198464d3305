"""Choosing a colleague."""

from django import forms
from django.db.models import Q, QuerySet

from accounts.models import Role, User
from cases.models.case import READERS


def colleagues() -> QuerySet[User]:
    """Return the accounts that may work on cases, by name."""
    holds = Q(role_grants__role__in=READERS, role_grants__ended_at=None)
    return User.objects.filter(holds, is_active=True).distinct().order_by("name", "pk")


def counsels() -> QuerySet[User]:
    """Return the accounts of counsel, by name."""
    holds = Q(role_grants__role=Role.COUNSEL, role_grants__ended_at=None)
    return User.objects.filter(holds, is_active=True).distinct().order_by("name", "pk")


class ColleagueField(forms.ModelChoiceField[User]):
    """A colleague, chosen by name and sent by e-mail address: keys stay in the house."""

    def __init__(self, queryset: QuerySet[User] | None = None, **options: object) -> None:
        chosen_from = colleagues() if queryset is None else queryset
        super().__init__(queryset=chosen_from, to_field_name="email", **options)  # type: ignore[arg-type]

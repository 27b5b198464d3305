"""Who works here, and what each may do."""

from django.db.models import Prefetch, QuerySet

from accounts.models import Compartment, CompartmentMembership, RoleGrant, User


def staff() -> QuerySet[User]:
    """Return everyone by name, with the roles (`live_roles`) and memberships (`live_memberships`) they hold now."""
    return User.objects.order_by("name", "pk").prefetch_related(
        Prefetch(
            "role_grants",
            RoleGrant.objects.filter(ended_at=None).select_related("granted_by").order_by("role"),
            to_attr="live_roles",
        ),
        Prefetch(
            "compartment_memberships",
            CompartmentMembership.objects.filter(ended_at=None)
            .select_related("compartment", "granted_by")
            .order_by("compartment__name"),
            to_attr="live_memberships",
        ),
    )


def compartments() -> QuerySet[Compartment]:
    """Return every compartment by name."""
    return Compartment.objects.order_by("name")

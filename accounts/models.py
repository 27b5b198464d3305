"""Staff: people, their accounts, the roles and compartments they hold and who gave them."""

from datetime import datetime
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ANALYST = "analyst", _("Analyst")
    COUNSEL = "counsel", _("Counsel")
    PUBLISHER = "publisher", _("Publisher")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Person(models.Model):
    """A human being. One person may have several accounts; a second approver must be another person."""

    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """What Django's own commands need to make an account."""

    def create_user(self, email: str, name: str, password: str | None = None, person: Person | None = None) -> "User":
        """Return a new account, with a person of its own unless one is given."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.person = person or Person.objects.create(name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account of a member of staff."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    language = models.CharField(max_length=10, default="en")
    timezone = models.CharField(max_length=64, default="UTC")
    theme = models.CharField(max_length=5, default="", blank=True)  # light, dark, or as the system has it
    shortcuts = models.BooleanField(default=True)  # single keys act; whoever dictates or tabs must be able to say no
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles this account holds now."""
        return frozenset(self.role_grants.filter(ended_at=None).values_list("role", flat=True))

    @cached_property
    def compartment_ids(self) -> frozenset[int]:
        """The compartments this account is a member of now."""
        return frozenset(self.compartment_memberships.filter(ended_at=None).values_list("compartment_id", flat=True))

    def has_role(self, *roles: str) -> bool:
        """Whether the account is active and holds any of the roles."""
        return self.is_active and not self.roles.isdisjoint(roles)

    def forget_grants(self) -> None:
        """Read roles and compartments again at the next question."""
        self.__dict__.pop("roles", None)
        self.__dict__.pop("compartment_ids", None)


class Compartment(models.Model):
    """A circle of people who alone may know that certain cases exist."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """Someone holds a role, since when and by whose hand: an approver must not owe theirs to the proposer."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], condition=Q(ended_at=None), name="role_held_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class CompartmentMembership(models.Model):
    """Someone may know of a compartment's cases, since when and by whose hand."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="compartment_memberships")
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="memberships")
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "compartment"], condition=Q(ended_at=None), name="compartment_held_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.compartment_id}"


def received_from(user: User, giver: User, since: datetime) -> bool:
    """Whether the user got a role or a compartment from the giver (any account of that person) since then."""
    mine = Q(user__person=user.person_id, granted_by__person=giver.person_id, granted_at__gt=since)
    return RoleGrant.objects.filter(mine).exists() or CompartmentMembership.objects.filter(mine).exists()

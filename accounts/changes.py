"""What an administrator can change about an account, as one table: the question asked, the action, the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import actions, queries
from accounts.models import Compartment, Role, User


@dataclass(frozen=True)
class Change:
    """One kind of change. Sentences have the slots name (of the person) and subject (what is given or ended)."""

    question: Promise
    done: Promise
    subject: Callable[[str], Any]  # from the code in the address; None when there is no such thing
    make: Callable[[User, Any, User, datetime], object]


@dataclass(frozen=True)
class Holding:
    """One role or compartment as the page of a person shows it; refusal is why it cannot be changed by this reader."""

    noun: str
    code: str
    label: str
    since: datetime | None
    given_by: str
    refusal: str

    @property
    def verb(self) -> str:
        """What can be done: give what is not held, end what is."""
        return "give" if self.since is None else "end"


def _role(code: str) -> Role | None:
    return Role(code) if code in Role.values else None


def _compartment(code: str) -> Compartment | None:
    return Compartment.objects.filter(code=code).first()


def label(subject: Role | Compartment) -> str:
    """Return a role or a compartment in words."""
    return str(subject.label) if isinstance(subject, Role) else subject.name


CHANGES: dict[tuple[str, str], Change] = {
    ("give", "role"): Change(
        gettext_lazy("Give %(name)s the role “%(subject)s”?"),
        gettext_lazy("%(name)s now holds the role “%(subject)s”."),
        _role,
        lambda user, role, by, at: actions.grant_role(user=user, role=role, by=by, at=at),
    ),
    ("end", "role"): Change(
        gettext_lazy("End the role “%(subject)s” of %(name)s?"),
        gettext_lazy("%(name)s no longer holds the role “%(subject)s”."),
        _role,
        lambda user, role, by, at: actions.end_role(user=user, role=role, by=by, at=at),
    ),
    ("give", "compartment"): Change(
        gettext_lazy("Let %(name)s into the compartment “%(subject)s”?"),
        gettext_lazy("%(name)s may now know of the cases in “%(subject)s”."),
        _compartment,
        lambda user, compartment, by, at: actions.grant_compartment(user=user, compartment=compartment, by=by, at=at),
    ),
    ("end", "compartment"): Change(
        gettext_lazy("Take %(name)s out of the compartment “%(subject)s”?"),
        gettext_lazy("%(name)s no longer sees the cases in “%(subject)s”."),
        _compartment,
        lambda user, compartment, by, at: actions.end_compartment(user=user, compartment=compartment, by=by, at=at),
    ),
}


def holdings(person: User, reader: User) -> list[Holding]:
    """Return every role, then every compartment, for a person loaded by queries.staff()."""
    is_self = person.person_id == reader.person_id
    refusal = _("You cannot give this to yourself. Ask another administrator.") if is_self else ""
    roles = {grant.role: grant for grant in person.live_roles}  # type: ignore[attr-defined]
    members = {grant.compartment_id: grant for grant in person.live_memberships}  # type: ignore[attr-defined]
    rows = [("role", role.value, str(role.label), roles.get(role.value)) for role in Role]
    rows += [("compartment", one.code, one.name, members.get(one.pk)) for one in queries.compartments()]
    return [
        Holding(
            noun=noun,
            code=code,
            label=words,
            since=grant.granted_at if grant else None,
            given_by=_giver(grant.granted_by) if grant else "",
            refusal="" if grant else refusal,
        )
        for noun, code, words, grant in rows
    ]


def _giver(user: User | None) -> str:
    return user.name if user else _("the operator")

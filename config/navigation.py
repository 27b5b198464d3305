"""The main menu: which pages there are, for whom, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User

EVERYONE = frozenset(Role.values)


@dataclass(frozen=True)
class Entry:
    """A page of the menu; page is its URL name, roles who sees the entry (the view itself refuses the others)."""

    page: str
    label: str | Promise
    icon: str
    roles: frozenset[str] = EVERYONE


@dataclass(frozen=True)
class Item:
    """An entry as drawn for one person; count is a figure or empty, hot when it needs them today."""

    label: str | Promise
    icon: str
    url: str
    is_current: bool
    count: str
    is_hot: bool


READERS = frozenset({Role.ANALYST, Role.COUNSEL, Role.AUDITOR})
PUBLISHING = frozenset({Role.PUBLISHER, Role.COUNSEL, Role.AUDITOR})

MENU: tuple[tuple[str | Promise, tuple[Entry, ...]], ...] = (
    (
        _("Work"),
        (
            Entry("notifications:inbox", _("Inbox"), "bell"),
            Entry("cases:queue", _("Triage queue"), "queue", READERS),
            Entry("cases:approvals", _("Approvals"), "approve", frozenset({Role.ANALYST, Role.COUNSEL})),
            Entry("notifications:attention", _("Notices"), "notice", READERS),
            Entry("intake:agencies", _("Agencies"), "agency", READERS),
            Entry("intake:held", _("Held by an import"), "clock", frozenset({Role.COUNSEL, Role.ADMINISTRATOR})),
        ),
    ),
    (_("Publish"), (Entry("reports:reports", _("Reports"), "report", PUBLISHING),)),
    (_("House"), (Entry("accounts:people", _("People"), "users", frozenset({Role.ADMINISTRATOR})),)),
)


def groups(
    user: User | AnonymousUser, path: str, counts: Mapping[str, str | int]
) -> list[tuple[str | Promise, list[Item]]]:
    """Return the menu for one person: headings with their entries, those without any left out.

    `counts` maps a page's URL name to a figure; a name with “!” at the end marks it as needing someone today.
    """
    if not isinstance(user, User):
        return []
    drawn = [
        (heading, [_item(entry, path, counts) for entry in entries if user.has_role(*entry.roles)])
        for heading, entries in MENU
    ]
    return [(heading, items) for heading, items in drawn if items]


def _item(entry: Entry, path: str, counts: Mapping[str, str | int]) -> Item:
    url = reverse(entry.page)
    hot = counts.get(f"{entry.page}!")
    return Item(
        label=entry.label,
        icon=entry.icon,
        url=url,
        is_current=path == url,
        count=str(hot or counts.get(entry.page) or ""),
        is_hot=bool(hot),
    )

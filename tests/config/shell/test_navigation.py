"""The menu leads everywhere it says, and shows each person their own pages only."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import Role, User
from config.navigation import MENU, Entry, groups

ENTRIES = [entry for _heading, entries in MENU for entry in entries]


def somebody(*roles: Role) -> User:
    user = User(name="Ines Counsel")
    user.__dict__["roles"] = frozenset(roles)
    return user


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.page)
def test_every_entry_leads_to_a_page(entry: Entry) -> None:
    assert reverse(entry.page)


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_its_own_entries_and_no_empty_heading(role: Role) -> None:
    drawn = groups(somebody(role), "/", {})
    shown = {item.url for _heading, items in drawn for item in items}
    assert shown == {reverse(entry.page) for entry in ENTRIES if role in entry.roles}
    assert all(items for _heading, items in drawn)


def test_a_stranger_and_somebody_without_a_role_see_nothing() -> None:
    assert groups(AnonymousUser(), "/", {}) == []
    assert groups(somebody(), "/", {}) == []


def test_the_page_that_one_is_on_is_marked_and_figures_stand_beside() -> None:
    (_heading, items) = groups(somebody(Role.ADMINISTRATOR), "/people/", {"accounts:people!": 2})[-1]
    (people,) = [item for item in items if item.url == "/people/"]
    assert (people.is_current, people.count, people.is_hot) == (True, "2", True)

"""Who is told next: it always ends, tells nobody who may not know, and somebody as long as somebody is there."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.rules.circles import Circle, Colleague, House, Matter, first, next_circle

COUNSEL, READERS = frozenset({"counsel"}), frozenset({"analyst", "counsel", "auditor"})
ANA, INES, PAUL, ADA, AUDE = range(1, 6)
MATTER = Matter(roles=COUNSEL, readers=READERS)


def house(*colleagues: Colleague) -> House:
    return {one.account: one for one in colleagues}


def somebody(
    account: int,
    *roles: str,
    away: bool = False,
    deputy: int | None = None,
    inside: tuple[int, ...] = (),
    person: int = 0,
) -> Colleague:
    return Colleague(account, person or account, frozenset(roles), frozenset(inside), away, deputy)


def all_circles(matter: Matter, people: House) -> list[tuple[Circle, frozenset[int]]]:
    found: list[tuple[Circle, frozenset[int]]] = []
    told, after = frozenset[int](), 0
    for _ in count():
        step = next_circle(matter, people, after=after, told=told)
        if step is None:
            return found
        after, told = step[0], told | step[1]
        found.append(step)
    raise AssertionError


def test_who_works_on_the_case_is_told_first_then_the_deputy_then_the_role_then_administrators() -> None:
    people = house(
        somebody(INES, "counsel", deputy=PAUL),
        somebody(PAUL, "counsel"),
        somebody(6, "counsel"),
        somebody(ADA, "administrator"),
    )
    matter = Matter(roles=COUNSEL, readers=READERS, assignee=INES)
    assert all_circles(matter, people) == [
        (Circle.FIRST, frozenset({INES})),
        (Circle.DEPUTIES, frozenset({PAUL})),
        (Circle.ROLE, frozenset({6})),
        (Circle.ADMINISTRATORS, frozenset({ADA})),
    ]


def test_without_anybody_on_the_case_everybody_of_the_role_is_told_who_is_there() -> None:
    people = house(somebody(INES, "counsel"), somebody(PAUL, "counsel", away=True), somebody(ANA, "analyst"))
    assert first(MATTER, people) == {INES}


def test_who_was_asked_to_decide_comes_before_who_works_on_the_case() -> None:
    people = house(somebody(INES, "counsel"), somebody(PAUL, "counsel"))
    assert first(Matter(roles=COUNSEL, asked=PAUL, assignee=INES), people) == {PAUL}


def test_an_assignee_who_cannot_act_on_it_is_left_out() -> None:
    people = house(somebody(ANA, "analyst"), somebody(INES, "counsel"))
    assert first(Matter(roles=COUNSEL, assignee=ANA), people) == {INES}


def test_an_approval_never_goes_to_any_account_of_its_proposer() -> None:
    people = house(
        somebody(INES, "counsel", person=9),
        somebody(7, "counsel", "administrator", person=9),
        somebody(PAUL, "counsel"),
    )
    told = frozenset().union(
        *(accounts for _circle, accounts in all_circles(Matter(roles=COUNSEL, proposer=9), people))
    )
    assert told == {PAUL}


def test_who_is_away_is_stood_in_for_along_the_chain() -> None:
    people = house(
        somebody(INES, "counsel", away=True, deputy=PAUL),
        somebody(PAUL, "counsel", away=True, deputy=6),
        somebody(6, "counsel"),
        somebody(7, "counsel"),
    )
    assert first(Matter(roles=COUNSEL, assignee=INES), people) == {6}


def test_deputies_who_stand_in_for_one_another_while_both_are_away_end_with_everybody() -> None:
    people = house(
        somebody(INES, "counsel", away=True, deputy=PAUL),
        somebody(PAUL, "counsel", away=True, deputy=INES),
        somebody(6, "counsel"),
    )
    assert first(Matter(roles=COUNSEL, assignee=INES), people) == {6}


def test_a_deputy_outside_the_compartment_or_without_the_role_stands_in_for_nobody() -> None:
    people = house(
        somebody(INES, "counsel", away=True, deputy=PAUL, inside=(1,)),
        somebody(PAUL, "counsel"),
        somebody(6, "counsel", inside=(1,)),
    )
    assert first(Matter(roles=COUNSEL, assignee=INES, compartment=1), people) == {6}


def test_where_all_are_away_all_are_told() -> None:
    people = house(somebody(INES, "counsel", away=True), somebody(PAUL, "counsel", away=True))
    assert first(MATTER, people) == {INES, PAUL}


def test_where_nobody_can_act_a_reader_is_told_rather_than_nobody() -> None:
    assert first(MATTER, house(somebody(AUDE, "auditor"), somebody(ADA, "administrator"))) == {AUDE}


def test_administrators_hear_of_no_sealed_case() -> None:
    people = house(somebody(INES, "counsel", inside=(1,)), somebody(ADA, "administrator"))
    assert all_circles(Matter(roles=COUNSEL, compartment=1), people) == [(Circle.FIRST, frozenset({INES}))]


ROLES = st.frozensets(st.sampled_from(["analyst", "counsel", "auditor", "administrator", "publisher"]))
NUMBERS = st.integers(1, 8)
MAYBE = st.none() | NUMBERS


@st.composite
def houses(draw: st.DrawFn) -> House:
    accounts = draw(st.frozensets(NUMBERS))
    return {
        account: Colleague(
            account,
            draw(st.integers(1, 5)),
            draw(ROLES),
            draw(st.frozensets(st.integers(1, 2))),
            draw(st.booleans()),
            draw(MAYBE),
        )
        for account in accounts
    }


MATTERS = st.builds(
    Matter,
    roles=st.sampled_from([COUNSEL, frozenset({"analyst", "counsel"})]),
    readers=st.just(READERS),
    compartment=st.none() | st.integers(1, 2),
    asked=MAYBE,
    assignee=MAYBE,
    proposer=st.none() | st.integers(1, 5),
)


@given(MATTERS, houses())
def test_every_telling_ends_and_tells_nobody_twice(matter: Matter, people: House) -> None:
    circles = all_circles(matter, people)
    assert len(circles) <= len(Circle)
    assert [circle for circle, _accounts in circles] == sorted({circle for circle, _accounts in circles})
    told = [account for _circle, accounts in circles for account in accounts]
    assert len(told) == len(set(told))


@given(MATTERS, houses())
def test_nobody_is_told_who_may_not_know(matter: Matter, people: House) -> None:
    for circle, accounts in all_circles(matter, people):
        for one in (people[account] for account in accounts):
            assert one.person != matter.proposer
            if circle == Circle.ADMINISTRATORS:
                assert matter.compartment is None
                assert "administrator" in one.roles
            else:
                assert one.roles & READERS
                assert matter.compartment is None or matter.compartment in one.compartments


@given(MATTERS, houses())
def test_somebody_is_told_as_long_as_somebody_may_know(matter: Matter, people: House) -> None:
    inside = [
        one
        for one in people.values()
        if one.person != matter.proposer
        and (
            (one.roles & READERS and (matter.compartment is None or matter.compartment in one.compartments))
            or ("administrator" in one.roles and matter.compartment is None)
        )
    ]
    assert bool(all_circles(matter, people)) == bool(inside)


@given(MATTERS, houses())
def test_everybody_who_can_act_is_told_in_the_end(matter: Matter, people: House) -> None:
    told = frozenset().union(*(accounts for _circle, accounts in all_circles(matter, people)))
    for one in people.values():
        may_know = matter.compartment is None or matter.compartment in one.compartments
        if one.roles & matter.roles and may_know and one.person != matter.proposer:
            assert one.account in told


@pytest.mark.parametrize("after", list(Circle))
def test_who_was_told_is_told_no_more(after: Circle) -> None:
    people = house(somebody(INES, "counsel"), somebody(ADA, "administrator"))
    assert next_circle(MATTER, people, after=after, told=frozenset({INES, ADA})) is None

"""Every cell of the workflow's table, role × state × transition, walked through the forms of the console."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Role, User
from cases.dossier import read
from cases.guards import missing
from cases.models import Case, Instance
from cases.states import CaseState
from tests import lives
from tests.cases.views.conftest import As
from tests.cases.views.states import MAKE
from tests.lives import Staff

pytestmark = pytest.mark.django_db

TEXT = "Because it is so."
ANSWER = {"result-subscriber": "produced", "items": "A", "reason": TEXT}
CHALLENGE = {
    "of": "request",
    "ground": TEXT,
    "forum": "court",
    "forum_name": "D. Or.",
    "last_day": "2027-01-15",
}
# For each transition: the address of its form within the case, and what a person sends.
FORMS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "begin_review": ("begin-review", {}),
    "ask_agency": ("ask-agency", {"text": TEXT}),
    "agency_replied": ("agency-replied", {"reply": TEXT, "changes_request": "no"}),
    "agency_changed_request": ("agency-replied", {"reply": TEXT, "changes_request": "yes"}),
    "pass_review": ("pass-review", {}),
    "clear_conflict": ("clear-conflict", {}),
    "challenge": ("challenge", CHALLENGE),
    "resolve_challenge": ("resolve-challenge/1", {"result": "upheld"}),
    "resolve_narrowed": ("resolve-challenge/1", {"result": "narrowed", "scope": "subscriber"}),
    "resolve_quashed": ("resolve-challenge/1", {"result": "quashed"}),
    "answer": ("answer", ANSWER),
    "answer_emergency": ("answer-emergency", {**ANSWER, "delay_until": "2027-02-01"}),
    "produce_part": ("produce-part", ANSWER),
    "reject": ("reject", {"ground": "overbroad", "text": TEXT}),
    "withdraw": ("withdraw", {"reason": TEXT}),
    "reopen": ("reopen", {"because": "our_error", "reason": TEXT}),
    "close": ("close", {}),
}
SYSTEM = {"settle_as_notified", "settle_as_withheld", "basis_ended", "notice_failed"}
DONE, REFUSED, FORBIDDEN, ABSENT = 302, 409, 403, 404


def table() -> Mapping[str, tuple[set[str], set[str], bool]]:
    """The workflow as it stands in its file: for each transition the roles, the states it leaves, a second person."""
    found: dict[str, tuple[set[str], set[str], bool]] = {}
    for one in Case._meta.get_field("state").get_all_transitions(Case):
        # A subpoena is not among the instruments whose refusal needs a second person.
        who, states, _second = found.setdefault(one.name, (set(), set(), one.custom.get("second") == "yes"))
        who |= set(one.custom["who"])
        states.add(str(one.source))
    return found


WORKFLOW = table()


def test_every_transition_has_a_form_or_is_the_system_s() -> None:
    assert set(WORKFLOW) == set(FORMS) | SYSTEM
    assert {name for name, (who, _states, _second) in WORKFLOW.items() if not who} == SYSTEM


@contextmanager
def undone() -> Iterator[None]:
    """Forget what is done within."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def expected(case: Case, name: str, role: Role, now: datetime) -> int:
    """What the table says of this cell."""
    who, states, _second = WORKFLOW[name]
    if role not in (Role.ANALYST, Role.COUNSEL) or role not in who:
        return FORBIDDEN
    if name.startswith("resolve") and not case.challenges.exists():
        return ABSENT
    return REFUSED if case.state not in states or missing(name, read(case, now, exact=True)) else DONE


@pytest.mark.parametrize("state", MAKE)
def test_each_role_can_do_in_this_state_exactly_what_the_table_says(
    state: CaseState,
    staff: Staff,
    publisher: User,
    auditor: User,
    administrator: User,
    signed_in: As,
    now: datetime,
) -> None:
    case = MAKE[state](staff, now)
    assert case.state == state
    clients: dict[Role, Client] = {
        Role.ANALYST: signed_in(staff.analyst),
        Role.COUNSEL: signed_in(staff.ines),
        Role.PUBLISHER: signed_in(publisher),
        Role.AUDITOR: signed_in(auditor),
        Role.ADMINISTRATOR: signed_in(administrator),
    }
    wrong = []
    for name, (address, data) in FORMS.items():
        for role, client in clients.items():
            with undone():
                # The last instance decided as the form says.
                Instance.objects.filter(challenge__case=case).update(result=data.get("result", ""))
                wanted = expected(case, name, role, now)
                found = client.post(f"/cases/{case.reference}/do/{address}/", data).status_code
                if found != wanted:
                    wrong.append(f"{role} {name}: {found}, the table says {wanted}")
                elif found == DONE:
                    wrong += moved_otherwise(case, name)
    assert not wrong


def moved_otherwise(case: Case, name: str) -> list[str]:
    """What is wrong with the state after the form was taken: one that needs a second person waits for them."""
    after = lives.again(case)
    waits = case.approvals.filter(state="proposed").exists()
    if WORKFLOW[name][2]:
        return [] if waits and after.state == case.state else [f"{name}: did not wait for a second person"]
    targets = {
        str(one.target)
        for one in Case._meta.get_field("state").get_all_transitions(Case)
        if one.name == name and isinstance(one.target, str)
    } or {case.state_left}
    return [] if after.state in targets else [f"{name}: led to {after.state}"]


@pytest.mark.parametrize("name", sorted(SYSTEM))
def test_nobody_can_do_by_hand_what_the_system_does(name: str, staff: Staff, signed_in: As, now: datetime) -> None:
    case = MAKE[CaseState.NOTICE_PENDING](staff, now)
    for word in (name, name.replace("_", "-")):
        assert signed_in(staff.ines).post(f"/cases/{case.reference}/do/{word}/").status_code == ABSENT
    assert lives.again(case).state == CaseState.NOTICE_PENDING

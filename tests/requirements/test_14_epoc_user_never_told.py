"""Requirement 14. EPOC: notice to the person is impossible in the UI and API, a hard stop even for administrators;
a separate flag from Section G(d) says whether the controller is informed.
"""

from datetime import datetime

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from accounts.models import Role, RoleGrant, User
from cases.actions import controllers, duties, ending, withholding
from cases.actions.changing import CaseNotFound, NotForYou, Refused
from cases.actions.clockwork import run_clocks
from cases.actions.controllers import NoController
from cases.actions.customers import ToldAlready, match_customer
from cases.actions.duties import NeverTold
from cases.actions.objections import receive_objection
from cases.models import Case, NondisclosureOrder, NoticeDuty
from cases.silence import why_silent
from cases.states import CaseState, ControllerNotice, DutyKind, DutyState
from cases.views.acts import ACTS
from tests import lives
from tests.lives import Staff
from tests.notifications.scene import messages_of, open_door, plan_and_send, token_in

pytestmark = pytest.mark.django_db

EUROPEAN = pytest.mark.parametrize("instrument", ["eu_epoc", "eu_epoc_pr"])
INFORM, NOT_YET = ControllerNotice.INFORM, ControllerNotice.NOT_YET


def epoc(now: datetime, *roles: str, instrument: str = "eu_epoc") -> Case:
    """Return an EPOC of a German court about one customer of each role."""
    agency = lives.oseis_agency(now, country="DE", kind="court")
    customers = [lives.carla(name=f"Carla, {role}", role=role) for role in roles]
    return lives.received(now, instrument=instrument, agency=agency, customers=customers)


def of_controller(case: Case) -> NoticeDuty:
    return case.duties.get(kind=DutyKind.CONTROLLER)


@EUROPEAN
@pytest.mark.parametrize("role", [Role.ANALYST, Role.COUNSEL, Role.ADMINISTRATOR])
def test_no_form_makes_the_persons_notice_due_whoever_sends_it(
    instrument: str, role: Role, staff: Staff, administrator: User, last_year: datetime, now: datetime
) -> None:
    case = lives.notice_pending(epoc(now, "person", instrument=instrument), staff, now)
    RoleGrant.objects.bulk_create(
        RoleGrant(user=administrator, role=one, granted_at=last_year) for one in {role} - {Role.ADMINISTRATOR}
    )
    client = Client()
    client.force_login(administrator)
    for name, act in ACTS.items():
        address = f"/cases/{case.reference}/do/{name}/" + ("1/" if act.rows else "")
        client.post(address, {"basis_code": "child_safety", "reason": "r", "said": "inform", "decision": "d"})
    assert case.duties.get(kind=DutyKind.REQUEST).state == DutyState.NOT_OWED


def test_no_action_makes_the_persons_notice_due(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(epoc(now, "person"), staff, now)
    duty = case.duties.get()
    with pytest.raises(NeverTold):
        duties.change_duty(case, duty, DutyState.PENDING, now=now, by=staff.ines)
    with pytest.raises(NeverTold):
        duties.change_duties(case, [duty], DutyState.PENDING, now=now, by=staff.ines)
    duty.state, duty.failed_at = DutyState.FAILED, now
    duty.save()
    with pytest.raises(NeverTold):
        duties.try_again(duty_id=duty.pk, by=staff.ines, now=now)
    with pytest.raises(Refused, match="no notice to object to"):
        receive_objection(duty_id=duty.pk, text="I object.", now=now)


@pytest.mark.parametrize("kind", [DutyKind.OUTCOME, DutyKind.DECISION, DutyKind.AFFECTED])
def test_no_further_notice_is_owed_either(kind: DutyKind, staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(epoc(now, "person"), staff, now)
    duty = duties.owe(case, kind, customer_id=case.targets.get().customer_id, now=now, by=staff.ines)
    assert (duty.state, duty.basis) == (DutyState.NOT_OWED, "never_by_provider")


@EUROPEAN
@pytest.mark.parametrize("kind", [DutyKind.REQUEST, DutyKind.CONTROLLER, DutyKind.OUTCOME])
def test_what_a_bulk_write_makes_due_past_every_action_does_not_leave(
    instrument: str, kind: DutyKind, staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = lives.notice_pending(epoc(now, "person", instrument=instrument), staff, now)
    NoticeDuty.objects.filter(case=case).update(state=DutyState.PENDING, due_at=now, basis="", kind=kind)
    plan_and_send(now)
    assert (
        why_silent(case, case.duties.get(), now) == "The provider may never tell the customer of this kind of request."
    )
    assert mailoutbox == []


def test_a_person_withheld_by_imported_history_is_not_told_when_the_order_ends(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(epoc(now, "person"), staff, now)
    order = lives.brandts_order(case, staff, now, last_day=now.date())
    case.duties.update(state=DutyState.WITHHELD, basis=order.basis, order=order)
    run_clocks(now=now.replace(day=30, month=12))
    assert case.duties.get().state == DutyState.NOT_OWED


def test_before_section_gd_is_on_record_a_controller_is_owed_nothing(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(epoc(now, "controller"), staff, now)
    assert {duty.state for duty in case.duties.all()} == {DutyState.NOT_OWED}


@EUROPEAN
def test_inform_owes_a_notice_to_controllers_and_to_no_person(
    instrument: str, staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = epoc(now, "controller", "person", instrument=instrument)
    controllers.set_controller_notice(case_id=case.pk, said=INFORM, by=staff.analyst, now=now)
    case = lives.notice_pending(lives.again(case), staff, now)
    assert case.state == CaseState.NOTICE_PENDING
    plan_and_send(now)
    (mail,) = mailoutbox
    controller = case.targets.get(customer__role="controller").customer
    assert controller is not None
    assert mail.to == [controller.email]
    text = " ".join(str(mail.body).split())
    assert controller.identifier in text
    assert "who the person is" in text
    assert "Do not tell the person whom they are about: the authority does that itself." in text
    assert "about you" not in text
    assert lives.again(case).state == CaseState.CUSTOMER_NOTIFIED


def test_inform_recorded_after_the_notices_were_settled_opens_them_again(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(epoc(now, "controller"), staff, now)
    assert case.state == CaseState.NOTICE_WITHHELD
    controllers.set_controller_notice(case_id=case.pk, said=INFORM, by=staff.analyst, now=now)
    assert lives.again(case).state == CaseState.NOTICE_PENDING
    assert of_controller(case).state == DutyState.PENDING


def test_not_yet_is_an_order_until_further_notice_that_only_counsel_ends(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = epoc(now, "controller")
    controllers.set_controller_notice(case_id=case.pk, said=NOT_YET, by=staff.analyst, now=now)
    case = lives.notice_pending(lives.again(case), staff, now)
    order = case.orders.get()
    assert (order.basis, order.is_indefinite, of_controller(case).state) == ("eu_epoc_g", True, DutyState.WITHHELD)
    with pytest.raises(NotForYou):
        controllers.set_controller_notice(case_id=case.pk, said=INFORM, by=staff.analyst, now=now)
    run_clocks(now=now)
    plan_and_send(now)
    assert mailoutbox == []
    controllers.set_controller_notice(case_id=case.pk, said=INFORM, by=staff.ines, now=now)
    run_clocks(now=now)
    plan_and_send(now)
    assert [message.template for message in messages_of(case)] == ["request_to_controller"]
    assert "We were forbidden to tell you earlier" in mailoutbox[0].body


def test_a_controller_reads_no_word_to_the_person_and_cannot_stop_the_order(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = epoc(now, "controller")
    controllers.set_controller_notice(case_id=case.pk, said=INFORM, by=staff.analyst, now=now)
    case = lives.notice_pending(lives.again(case), staff, now)
    plan_and_send(now)
    link, client = f"/notice/{token_in(str(mailoutbox[0].body))}/", Client()
    open_door(client, link)
    html = client.get(link).content.decode()
    assert "asks for data that you are responsible for" in html
    assert "information about you" not in html
    assert "I object" not in html
    with pytest.raises(Refused, match="no notice to object to"):
        receive_objection(duty_id=of_controller(case).pk, text="No.", now=now)


def test_the_end_of_the_case_owes_a_controller_nothing_more(staff: Staff, now: datetime) -> None:
    case = epoc(now, "controller")
    controllers.set_controller_notice(case_id=case.pk, said=INFORM, by=staff.analyst, now=now)
    case = lives.notice_pending(lives.again(case), staff, now)
    lives.tell(case, now)
    ending.withdraw(case_id=case.pk, reason="The court took it back.", by=staff.analyst, now=now)
    assert case.duties.get(kind=DutyKind.OUTCOME).state == DutyState.NOT_OWED


def test_a_target_that_is_another_customers_owes_the_first_controller_nothing(staff: Staff, now: datetime) -> None:
    case = epoc(now, "controller")
    controllers.set_controller_notice(case_id=case.pk, said=INFORM, by=staff.analyst, now=now)
    case = lives.notice_pending(lives.again(case), staff, now)
    first, other = of_controller(case), lives.carla(role="controller")
    ids = [case.targets.get().pk]
    match_customer(case_id=case.pk, target_ids=ids, customer=other, by=staff.analyst, now=now)
    assert NoticeDuty.objects.get(pk=first.pk).state == DutyState.NOT_OWED
    assert case.duties.get(kind=DutyKind.CONTROLLER, state=DutyState.PENDING).customer == other
    lives.tell(case, now)
    with pytest.raises(ToldAlready):
        match_customer(case_id=case.pk, target_ids=ids, customer=lives.carla(), by=staff.analyst, now=now)


def test_only_a_european_order_speaks_of_a_controller(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    with pytest.raises(NoController):
        controllers.set_controller_notice(case_id=case.pk, said=INFORM, by=staff.ines, now=now)


def test_what_is_on_record_is_not_recorded_twice(staff: Staff, now: datetime) -> None:
    case = epoc(now, "controller")
    controllers.set_controller_notice(case_id=case.pk, said=NOT_YET, by=staff.analyst, now=now)
    with pytest.raises(Refused, match="on record already"):
        controllers.set_controller_notice(case_id=case.pk, said=NOT_YET, by=staff.analyst, now=now)
    assert NondisclosureOrder.objects.count() == 1


def test_an_administrator_may_not_even_know_of_the_case(administrator: User, now: datetime) -> None:
    case = epoc(now, "person")
    with pytest.raises(CaseNotFound):
        controllers.set_controller_notice(case_id=case.pk, said=INFORM, by=administrator, now=now)
    with pytest.raises(CaseNotFound):
        withholding.propose_withholding(
            duty_id=NoticeDuty.objects.create(case=case, state=DutyState.NOT_OWED, basis="never_by_provider").pk,
            basis_code="child_safety",
            review_date=now.date().replace(year=2027),
            reason="Because I am administrator.",
            by=administrator,
            now=now,
        )

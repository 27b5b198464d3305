"""Which mail a duty becomes, and that it says what became of the request."""

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction

from cases.actions import objections, withholding
from cases.actions.duties import owe_followers
from cases.models import Case
from cases.states import DutyKind
from notifications import facts
from notifications.models import Message
from notifications.states import Because, MessageState
from tests import lives
from tests.lives import Staff
from tests.notifications.scene import messages_of, plan_and_send

pytestmark = pytest.mark.django_db


def told(case: Case, mailoutbox: list[EmailMultiAlternatives]) -> tuple[str, str]:
    """Return the name and the text of the last mail of a case."""
    return messages_of(case)[-1].template, " ".join(str(mailoutbox[-1].body).split())


def test_a_customer_whose_request_was_refused_before_they_were_told_hears_both(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = lives.rejected(lives.in_conflict_check(lives.received(now), staff, now), staff, now)
    plan_and_send(now)
    name, text = told(case, mailoutbox)
    assert name == "request_received"
    assert "We refused the request. We handed over nothing about you." in text


def test_after_the_answer_the_customer_hears_what_was_handed_over(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = lives.answered(lives.received(now), staff, now)
    plan_and_send(now + timedelta(days=15))
    name, text = told(case, mailoutbox)
    assert name == "outcome"
    assert "We handed over to the authority what is listed here. - who you are" in text


def test_whose_content_is_ordered_away_hears_where_to_complain(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    received = lives.received(now, instrument="dsa_order_to_act", asked=(), agency=agency)
    case = lives.answered_now(lives.notice_pending(received, staff, now), staff, now)
    plan_and_send(now)
    name, text = told(case, mailoutbox)
    assert name == "order_against_content"
    assert "You can challenge the order before the courts" in text


def test_a_decision_comes_with_its_reasons_and_the_days_that_are_left(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = lives.notified(lives.received(now), staff, now)
    objection = objections.receive_objection(duty_id=case.duties.get().pk, text="Not me.", now=now)
    reasons = "It is your account, and the order is narrow."
    approval = objections.propose_decision(objection_id=objection.pk, decision=reasons, by=staff.ines, now=now)
    lives.approved(approval, staff, now)
    plan_and_send(now)
    name, text = told(case, mailoutbox)
    assert name == "decision"
    assert reasons in text
    assert "We hand over nothing before the end of Wednesday 2 December 2026 (Eastern Time)." in text


def test_a_shortened_window_is_told_with_its_new_last_day(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = lives.notified(lives.received(now), staff, now)
    ends_at = datetime.fromisoformat("2026-12-05T00:00-05:00")
    approval = withholding.propose_shorter_window(
        duty_id=case.duties.get().pk, ends_at=ends_at, reason="The court gave no extension.", by=staff.ines, now=now
    )
    lives.approved(approval, staff, now)
    plan_and_send(now)
    assert "You now have until the end of Friday 4 December 2026 (Eastern Time)" in told(case, mailoutbox)[1]


def test_who_an_impostor_asked_about_hears_it(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    case = lives.notified(lives.received(now), staff, now)
    with transaction.atomic():
        owe_followers(case, DutyKind.FRAUD, now=now, by=staff.ines)
    plan_and_send(now)
    name, text = told(case, mailoutbox)
    assert name == "fraud"
    assert "this was a fraud" in text


def test_a_mail_without_a_fact_it_needs_does_not_leave_and_a_person_looks(
    staff: Staff, now: datetime, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    monkeypatch.setitem(facts.FACTS, "law", lambda subject: None)
    plan_and_send(now)
    message = Message.objects.get(duty__case=case)
    assert (message.state, message.because) == (MessageState.FAILED, Because.MISSING_FACT)
    assert (mailoutbox, message.attempts.count(), case.duties.get().state) == ([], 0, "failed")


def test_an_unknown_language_is_answered_in_the_first_of_ours(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    lives.notice_pending(lives.received(now, customers=[lives.carla(language="tlh")]), staff, now)
    plan_and_send(now)
    assert mailoutbox[0].extra_headers["Content-Language"] == "en"


def test_the_window_in_the_mail_is_the_window_that_runs_over_a_change_of_the_clock(
    staff: Staff, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    """Clocks in Paris go back on 25 October 2026; ten days after the 20th end at midnight there all the same."""
    told_at = datetime.fromisoformat("2026-10-20T22:30+00:00")  # 0:30 on the 21st in Paris
    customer = lives.carla(language="fr", timezone="Europe/Paris", country="FR")
    case = lives.notice_pending(lives.received(told_at, customers=[customer]), staff, told_at)
    plan_and_send(told_at)
    duty = case.duties.get()
    assert duty.window_ends_at == datetime.fromisoformat("2026-11-01T00:00+01:00")
    assert "samedi 31 octobre 2026 (heure d’Europe centrale)" in told(case, mailoutbox)[1]

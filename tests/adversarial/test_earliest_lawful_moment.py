"""Invariants 2 and 3, in any order: silence is respected to the second, and what is owed leaves once all of it ended.

Random lives of a case with several customers, orders that name all or only some of them, overlap, are prolonged and
lifted, things that arrive and lie unseen, objections, decisions, refusals, answers, forgeries, a relay with moods; the
clock's jobs run after every move of time. `earliest.py` keeps the notes of which moments were silent for whom.

SEQUENCES=2000 pytest tests/adversarial/test_earliest_lawful_moment.py draws other sequences, and so many.
"""

import os
from datetime import datetime
from functools import partial

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from cases.actions import nondisclosure
from cases.dossier import ABOUT_TARGETS
from cases.models import NoticeDuty
from cases.states import DutyState
from notifications.forms import AdditionForm, ObjectionForm
from notifications.models import CustomerLink, Message
from notifications.notice_page import context
from notifications.queries import needing
from notifications.standing import standing_of
from tests.adversarial.busy_office import HOUR, MARKS, BusyOffice, Desk
from tests.adversarial.earliest import Mail, Wire, next_working_day
from tests.lives import Staff

pytestmark = pytest.mark.django_db

ASKED_BY_LINK = {"resolver_match": {"kwargs": {"token": "0"}}}
MONTHS_LATER = (1, 30, 24 * 2, 24 * 5, 24 * 9, 24 * 20)


class Lives(BusyOffice):
    """What the notes say of whatever the office did."""

    def teardown(self) -> None:
        try:
            if self.case:
                self.in_the_end_everybody_was_told()
        finally:
            super().teardown()

    @invariant()
    def nothing_left_too_early(self) -> None:
        heard, self.wire.heard = self.wire.heard, []
        for recipient, key, mood, whole in heard:
            self.nothing_of_others(recipient, whole)
            self.desk.seen[mood] += 1
            because = self.notes.why_silent(recipient, self.now)
            assert not because, f"a mail to {recipient} left on {self.now:%c}, and {because}"
            self.not_before_its_day(recipient, key)
            self.not_again(key, mood)
            self.notes.mails.append(Mail(self.now, recipient, key, is_taken=mood in ("take", "vanish")))
        self.note_what_is_owed()

    def nothing_of_others(self, recipient: str, whole: str) -> None:
        mine = recipient.partition("@")[0]
        assert mine in whole
        assert not [mark for mark in MARKS if mark != mine and mark in whole.lower()], "it names another customer"

    def pages_name_nobody_else(self) -> None:
        """Each customer's own page, where it may be shown at all."""
        for link in CustomerLink.objects.filter(case=self.of_case).select_related("case__agency", "customer"):
            if found := standing_of(link, self.now):
                forms = {"form": ObjectionForm(), "addition": AdditionForm()}
                shown = context(found, self.now) | forms | {"request": ASKED_BY_LINK}
                page = render_to_string("notifications/notice.html", shown)
                self.nothing_of_others(link.customer.email, page)
                self.desk.seen["page"] += 1

    def not_before_its_day(self, recipient: str, key: str) -> None:
        message = Message.objects.select_related("duty", "reminder").get(key=key)
        self.desk.seen[message.template] += 1
        if message.reminder:
            window, told = message.reminder.window_ends_at, message.reminder.delivered_at
            assert window
            assert told
            assert told < self.now < window, "a reminder belongs into the days to object"
            return
        assert message.duty
        if message.duty.kind in ABOUT_TARGETS:
            assert self.case_was_cleared, "nobody is told of a request that is still reviewed"
        ended, owed = self.notes.silence_ended(recipient, self.now), self.owed_since[message.duty.pk]
        if ended and self.ended_at and self.ended_at < ended and owed < ended and not self.was_told(message.duty):
            earliest = next_working_day(ended)
            assert self.now >= earliest, f"silence ended at {ended}, and a working day began at {earliest}"

    def not_again(self, key: str, mood: str) -> None:
        """What the relay took, or may have taken, is not sent again, by this message or another for its errand."""
        message = Message.objects.get(key=key)
        same = Message.objects.filter(duty=message.duty_id, reminder=message.reminder_id, case=message.case_id)
        keys = set(same.values_list("key", flat=True))
        before = [mail for mail in self.notes.mails if mail.key in keys and mail.is_taken]
        assert not before, f"{message.template} left twice, on {before[0].at:%c} and {self.now:%c}"

    def in_the_end_everybody_was_told(self) -> None:
        """All orders end, somebody looks at everything, and time passes: what is owed left, or a person sees it."""
        self.wire.moods = ["take"]
        self.somebody_looks()
        for order in self.notes.orders:
            lift = partial(nondisclosure.lift_order, order_id=order.pk, reason="Lifted.", by=self.staff.ines)
            if self.attempt(lambda lift=lift: lift(now=self.now)):  # type: ignore[misc]
                order.lifted_at = self.now
        for hours in MONTHS_LATER:
            self.move_to(self.now + hours * HOUR)
            self.nothing_left_too_early()
        page = {duty.pk: duty for duty in needing(self.staff.ines, self.now)}
        for duty in self.of_case.duties.select_related("customer").exclude(due_at=None):
            took = [mail for mail in self.notes.mails if mail.is_taken and mail.key in self.keys_of(duty)]
            if duty.state == DutyState.DELIVERED:
                assert len(took) == 1, f"{duty} counts as delivered, and {len(took)} mails left"
            elif duty.state == DutyState.NOT_OWED:
                assert duty.basis in ("fraud", "reopened"), f"{duty} is not owed because of {duty.basis}"
            else:
                assert duty.pk in page, f"{duty} was not told, and is on nobody's page"
                self.desk.seen["on a person's page"] += 1
        self.pages_name_nobody_else()
        if self.case_was_cleared:
            self.nobody_is_missing(set(page))

    def nobody_is_missing(self, page: set[int]) -> None:
        """Everyone whose account was named knows, or a person sees that they do not: without asking what we owe."""
        told = {mail.to for mail in self.notes.mails if mail.is_taken}
        seen = set(NoticeDuty.objects.filter(pk__in=page).values_list("customer__email", flat=True))
        for customer in self.customers:
            assert customer.email in told | seen, f"{customer.email} was forgotten"


def test_no_sequence_tells_too_early_and_every_one_ends_in_a_notice(
    staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = Wire()
    monkeypatch.setattr("notifications.actions.sending.opened", wire)
    Lives.desk = Desk(staff, now, wire)
    by_hand = int(os.environ.get("SEQUENCES", "0"))
    budget = settings(
        max_examples=by_hand or 30,
        stateful_step_count=16,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=not by_hand,
        database=None,
        phases=[Phase.generate],
    )
    run_state_machine_as_test(Lives, settings=budget)
    print(dict(Lives.desk.seen))  # noqa: T201
    # A reminder is rarer: whether one of so few sequences comes to it, a change anywhere in the test decides.
    assert {"take", "request_for_data", "delayed_after_order"} <= set(Lives.desk.seen), Lives.desk.seen

"""Legal review on the case's page: what failed at once, every answer with its author on demand."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases.actions.review import answer_item
from cases.models import Answer, Case
from cases.rules.review import items
from tests import lives
from tests.cases.views.conftest import As
from tests.config.shell.looking import faults_of_source
from tests.lives import Staff

pytestmark = pytest.mark.django_db

AT = "Mon 30 Nov 2026, 12:00"


@pytest.fixture
def as_ana(signed_in: As, analyst: User) -> Client:
    return signed_in(analyst)


def folded(client: Client, case: Case) -> tuple[str, str]:
    """Return what the panel shows at once, and what it shows on demand."""
    html = client.get(case.get_absolute_url()).content.decode()
    assert faults_of_source(html) == []
    panel = html.partition('id="h-review"')[2].partition("</section>")[0]
    shown, _, on_demand = panel.partition("<details")
    return shown, on_demand


def test_every_answer_stands_there_with_its_author_its_hour_and_its_note(
    staff: Staff, as_ana: Client, now: datetime
) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    answer_item(case_id=case.pk, item="signed", answer=Answer.YES, note="By Judge Brandt.", by=staff.ines, now=now)
    answer_item(case_id=case.pk, item="language", answer=Answer.NO, note="In Norse.", by=staff.paul, now=now)
    shown, on_demand = folded(as_ana, case)
    assert "In Norse." in shown
    assert "By Judge Brandt." not in shown
    assert f"By Judge Brandt. Answered by {staff.ines.name}, {AT}" in on_demand
    assert f"In Norse. Answered by {staff.paul.name}, {AT}" in on_demand
    assert f"Every target is named as: account. Answered by rule, {AT}" in on_demand
    assert on_demand.count("<li>") == case.review_answers.count()


def test_a_review_that_is_all_persons_yes_can_be_read_too(staff: Staff, as_ana: Client, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    lives.answer_questions(case, staff, now)
    _shown, on_demand = folded(as_ana, case)
    assert f"All {len(items('us_subpoena', 'US'))} answers, with their authors" in on_demand


def test_answers_cost_no_statement_more(staff: Staff, as_ana: Client, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    as_ana.get(case.get_absolute_url())
    with CaptureQueriesContext(connection) as before:
        as_ana.get(case.get_absolute_url())
    lives.answer_questions(case, staff, now)
    with CaptureQueriesContext(connection) as after:
        as_ana.get(case.get_absolute_url())
    assert len(after) == len(before)

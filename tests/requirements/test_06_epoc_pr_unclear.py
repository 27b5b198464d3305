"""Requirement 6, EPOC-PR. With no reply to a clarification sent 2026-09-07 by 2026-09-12 → "exempt" state, a human
confirms the release.
"""

from datetime import UTC, date, datetime

import pytest

from cases.actions import events, preservations, prolonging
from cases.actions.clockwork import run_clocks
from cases.actions.prolonging import ExtensionImpossible
from cases.models import Case, Preservation
from cases.queries import needs
from tests import lives
from tests.lives import Staff
from tests.requirements.reading import page_of

pytestmark = pytest.mark.django_db

SENT = datetime.fromisoformat("2026-09-07T10:00:00-07:00")
LAST_MOMENT = datetime.fromisoformat("2026-09-12T23:59:59-07:00")
OVER = datetime.fromisoformat("2026-09-13T00:00:00-07:00")


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    """An EPOC-PR that is unclear: the data are kept, and the authority was asked on 7 September."""
    agency = lives.oseis_agency(now, country="FR", kind="court")
    case = lives.received(now, instrument="eu_epoc_pr", agency=agency)
    preservations.preserve(case_id=case.pk, rule="epoc_pr_lapse", confirmed=True, by=staff.analyst, now=now)
    preservations.preserve(case_id=case.pk, rule="interim", confirmed=True, by=staff.analyst, now=now)
    events.record_event(case_id=case.pk, rule="epoc_pr_clarification", event_at=SENT, by=staff.analyst, now=SENT)
    return case


def of_order(case: Case) -> Preservation:
    return case.preservations.get(rule="epoc_pr_lapse")


def test_through_12_september_the_authority_may_clarify(case: Case) -> None:
    run_clocks(now=LAST_MOMENT)
    assert of_order(case).lapsed_because == ""


def test_then_we_are_exempt_and_a_person_confirms_the_release(case: Case, staff: Staff) -> None:
    run_clocks(now=OVER)
    hold = of_order(case)
    assert (hold.lapsed_because, hold.lapsed_at, hold.released_at) == ("exempt", OVER, None)
    assert case.preservations.get(rule="interim").lapsed_at is None
    assert needs.cases(staff.analyst, "lapsed", now=OVER) == {case.pk}
    assert "Exempt: confirm the release" in page_of(case, staff.analyst, OVER)
    preservations.release_hold(preservation_id=hold.pk, reason="No reply came.", by=staff.analyst, now=OVER)
    assert of_order(case).released_at == OVER


def test_an_exemption_is_not_cleared_by_a_form_that_comes_later(case: Case, staff: Staff) -> None:
    run_clocks(now=OVER)
    with pytest.raises(ExtensionImpossible, match="exempt"):
        prolonging.extend(preservation_id=of_order(case).pk, asked_on=date(2026, 9, 20), by=staff.analyst, now=OVER)
    assert of_order(case).lapsed_because == "exempt"

from zoneinfo import ZoneInfo

import pytest

from reports.counting import Counts, check_case_by_case
from reports.counting import count as count_in
from reports.rules.lines import DoesNotAddUp, Figures
from reports.rules.periods import period
from tests.reports.history import SUBPOENA, ended, noticed, received, tell

pytestmark = pytest.mark.django_db
UTC = ZoneInfo("UTC")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def count(label: str, zone: ZoneInfo = UTC) -> Counts:
    """Count a period in both ways."""
    counts = count_in(period(label), zone)
    check_case_by_case(counts, period(label), zone)
    return counts


def subpoenas(label: str, zone: ZoneInfo = UTC) -> Figures:
    return count(label, zone).lines.get(SUBPOENA, Figures())


def test_nothing_at_all_has_no_lines() -> None:
    assert count("2018-H2") == Counts(lines={}, notices={}, fraudulent=0)


@pytest.mark.parametrize(
    ("moment", "counted"),
    [
        ("2018-06-30T23:59:59.999999", 0),
        ("2018-07-01T00:00:00", 1),
        ("2018-12-31T23:59:59.999999", 1),
        ("2019-01-01T00:00:00", 0),
    ],
)
def test_a_period_includes_its_first_and_its_last_instant(moment: str, counted: int) -> None:
    received(1, moment)
    assert subpoenas("2018-H2").received == counted


def test_the_last_second_is_that_of_the_reporting_zone() -> None:
    received(1, "2019-01-01T07:59:59")
    received(2, "2019-01-01T08:00:00")
    assert subpoenas("2018-H2", LOS_ANGELES).received == 1
    assert subpoenas("2019-H1", LOS_ANGELES).received == 1
    assert subpoenas("2018-H2", UTC).received == 0


def test_a_request_carried_over_is_received_in_one_period_and_answered_in_the_next() -> None:
    received(1, "2025-12-20")
    ended(1, "2026-01-08", accounts=2, domains=3)
    assert subpoenas("2025-H2") == Figures(received=1, in_process=1)
    assert subpoenas("2026-H1") == Figures(in_process_start=1, answered=1, accounts_affected=2, domains_affected=3)
    assert count("2026-H2").lines == {}


@pytest.mark.parametrize(
    ("outcome", "figures"),
    [
        ("answered", Figures(received=1, answered=1, accounts_affected=2, domains_affected=3)),
        (
            "answered_partial",
            Figures(received=1, answered=1, answered_partial=1, accounts_affected=2, domains_affected=3),
        ),
        ("no_data", Figures(received=1, no_data=1)),
        ("rejected", Figures(received=1, rejected=1)),
        ("withdrawn", Figures(received=1, withdrawn=1)),
    ],
)
def test_an_outcome_counts_in_its_column_and_only_answers_affect_anyone(outcome: str, figures: Figures) -> None:
    received(1, "2018-08-01", accounts=2, domains=3)
    ended(1, "2018-09-01", outcome, accounts=2, domains=3)
    assert subpoenas("2018-H2") == figures


def test_an_outcome_at_the_instant_of_receipt_ends_the_request() -> None:
    received(1, "2018-08-01")
    ended(1, "2018-08-01", "rejected")
    assert subpoenas("2018-H2") == Figures(received=1, rejected=1)


def test_a_reopened_request_counts_where_it_is_reopened_and_moves_nothing_before() -> None:
    received(1, "2018-02-01")
    ended(1, "2018-03-01", "rejected")
    before = subpoenas("2018-H1")
    tell(1, "reopened", "2018-09-01")
    ended(1, "2019-02-01", accounts=1)
    assert subpoenas("2018-H1") == before == Figures(received=1, rejected=1)
    assert subpoenas("2018-H2") == Figures(reopened=1, in_process=1)
    assert subpoenas("2019-H1") == Figures(in_process_start=1, answered=1, accounts_affected=1)


def test_answered_reopened_and_answered_again_within_a_period_counts_both_answers() -> None:
    received(1, "2018-07-02")
    ended(1, "2018-08-01", accounts=1)
    tell(1, "reopened", "2018-09-01")
    ended(1, "2018-10-01", "answered_partial", accounts=1)
    expected = Figures(received=1, reopened=1, answered=2, answered_partial=1, accounts_affected=2)
    assert subpoenas("2018-H2") == expected


def test_the_half_is_its_quarters() -> None:
    for case, day in enumerate(["2018-07-05", "2018-08-05", "2018-11-05", "2018-12-05"]):
        received(case, day)
    ended(0, "2018-10-01")
    first, second, half = subpoenas("2018-Q3"), subpoenas("2018-Q4"), subpoenas("2018-H2")
    assert first.in_process == second.in_process_start == 2
    assert (first.received + second.received, second.in_process) == (half.received, half.in_process)


def test_a_forgery_leaves_every_line_and_counts_where_it_was_proven() -> None:
    """Mallory pretended to be police; it came out half a year later."""
    received(1, "2018-08-01")
    ended(1, "2018-08-02", accounts=9)
    noticed(1, "2018-08-02", "notified")
    tell(1, "fraud", "2019-02-01")
    assert count("2018-H2") == Counts(lines={}, notices={}, fraudulent=0)
    assert count("2019-H1") == Counts(lines={}, notices={}, fraudulent=1)


def test_a_duplicate_counts_with_its_canonical_case_only() -> None:
    received(1, "2018-08-01")
    received(2, "2018-08-01")
    tell(2, "duplicate", "2018-08-02")
    ended(1, "2018-09-01", accounts=4)
    assert subpoenas("2018-H2") == Figures(received=1, answered=1, accounts_affected=4)
    assert count("2018-H2").fraudulent == 0


def test_lines_are_counted_apart() -> None:
    received(1, "2018-08-01")
    received(2, "2018-08-01", line="mlat")
    ended(2, "2018-08-03", line="mlat")
    assert count("2018-H2").lines == {
        SUBPOENA: Figures(received=1, in_process=1),
        "mlat": Figures(received=1, answered=1),
    }


def test_only_lines_with_something_to_say_appear() -> None:
    received(1, "2017-08-01", line="mlat")
    ended(1, "2017-09-01", line="mlat")
    received(2, "2017-08-01", line="us_wiretap")
    assert set(count("2018-H2").lines) == {"us_wiretap"}


def test_each_notice_duty_counts_as_it_stood_at_the_end_of_the_period() -> None:
    """Carla was told in time, another customer only after the gag ended in January."""
    received(1, "2018-08-01")
    ended(1, "2018-12-01")
    noticed(1, "2018-08-05", "pending", duty=1)
    noticed(1, "2018-08-06", "notified", duty=1)
    noticed(1, "2018-08-05", "withheld_nondisclosure", duty=2)
    noticed(1, "2019-01-02", "notified", duty=2)
    assert count("2018-H2").notices == {"notified": 1, "withheld_nondisclosure": 1}
    assert count("2019-H1").notices == {}


def test_of_two_changes_at_one_instant_the_later_written_stands() -> None:
    received(1, "2018-08-01")
    ended(1, "2018-09-01")
    noticed(1, "2018-08-05", "pending", duty=1)
    noticed(1, "2018-08-05", "notified", duty=1)
    assert count("2018-H2").notices == {"notified": 1}


@pytest.mark.parametrize("outcome", ["no_data", "rejected", "withdrawn", None])
def test_notices_of_requests_not_answered_are_no_figure(outcome: str | None) -> None:
    received(1, "2018-08-01")
    noticed(1, "2018-08-05", "notified")
    if outcome:
        ended(1, "2018-09-01", outcome)
    assert count("2018-H2").notices == {}


def test_an_unknown_notice_is_no_figure() -> None:
    received(1, "2018-08-01")
    ended(1, "2018-09-01")
    noticed(1, "2018-09-01", "")
    assert count("2018-H2").notices == {}


def test_a_request_answered_twice_in_the_period_counts_its_duties_once() -> None:
    received(1, "2018-07-02")
    noticed(1, "2018-07-03", "notified", duty=1)
    ended(1, "2018-08-01")
    tell(1, "reopened", "2018-09-01")
    ended(1, "2018-10-01")
    assert count("2018-H2").notices == {"notified": 1}


def test_national_security_is_in_no_figure() -> None:
    tell(1, "received", "2018-08-01", line="us_nsl", accounts=3, restricted=True)
    tell(1, "notice", "2018-08-01", "withheld_statute", line="us_nsl", subject=1, restricted=True)
    tell(1, "outcome", "2018-08-02", "answered", line="us_nsl", accounts=3, restricted=True)
    assert count("2018-H2") == Counts(lines={}, notices={}, fraudulent=0)


def test_an_outcome_without_a_receipt_is_refused() -> None:
    ended(1, "2018-08-01")
    with pytest.raises(DoesNotAddUp, match="us_subpoena"):
        count("2018-H2")


def test_a_case_that_ended_twice_shows_when_cases_are_counted_one_by_one() -> None:
    """Its second end hides that another case is open: the sums alone look sound."""
    received(1, "2018-07-02")
    received(2, "2018-07-02")
    ended(1, "2018-08-01")
    ended(1, "2018-08-02")
    counts = count_in(period("2018-H2"), UTC)
    assert counts.lines[SUBPOENA] == Figures(received=2, answered=2)
    with pytest.raises(DoesNotAddUp, match="us_subpoena"):
        check_case_by_case(counts, period("2018-H2"), UTC)


def test_the_same_case_shows_also_where_it_ended_before_the_period() -> None:
    received(1, "2018-02-02")
    received(2, "2018-02-02")
    ended(1, "2018-03-01")
    ended(1, "2018-03-02")
    with pytest.raises(DoesNotAddUp):
        count("2018-H2")

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from reports.body import build, with_bands
from reports.comparing import Difference, differences
from reports.counting import Counts
from reports.rules.lines import Figures
from reports.rules.periods import period


def report(block: Mapping[str, object] | None = None, fraudulent: int = 0, **lines: Figures) -> dict[str, Any]:
    counts = Counts(lines=lines, notices={}, fraudulent=fraudulent)
    return with_bands(build(period("2018-H2"), ZoneInfo("UTC"), counts, revision=1), block)


def test_the_same_report_differs_in_nothing() -> None:
    one = report(mlat=Figures(received=1, in_process=1))
    assert differences(one, one) == []


def test_a_figure_that_moved_is_named_with_both_values() -> None:
    before = report(us_subpoena=Figures(received=19, in_process=19))
    after = report(us_subpoena=Figures(received=20, in_process=19))
    [moved] = differences(before, after)
    assert (moved.section, moved.figure, moved.before, moved.after, moved.change) == (
        "us_subpoena",
        "received",
        19,
        20,
        1,
    )


def test_a_line_that_came_or_went_counts_from_zero() -> None:
    some = report(mlat=Figures(received=2, in_process=2))
    assert {(d.figure, d.change) for d in differences(report(), some)} == {("received", 2), ("in_process", 2)}
    assert {(d.figure, d.change) for d in differences(some, report())} == {("received", -2), ("in_process", -2)}


def test_forgeries_are_compared_too() -> None:
    assert [d.change for d in differences(report(fraudulent=1), report(fraudulent=3))] == [2]


def test_bands_have_no_difference_but_that_they_are_others() -> None:
    low, high = ({"structure": "x", "process": band, "selectors": "0-249"} for band in ("0-249", "250-499"))
    assert differences(report(low), report(high)) == [
        Difference("national_security", "", "process", "0-249", "250-499")
    ]
    assert differences(report(low), report(high))[0].change is None

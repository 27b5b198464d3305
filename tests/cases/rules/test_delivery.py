"""How a package travels, and how long its link stays open."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.rules.delivery import LARGEST_INSIDE, LinkLife, channel, link_end, link_ends_between

BRUSSELS = ZoneInfo("Europe/Brussels")
MADE = datetime(2026, 9, 10, 14, tzinfo=BRUSSELS)


def test_made_available_on_10_september_it_ends_between_20_september_and_25_october() -> None:
    assert link_ends_between(date(2026, 9, 10)) == (date(2026, 9, 20), date(2026, 10, 25))


@pytest.mark.parametrize(
    ("days", "end"),
    [
        pytest.param(10, datetime(2026, 9, 21, tzinfo=BRUSSELS), id="through 20 September"),
        pytest.param(45, datetime(2026, 10, 26, tzinfo=BRUSSELS), id="through 25 October, which has 25 hours"),
    ],
)
def test_a_link_stays_open_through_its_whole_last_day(days: int, end: datetime) -> None:
    assert link_end(MADE, days, BRUSSELS) == end


@pytest.mark.parametrize("days", [0, 9, 46])
def test_no_link_ends_earlier_or_later(days: int) -> None:
    with pytest.raises(LinkLife, match="between 20 September 2026 and 25 October 2026"):
        link_end(MADE, days, BRUSSELS)


def test_the_day_is_the_receiving_office_s() -> None:
    late = datetime(2026, 9, 10, 23, tzinfo=UTC)  # 11 September in Brussels
    assert link_end(late, 10, BRUSSELS) == datetime(2026, 9, 22, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("size", "in_eevidence", "expected"),
    [
        pytest.param(LARGEST_INSIDE, True, "eevidence_system", id="25,600 kB to the byte"),
        pytest.param(LARGEST_INSIDE + 1, True, "link", id="a byte more"),
        pytest.param(1, False, "link", id="never came through the system"),
    ],
)
def test_what_is_larger_than_25600_kb_goes_beside_the_system(size: int, in_eevidence: bool, expected: str) -> None:
    found = channel(size, in_eevidence=in_eevidence)
    assert found.code == expected
    assert bool(found.source) is in_eevidence


def test_25600_kb_are_25_mb() -> None:
    assert LARGEST_INSIDE == 25 * 1024 * 1024

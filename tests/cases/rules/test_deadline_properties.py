"""What holds of every deadline, whatever the clock, the hour, the zone and the country."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cases.rules.clocks import CLOCKS, ClockRule
from cases.rules.deadlines import Deadline, Pause, deadline, end_of, return_date_deadline, shifted
from cases.rules.extensions import Extension, standing
from tests.cases.rules.adding import ends_by_hand, last_day_by_hand

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
YEARS = 6 * 365 * 24 * 60

# Half an hour of summer time; a day across the date line; no summer time at all.
ZONES = [
    ZoneInfo(name)
    for name in (
        "America/Los_Angeles",
        "America/New_York",
        "Europe/Dublin",
        "Asia/Tokyo",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Pacific/Apia",
    )
]

instants = st.integers(0, YEARS).map(lambda minutes: FIRST + minutes * MINUTE)
zones = st.sampled_from(ZONES)
countries = st.sampled_from(["US", "IE", "FR", "JP", "ZZ"])  # of the last no holiday is known
COUNTED = [rule for _code, rule in sorted(CLOCKS.items()) if rule.unit != "named"]
rules = st.sampled_from(COUNTED)
to_the_day = st.sampled_from([rule for rule in COUNTED if rule.ends == "end_of_day"])
in_hours = st.sampled_from([rule for rule in CLOCKS.values() if rule.unit == "hour"])


@st.composite
def pauses(draw: st.DrawFn, event_at: datetime) -> list[Pause]:
    """Return pauses since an event, ended ones, in any order, overlapping or not."""
    starts = draw(st.lists(st.integers(0, 40 * 24 * 60), max_size=4))
    lengths = [draw(st.integers(0, 20 * 24 * 60)) for _start in starts]
    return [
        Pause(event_at + start * MINUTE, event_at + (start + length) * MINUTE)
        for start, length in zip(starts, lengths, strict=True)
    ]


@st.composite
def stretches(draw: st.DrawFn, event_at: datetime) -> list[Pause]:
    """Return pauses of one clock as they can follow each other: none begins before the last one has ended."""
    found: list[Pause] = []
    at = event_at
    for _number in range(draw(st.integers(0, 4))):
        at += draw(st.integers(0, 10 * 24 * 60)) * MINUTE
        found.append(Pause(at, at := at + draw(st.integers(0, 20 * 24 * 60)) * MINUTE))
    return found


@st.composite
def extensions(draw: st.DrawFn, found: Deadline, stood_still: list[Pause]) -> list[Extension]:
    """Return extensions, each granted while the clock ran."""
    assert found.last_day is not None
    days = draw(st.lists(st.tuples(st.integers(1, 90), st.integers(0, 40 * 24 * 60)), max_size=3))
    granted = [Extension(found.last_day + later * DAY, found.due_at - back * MINUTE) for later, back in days]
    return [
        one
        for one in granted
        if not any(pause.end_at and pause.start_at < one.granted_at < pause.end_at for pause in stood_still)
    ]


def utc(at: datetime) -> datetime:
    """In UTC: two wall clocks of one zone are compared as they show, in the hour that comes twice wrongly."""
    return at.astimezone(UTC)


@given(rule=rules, one=instants, other=instants, zone=zones, country=countries)
def test_who_receives_later_is_never_due_earlier(
    rule: ClockRule, one: datetime, other: datetime, zone: ZoneInfo, country: str
) -> None:
    earlier, later = (deadline(rule, at, zone, country) for at in sorted((one, other)))
    # What stops at the hour of its beginning stops by the clock on the wall, which repeats or skips one hour a year.
    by_the_wall = HOUR if rule.ends == "instant" and rule.unit != "hour" else timedelta()
    assert utc(earlier.due_at) <= utc(later.due_at) + by_the_wall


@given(rule=to_the_day, minutes=st.integers(1, 3 * 24 * 60), event_at=instants, zone=zones, country=countries)
def test_so_it_is_for_receipts_that_lie_close_together(
    rule: ClockRule, minutes: int, event_at: datetime, zone: ZoneInfo, country: str
) -> None:
    found = [deadline(rule, at, zone, country) for at in (event_at, event_at + minutes * MINUTE)]
    assert utc(found[0].due_at) <= utc(found[1].due_at)


@given(data=st.data(), rule=rules, event_at=instants, zone=zones)
def test_what_stood_still_never_brings_a_deadline_nor_a_bar_forward(
    data: st.DataObject, rule: ClockRule, event_at: datetime, zone: ZoneInfo
) -> None:
    original = deadline(rule, event_at, zone, "US")
    stood_still = data.draw(pauses(event_at))
    moved = shifted(original, stood_still)
    assert moved is not None
    assert utc(moved.due_at) >= utc(original.due_at)
    if original.not_before_at:
        assert moved.not_before_at == moved.due_at
    one_more = shifted(original, [*stood_still, *data.draw(pauses(event_at))])
    assert one_more is not None
    assert utc(one_more.due_at) >= utc(moved.due_at)


@given(data=st.data(), rule=to_the_day, event_at=instants, zone=zones)
def test_an_extension_never_shortens_and_never_moves_a_bar(
    data: st.DataObject, rule: ClockRule, event_at: datetime, zone: ZoneInfo
) -> None:
    original = deadline(rule, event_at, zone, "US")
    stood_still = data.draw(stretches(event_at))
    granted = data.draw(extensions(original, stood_still))
    without, found = standing(original, stood_still, [], zone), standing(original, stood_still, granted, zone)
    assert without is not None
    assert found is not None
    assert utc(found.due_at) >= utc(without.due_at)
    assert all(utc(found.due_at) >= utc(end_of(one.last_day, zone)) for one in granted)
    assert found.not_before_at == without.not_before_at


@given(data=st.data(), rule=to_the_day, event_at=instants, zone=zones, country=countries)
def test_the_steps_of_a_deadline_in_days_add_up_to_it(
    data: st.DataObject, rule: ClockRule, event_at: datetime, zone: ZoneInfo, country: str
) -> None:
    original = deadline(rule, event_at, zone, country)
    stood_still = data.draw(stretches(event_at))
    found = standing(original, stood_still, data.draw(extensions(original, stood_still)), zone)
    assert found is not None
    assert last_day_by_hand(found.steps, country) == found.last_day
    assert found.last_day is not None
    assert found.due_at == end_of(found.last_day, zone)
    moved = found.steps[len(original.steps) :]
    assert found.explanation == "; ".join((original.explanation, *moved))


@given(data=st.data(), rule=in_hours, event_at=instants, zone=zones)
def test_the_steps_of_a_deadline_in_hours_add_up_to_it(
    data: st.DataObject, rule: ClockRule, event_at: datetime, zone: ZoneInfo
) -> None:
    found = shifted(deadline(rule, event_at, zone, "US"), data.draw(pauses(event_at)))
    assert found is not None
    assert ends_by_hand(found.steps, zone)
    assert found.steps[-1].endswith(f"{found.due_at:%H:%M %Z}")


@given(day=st.dates(date(2024, 1, 1), date(2030, 12, 31)), zone=zones)
def test_a_return_date_is_the_day_that_its_step_names(day: date, zone: ZoneInfo) -> None:
    found = return_date_deadline(day, zone)
    assert found.last_day == day
    assert found.due_at == end_of(day, zone)
    assert str(day.year) in found.steps[0]

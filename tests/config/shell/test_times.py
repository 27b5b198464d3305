"""Times are said as people say them, in the reader's language and zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from config import times

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        pytest.param(timedelta(minutes=38, seconds=59), "in 38 min", id="never more than there is"),
        pytest.param(timedelta(hours=3, minutes=50), "in 3 h", id="hours of a day"),
        pytest.param(timedelta(hours=28), "in 1 d 4 h", id="hours still matter tomorrow"),
        pytest.param(timedelta(days=2), "in 2 d", id="a round number of days"),
        pytest.param(timedelta(days=7, hours=5), "in 7 d", id="and not next week"),
        pytest.param(timedelta(hours=-2), "2 h late", id="late"),
        pytest.param(timedelta(minutes=-1), "1 min late", id="late by a minute"),
        pytest.param(timedelta(0), "in 0 min", id="this very moment is not late"),
    ],
)
def test_the_time_left_is_said_in_words(left: timedelta, words: str) -> None:
    assert times.due_words(NOON + left, NOON) == words


@pytest.mark.parametrize(
    ("left", "shade"),
    [
        (timedelta(seconds=-1), "over"),
        (timedelta(0), "now"),
        (timedelta(hours=12), "soon"),
        (timedelta(hours=72), "week"),
    ],
)
def test_urgency_steps_up_at_twelve_and_seventy_two_hours(left: timedelta, shade: str) -> None:
    assert times.urgency(NOON + left, NOON) == shade


@pytest.mark.parametrize(
    ("since", "gone"),
    [
        pytest.param(NOON - timedelta(days=3), 75, id="three of four days"),
        pytest.param(NOON + timedelta(hours=1), 0, id="not started"),
        pytest.param(NOON + timedelta(days=2), 93, id="a start after the end is no start"),
        pytest.param(None, 93, id="unknown: of two weeks"),
    ],
)
def test_the_bar_shows_how_much_of_the_time_is_gone(since: datetime | None, gone: int) -> None:
    assert times.share_gone(NOON + timedelta(days=1), NOON, since) == gone


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Mon 30 Nov 2026"), ("fr", "lun. 30 nov. 2026"), ("ja", "2026年11月30日(月)")],
)
def test_a_day_is_written_in_the_readers_language(language: str, words: str) -> None:
    with translation.override(language):
        assert times.day_words(date(2026, 11, 30)) == words


def test_a_moment_is_told_in_the_readers_zone() -> None:
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert times.moment_words(datetime(2026, 11, 30, 23, tzinfo=UTC)) == "Tue 1 Dec 2026, 08:00 JST"

"""Which of our languages a customer is written to in, and how a day is written there."""

from datetime import date

import pytest
from django.utils import translation

from notifications.languages import language_for
from notifications.wording import day_words


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("fr", "fr"),
        ("de-AT", "de"),
        ("pt_BR", "pt"),
        ("zh", "zh-hans"),
        ("zh-Hans-CN", "zh-hans"),
        (" JA ", "ja"),
        ("nl", "en"),
        ("", "en"),
        ("-", "en"),
        ("e", "en"),
    ],
)
def test_the_nearest_of_ours_is_taken_and_english_for_who_reads_none(wanted: str, expected: str) -> None:
    assert language_for(wanted) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Monday 14 December 2026"),
        ("fr", "lundi 14 décembre 2026"),
        ("de", "Montag, 14. Dezember 2026"),
        ("es", "lunes, 14 de diciembre de 2026"),
        ("it", "lunedì 14 dicembre 2026"),
        ("pt", "segunda-feira, 14 de dezembro de 2026"),
        ("ja", "2026年12月14日月曜日"),
        ("zh-hans", "2026年12月14日星期一"),
    ],
)
def test_a_day_is_written_as_its_reader_writes_it(language: str, expected: str) -> None:
    with translation.override(language):
        assert day_words(date(2026, 12, 14)) == expected

"""Marks and panels escape what they are given: names and words come from outside."""

from datetime import UTC, datetime

import pytest
from django.template import engines

from config import marks

SCRIPT = "<script>alert(1)</script>"
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def drawn(source: str, **context: object) -> str:
    return str(engines["django"].from_string("{% load desk %}" + source).render(context))


@pytest.mark.parametrize(
    "source",
    [
        '{% tag "bad" words "lock" %}',
        "{% state words words %}",
        '{% ver "yes" words %}',
        '{% tick "no" words %}',
        "{% country words %}",
        "{% ref words words %}",
        "{% person words %}",
        '{% panel words "x" aside=words %}{% endpanel %}',
        "{% icon words %}",
    ],
)
def test_a_mark_escapes_what_it_is_given(source: str) -> None:
    html = drawn(source, words=SCRIPT)
    assert "<script>" not in html
    assert "script" in html.lower()


def test_initials_are_taken_from_the_first_and_the_last_name() -> None:
    assert ">IO<" in marks.avatar("Ines Maria Okafor")
    assert ">?<" in marks.avatar("")


def test_a_deadline_says_words_and_holds_the_exact_time() -> None:
    html = drawn("{% due at now %}", at=datetime(2026, 11, 30, 15, 20, tzinfo=UTC), now=NOON)
    assert "in 3 h" in html
    assert 'datetime="2026-11-30T15:20+00:00"' in html
    assert 'title="Mon 30 Nov 2026, 15:20 UTC"' in html


@pytest.mark.parametrize("source", ["{% due at now %}", "{% day at %}", "{% moment at %}"])
def test_what_has_no_time_is_a_dash(source: str) -> None:
    assert "–" in drawn(source, at=None, now=NOON)

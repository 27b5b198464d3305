"""What a wording has to say and must not: a hostile or careless one is refused in a sentence."""

import pytest

from notifications.catalogue import MAILS
from notifications.checking import LONGEST_TEXT, problems
from notifications.samples import sets_of
from tests.notifications.wordings import GOOD, SUBJECT

MAIL = MAILS["request_for_data"]
TEXT = GOOD["request_for_data"]


@pytest.mark.parametrize("name", GOOD)
def test_a_good_wording_has_no_problems(name: str) -> None:
    assert problems(MAILS[name], SUBJECT, GOOD[name]) == []
    assert sets_of(MAILS[name])


HOSTILE = [
    "{% load i18n %}",
    '{% include "notifications/mail.html" %}',
    '{% extends "base_app.html" %}',
    "{% debug %}",
    "{% csrf_token %}",
    "{% now 'Y' %}",
    "{% for x in asked %}{{ x }}{% endfor %}",
    "{{ agency.name }}",
    "{{ agency.__class__.__mro__ }}",
    "{{ agency|safe }}",
    "{{ agency|upper }}",
    "{{ settings.SECRET_KEY }}",
    "{{ request.user }}",
    "{{ block.super }}",
    "{{ _('x') }}",
    "{{ 'x' }}",
    "{{ }}",
    "{{ agency",
    "agency }}",
    "{# a remark #}",
    "{% comment %}x{% endcomment %}",
    "{% if agency or order %}x{% endif %}",
    "{% if agency %}x{% else %}y{% endif %}",
    "{% if agency == order %}x{% endif %}",
    "{% if agency %}x",
    "x{% endif %}",
    "{%if agency%}{%if agency%}{%if agency%}{%if agency%}{%if agency%}x" + "{%endif%}" * 5,
    "{{ {{ agency }} }}",
    "{{\nagency\n}}",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_is_not_of_the_language_is_refused(hostile: str) -> None:
    assert len(problems(MAIL, SUBJECT, f"{TEXT}\n\n{hostile}")) == 1
    assert problems(MAIL, hostile, TEXT)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        pytest.param("{{ settings }}", "This mail knows no fact “settings”.", id="unknown"),
        pytest.param("{{ agencie }}", "Do you mean “agency”?", id="mistyped"),
        pytest.param("{% if resault %}x{% endif %}", "knows no fact “resault”", id="unknown in a condition"),
        pytest.param("We keep {{ asked }} for you.", "“asked” is a list or a text: put it on a line", id="a list"),
        pytest.param("- {{ asked }}", "“asked” is a list or a text: put it on a line", id="a list within a list"),
        pytest.param("a\u202eb", "cannot be seen, or that turn text around: U+202E", id="turned around"),
        pytest.param("a\u2066b", "U+2066", id="isolated"),
        pytest.param("a\u200bb", "U+200B", id="zero width"),
        pytest.param("a\x00b", "U+0000", id="null"),
        pytest.param("\ue000agency\ue001", "U+E000", id="our own slots"),
        pytest.param("x" * LONGEST_TEXT, "The text is longer than 10000 characters.", id="huge"),
    ],
)
def test_a_text_is_refused_with_what_is_wrong(wrong: str, words: str) -> None:
    (problem,) = problems(MAIL, SUBJECT, f"{TEXT}\n\n{wrong}")
    assert words in problem


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        pytest.param("", "Write a subject.", id="none"),
        pytest.param("News\nBcc: mallory@evil.example", "has to be one line", id="a header of its own"),
        pytest.param("News\r\n\r\n<script>", "has to be one line", id="a body of its own"),
        pytest.param("n" * 101, "longer than 100 characters", id="too long"),
        pytest.param("{{ agency }} asks for your data", "Take out: “agency”.", id="who asks"),
        pytest.param("{{ accounts }}", "Take out: “accounts”.", id="whose account"),
        pytest.param("{% if reference %}x{% endif %}", "A subject has no conditions.", id="a condition"),
        pytest.param("pay\u202ereversed", "U+202E", id="turned around"),
        pytest.param("a\u2028b", "U+2028", id="a separator of lines"),
    ],
)
def test_a_subject_is_refused_with_what_is_wrong(subject: str, words: str) -> None:
    assert words in " ".join(problems(MAIL, subject, TEXT))


@pytest.mark.parametrize("name", sorted(MAIL.needs - {"provider", "contact", "reference", "page", "page_until"}))
def test_what_the_mail_needs_is_said_whatever_the_case(name: str) -> None:
    without = TEXT.replace(f"{{{{ {name} }}}}", "…")
    assert problems(MAIL, SUBJECT, without) == [f"This mail must say, whatever the case: “{name}”."]


def test_what_is_needed_counts_for_nothing_under_a_condition_that_may_not_hold() -> None:
    late, text = MAILS["delayed_after_order"], GOOD["delayed_after_order"]
    hidden = text.replace("{{ law }}", "{% if result %}{{ law }}{% endif %}")
    assert problems(late, SUBJECT, hidden) == ["This mail must say, whatever the case: “law”."]
    surely = text.replace("{{ law }}", "{% if law %}{{ law }}{% endif %}")
    assert problems(late, SUBJECT, surely) == []
    never = text.replace("{{ law }}", "{% if not law %}{{ law }}{% endif %}")
    assert problems(late, SUBJECT, never) == ["This mail must say, whatever the case: “law”."]


def test_what_is_known_of_an_order_is_said_wherever_it_is_known() -> None:
    """Reg. (EU) 2022/2065 Arts. 9(5), 10(5): the notice repeats reasons, redress and territorial scope."""
    mail, text = MAILS["order_against_content"], GOOD["order_against_content"]
    without = text.replace("{{ redress }}", "").replace("{{ effects }}", "")
    assert problems(mail, SUBJECT, without) == ["This mail must say, wherever it is known: “effects” and “redress”."]


def test_a_fact_that_may_be_missing_leaves_no_hole_in_a_sentence() -> None:
    late, text = MAILS["delayed_after_order"], GOOD["delayed_after_order"]
    (problem,) = problems(late, SUBJECT, f"{text}\n\nYou have until {{{{ window_until }}}}.")
    assert "put its sentence between {% if window_until %} and {% endif %}" in problem


def test_a_yes_or_no_is_asked_after_and_never_shown() -> None:
    mail, text = MAILS["affected"], GOOD["affected"]
    assert problems(mail, SUBJECT, f"{text}\n\n{{{{ is_lifted }}}}") == [
        "“is_lifted” is a yes or no: it can only stand in a condition."
    ]

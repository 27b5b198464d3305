"""What facts hold is words, in every kind of block: no mark-up, no list, no heading, no placeholder."""

import pytest

from notifications.blocks import as_html, as_text, shown
from notifications.catalogue import MAILS
from notifications.facts import Context, Silence
from notifications.markup import Block, Kind, blocks, pieces
from notifications.outcomes import Result
from notifications.samples import sample
from notifications.targets import Accounts

HOSTILE = "<b>x</b>\n- a point\n\n# a heading\n{{ law }} {% if law %} \ue000law\ue001"
ON_ONE_LINE = "<b>x</b> - a point # a heading {{ law }} {% if law %} \ue000law\ue001"
ESCAPED = ON_ONE_LINE.replace("<", "&lt;").replace(">", "&gt;")


def made(text: str, **facts: object) -> tuple[str, str]:
    context: Context = {**sample(MAILS["delayed_after_order"]), **facts}
    found = blocks(text, context, shown(context))
    return as_text(found), as_html(found)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param("{{ agency }}", {"agency": HOSTILE}, id="a paragraph"),
        pytest.param("- {{ agency }}", {"agency": HOSTILE}, id="a point"),
        pytest.param("# {{ agency }}", {"agency": HOSTILE}, id="a heading"),
        pytest.param("{{ accounts }}", {"accounts": Accounts((HOSTILE,), 0)}, id="accounts"),
        pytest.param("{{ asked }}", {"asked": [HOSTILE]}, id="a list"),
        pytest.param("{{ result }}", {"result": Result("Done.", (HOSTILE,))}, id="what was handed over"),
    ],
)
def test_a_fact_is_words_on_one_line(text: str, facts: dict[str, object]) -> None:
    plain, html = made(text, **facts)
    assert ON_ONE_LINE in plain
    assert ESCAPED in html
    assert "<b>" not in html


def test_what_an_order_says_is_quoted_paragraph_by_paragraph() -> None:
    plain, html = made("{{ reasons }}", reasons="It <incites>.\nTo hatred.\n\n# And more")
    assert plain == "It <incites>. To hatred.\n\n# And more"
    assert html == "<blockquote><p>It &lt;incites&gt;. To hatred.</p><p># And more</p></blockquote>"


def test_silence_names_the_court_where_there_was_one() -> None:
    until = "Sunday 1 November 2026"
    assert made("{{ silence }}")[0].startswith("We were forbidden to tell you earlier (18 USC 2705(b), D. Or.).")
    assert made("{{ silence }}", silence=Silence("18 USC 2709(c)", "", until))[0].endswith(f"ended with {until}.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("A\nB\n\n\nC", "A\nB\n\nC", id="paragraphs"),
        pytest.param("A:\n- b\n- c\nD", "A:\n- b\n- c\n\nD", id="a list within"),
        pytest.param("- b\n{% if law %}\n- c\n{% endif %}\n- d", "- b\n- c\n- d", id="a list with a condition"),
        pytest.param("{% if result %}A{% endif %}{% if not result %}B{% endif %}", "B", id="one of two"),
        pytest.param("{% if law %}{% if result %}A{% endif %}B{% endif %}", "B", id="conditions within conditions"),
        pytest.param("A\n{{ result }}\nB", "A\n\nB", id="what is not there leaves nothing"),
        pytest.param("{{law}} {{  law  }}", "18 USC 2703(c)(2) 18 USC 2703(c)(2)", id="any number of spaces"),
    ],
)
def test_a_text_becomes(text: str, said: str) -> None:
    assert made(text, result=None)[0] == said


def test_the_first_heading_is_the_mails() -> None:
    found = [Block(Kind.HEADING, ("One",)), Block(Kind.HEADING, ("Two",))]
    assert as_html(found) == "<h1>One</h1>\n<h2>Two</h2>"


def test_a_very_long_text_is_read_in_a_moment() -> None:
    """Quadratic or worse, it would not come back."""
    assert len(pieces("{{ law }} {% if law %}x{% endif %} { % }" * 20_000)) == 80_001

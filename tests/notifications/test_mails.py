"""Every mail in every language: whole, in plain words, saying what it must and nothing that is not declared."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation.template import templatize
from pytest_django.fixtures import Settings

import notifications
from cases.rules.instruments import INSTRUMENTS
from cases.states import Category
from notifications import facts
from notifications.catalogue import MAILS
from notifications.envelopes import WIDTH, wrapped
from notifications.languages import LANGUAGES
from notifications.outcomes import Result
from notifications.targets import Accounts
from notifications.wording import ASKED, ORDERS

SAMPLE: facts.Context = {
    "provider": "Harbour Mail",
    "contact": "legal@provider.example",
    "reference": "WD-2026-MD3BVP8KR",
    "accounts": Accounts(("carla-books.example",), 3),
    "page": "https://legal.provider.example/notice/0123/",
    "page_until": "Friday 29 January 2027",
    "agency": "County of <Marion> (United States)",
    "order": "a subpoena",
    "law": "18 USC 2703(c)(2)",
    "received_on": "Monday 30 November 2026",
    "asked": ["who you are"],
    "not_asked": ["your password"],
    "window_until": "Thursday 10 December 2026 (Eastern Time)",
    "answer_from": "Wednesday 2 December 2026 (Eastern Time)",
    "silence": facts.Silence("18 USC 2705(b)", "D. Or.", "Sunday 1 November 2026 (Pacific Time)"),
    "result": Result("We handed over to the authority what is listed here.", ("who you are",)),
    "keeps": True,
    "asked_of_person": ["who the person is"],
    "decision": "The order is narrow.\n\nIt stands.",
    "effects": ["access to it is blocked (Germany)"],
    "reasons": "It incites to hatred.",
    "redress": "An action before the administrative court, within a month.",
    "hit": ["carla-books.example, on the same address"],
    "hit_effects": ["access to it is blocked (Germany)"],
    "is_lifted": True,
}
INVALID = "MISSING:%s"
NOTIFICATIONS = Path(notifications.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
SLOTS = re.compile(r"%\(\w+\)|\{\w+\}")
PARTS = ("subject.txt", "body.txt", "body.html")
each_mail = pytest.mark.parametrize("name", MAILS)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(autouse=True)
def _show_what_is_not_declared(settings: Settings) -> None:
    options = settings.TEMPLATES[0]["OPTIONS"] | {"string_if_invalid": INVALID}
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": options}]


def rendered(name: str, language: str, context: facts.Context) -> dict[str, str]:
    with translation.override(language):
        return {part: get_template(f"notifications/{name}/{part}").render(context) for part in PARTS}


@each_mail
@each_language
@pytest.mark.parametrize("with_options", [True, False], ids=["with all it may say", "with only what it needs"])
def test_a_mail_speaks_of_declared_facts_only_and_of_each_that_it_needs(
    name: str, language: str, with_options: bool
) -> None:
    mail = MAILS[name]
    context: facts.Context = {fact: SAMPLE[fact] if fact in mail.needs or with_options else None for fact in mail.facts}
    parts = rendered(name, language, context)
    whole = "".join(parts.values())
    assert "MISSING" not in whole
    assert "None" not in whole
    for fact in mail.needs - {"accounts", "provider"}:
        told = SAMPLE[fact]
        words = told[0] if isinstance(told, list) else getattr(told, "sentence", getattr(told, "provision", told))
        assert str(words) in " ".join(parts["body.txt"].split()), fact
    assert "carla-books.example" in parts["body.txt"]


@each_mail
def test_what_an_agency_calls_itself_is_escaped_in_html_and_plain_in_text(name: str) -> None:
    parts = rendered(name, "en", {fact: SAMPLE[fact] for fact in MAILS[name].facts})
    assert "<Marion>" in parts["body.txt"]
    assert "<Marion>" not in parts["body.html"]
    assert "&lt;" not in parts["body.txt"]


@each_mail
def test_a_subject_says_nothing_but_the_number(name: str) -> None:
    subject = rendered(name, "en", {fact: SAMPLE[fact] for fact in MAILS[name].facts})["subject.txt"].strip()
    assert subject in {
        "A notice about your account (WD-2026-MD3BVP8KR)",
        "More about our notice WD-2026-MD3BVP8KR",
    }


def sentences() -> Iterator[str]:
    """What customers and staff can read of ours, as it stands in code and templates."""
    for path in sorted(NOTIFICATIONS.rglob("*.py")):
        yield from _marked(path.read_text())
    for path in sorted((NOTIFICATIONS / "templates").rglob("*.*")):
        yield from _marked(templatize(path.read_text()))


def _marked(source: str) -> Iterator[str]:
    for _line, found, *_rest in extract("python", BytesIO(source.encode()), KEYWORDS):
        yield found[0] if isinstance(found, tuple) else found


def test_every_sentence_has_a_french_one_with_the_same_facts() -> None:
    with (NOTIFICATIONS / "locale/fr/LC_MESSAGES/django.po").open("rb") as source:
        catalog = read_po(source, locale="fr")
    assert len(set(sentences())) > 150
    for sentence in set(sentences()):
        message = catalog.get(sentence)
        assert message, sentence
        assert message.string, sentence
        french = message.string if isinstance(message.string, str) else " ".join(message.string)
        assert set(SLOTS.findall(french)) == set(SLOTS.findall(sentence)), sentence


def test_every_kind_of_process_and_of_data_has_a_customers_words() -> None:
    assert set(ORDERS) == set(INSTRUMENTS)
    assert set(ASKED) == set(Category.values)


def test_a_long_line_is_broken_and_an_address_stays_whole() -> None:
    link = "https://legal.provider.example/notice/" + "0" * 64 + "/"
    text = wrapped(f"{'word ' * 40}\n- {'point ' * 30}\n\n\n\n{link}\n")
    assert link in text.splitlines()
    assert max(len(line) for line in text.splitlines() if "://" not in line) <= WIDTH
    assert "\n  point" in text

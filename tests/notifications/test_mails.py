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
from notifications.described import DESCRIBED
from notifications.envelopes import WIDTH, wrapped
from notifications.facts import FACTS
from notifications.languages import LANGUAGES
from notifications.samples import REFERENCE, sample, sets_of
from notifications.wording import ASKED, ORDERS

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


def of(name: str, language: str, sample_set: str = "all", **changed: object) -> facts.Context:
    with translation.override(language):
        return sample(MAILS[name], sample_set) | changed


@each_language
@pytest.mark.parametrize(("name", "sample_set"), [(mail.name, one) for mail in MAILS.values() for one in sets_of(mail)])
def test_a_mail_speaks_of_declared_facts_only_and_of_each_that_it_needs(
    name: str, language: str, sample_set: str
) -> None:
    mail, context = MAILS[name], of(name, language, sample_set)
    parts = rendered(name, language, context)
    whole = "".join(parts.values())
    assert "MISSING" not in whole
    assert "None" not in whole
    for fact in mail.needs - {"accounts", "provider"}:
        told = context[fact]
        words = told[0] if isinstance(told, list) else getattr(told, "sentence", getattr(told, "provision", told))
        assert str(words) in " ".join(parts["body.txt"].split()), fact
    if "accounts" in mail.facts:
        assert "carla-books.example" in parts["body.txt"]


def test_every_fact_is_described_and_every_mail_says_why_it_is_sent_and_what_stops_it() -> None:
    assert set(DESCRIBED) == set(FACTS)
    for mail in MAILS.values():
        assert set(mail.in_order) == mail.facts
        assert mail.basis
        # What is said to a customer is stopped by an order that forbids to tell them. The first mail for which this
        # is not so needs somebody who thinks about it.
        assert mail.stopped_by_order


@each_mail
def test_what_an_agency_calls_itself_is_escaped_in_html_and_plain_in_text(name: str) -> None:
    hostile = {"agency": "County of <Marion>", "hit": ["<Marion>"]}
    context = of(name, "en")
    parts = rendered(name, "en", context | {fact: value for fact, value in hostile.items() if fact in context})
    assert "<Marion>" in parts["body.txt"]
    assert "<Marion>" not in parts["body.html"]
    assert "&lt;" not in parts["body.txt"]


@each_mail
def test_a_subject_says_nothing_but_the_number(name: str) -> None:
    subject = rendered(name, "en", of(name, "en"))["subject.txt"].strip()
    assert subject in {f"A notice about your account ({REFERENCE})", f"More about our notice {REFERENCE}"}


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

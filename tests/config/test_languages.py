"""Customers, authorities and readers of reports get every page in each of the eight languages, whole."""

import gettext
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

from cases.states import Category, TargetKind
from config.translations import compile_stale
from tests.config.msgids import msgids
from tests.config.test_french import PLACEHOLDER, PUBLIC, ROOT, texts

# English is what stands in the source; French, which the staff's console speaks too, has its own test.
OTHERS = [code for code, _name in settings.LANGUAGES if code not in {"en", "fr"}]
OF_STAFF = {
    "_broken_wordings.html",
    "_facts.html",
    "_mail.html",
    "_settle.html",
    "_travels.html",
    "attention.html",
    "letter.html",
    "outbox.html",
    "post.html",
    "preview.html",
    "staff_letter.html",
    "staff_notice.html",
    "withheld.html",
    "wording.html",
    "wordings.html",
    "write_wording.html",
}
FORMS = {"es": 3, "it": 3, "pt": 3, "ja": 1, "zh-hans": 1}  # of plurals, as CLDR counts them; others: 2
each_language = pytest.mark.parametrize("language", OTHERS)


def catalogues(language: str) -> list[Path]:
    return sorted(ROOT.glob(f"*/locale/{to_locale(language)}/LC_MESSAGES/django.po"))


def entries(language: str) -> list[Message]:
    found = []
    for path in catalogues(language):
        with path.open("rb") as source:
            found += [message for message in read_po(source, locale=to_locale(language)) if message.id]
    return found


def public() -> set[str]:
    table = tomllib.loads((ROOT / "cases/rules/data/instruments.toml").read_text(encoding="utf-8"))
    paths = {path for pattern in PUBLIC for path in ROOT.glob(pattern) if path.name not in OF_STAFF}
    chosen = {label for choices in (TargetKind, Category) for label in map(str, choices.labels)}
    return {text for path in paths for text in msgids(path)} | {row["title"] for row in table.values()} | chosen


@each_language
def test_every_public_text_is_there(language: str) -> None:
    known = {texts(message.id)[0] for message in entries(language) if all(texts(message.string)) and not message.fuzzy}
    assert len(known) > 400
    assert public() - known == set()


@each_language
def test_it_fills_in_what_its_original_does_in_as_many_forms_as_the_language_counts(language: str) -> None:
    wrong = []
    for message in entries(language):
        originals, translated = texts(message.id), texts(message.string)
        if len(originals) > 1 and len(translated) != FORMS.get(language, 2):
            wrong.append(f"{originals[0]}: {len(translated)} forms")
        for number, text in enumerate(translated):
            # A language with one form for all numbers has to name the number.
            original = originals[-1] if len(translated) == 1 else originals[min(number, len(originals) - 1)]
            if Counter(PLACEHOLDER.findall(text)) != Counter(PLACEHOLDER.findall(original)):
                wrong.append(text)
    assert wrong == []


@each_language
def test_its_catalogues_compile(language: str, tmp_path: Path) -> None:
    for path in catalogues(language):
        copy = tmp_path / path.parts[-5] / to_locale(language) / "LC_MESSAGES" / "django.po"
        copy.parent.mkdir(parents=True)
        copy.write_bytes(path.read_bytes())
        [compiled] = compile_stale([copy.parents[2]])
        with compiled.open("rb") as file:
            assert "plural-forms" in gettext.GNUTranslations(file).info()

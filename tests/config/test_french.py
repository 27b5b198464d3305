"""Customers, authorities and readers of reports get every page in French, whole."""

import gettext
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils import translation

from config.translations import compile_stale
from tests.config.msgids import msgids

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted(ROOT.glob("*/locale/fr/LC_MESSAGES/django.po"))
PUBLIC = [
    "accounts/adapter.py",
    "accounts/templates/account/**/*.*",
    "cases/forms/delivery_page.py",
    "cases/templates/cases/delivery*.html",
    "cases/views/delivery.py",
    "accounts/templates/mfa/authenticate.html",
    "config/fields.py",
    "config/templates/4*.html",
    "config/templates/500.html",
    "config/templates/_problem.html",
    "config/templates/components/asked.html",
    "config/templates/components/clockbox.html",
    "config/templates/components/error_summary.html",
    "config/templates/base*.html",
    "config/templates/components/field*.html",
    "config/templates/components/path.html",
    "intake/forms/submission.py",
    "intake/queries/receipts.py",
    "intake/templates/intake/_request_fields.html",
    "intake/templates/intake/receipt.html",
    "intake/templates/intake/submit.html",
    "intake/views/public.py",
    "intake/words.py",
    "notifications/forms.py",
    "notifications/outcomes.py",
    "notifications/notice_page.py",
    "notifications/wording.py",
    "notifications/templates/notifications/**/*.*",
    "reports/method.py",
    "reports/page.py",
    "reports/series.py",
    "reports/wording.py",
    "reports/templates/reports/_report.html",
    "reports/templates/reports/base_public.html",
    "reports/templates/reports/file.html",
    "reports/templates/reports/public_*.html",
    "reports/views/public.py",
    "vault/content_types.py",
    "vault/forms.py",
    "vault/uploads.py",
]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|</?\w+>")


def entries() -> Iterator[Message]:
    for path in CATALOGUES:
        with path.open("rb") as catalogue:
            yield from (message for message in read_po(catalogue) if message.id)


def texts(words: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [words] if isinstance(words, str) else list(words or [])


def french() -> set[str]:
    return {
        texts(message.id)[0]
        for message in entries()
        if texts(message.string) and all(texts(message.string)) and not message.fuzzy
    }


@pytest.mark.parametrize("pattern", PUBLIC)
def test_every_public_text_is_french_too(pattern: str) -> None:
    paths = sorted(ROOT.glob(pattern))
    assert paths
    known = french()
    assert {text for path in paths for text in msgids(path) if text not in known} == set()


def test_every_kind_of_process_is_french_too() -> None:
    """Reports call their lines by the titles that stand in the table of law."""
    table = tomllib.loads((ROOT / "cases/rules/data/instruments.toml").read_text(encoding="utf-8"))
    known = french()
    assert [row["title"] for row in table.values() if row["title"] not in known] == []


def test_a_translation_fills_in_what_its_original_does() -> None:
    wrong = []
    for message in entries():
        originals, translated = texts(message.id), texts(message.string)
        for number, text in enumerate(translated):
            original = originals[min(number, len(originals) - 1)]
            if Counter(PLACEHOLDER.findall(text)) != Counter(PLACEHOLDER.findall(original)):
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_a_catalogue_compiles(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(path.read_bytes())
    [compiled] = compile_stale([tmp_path])
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).info()["plural-forms"] == "nplurals=2; plural=(n > 1);"


def test_french_counts_none_and_one_alike() -> None:
    with translation.override("fr"):
        words = [translation.ngettext("day left", "days left", number) for number in (0, 1, 2)]
    assert words == ["jour restant", "jour restant", "jours restants"]

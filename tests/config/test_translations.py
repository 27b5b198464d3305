"""A translation is compiled whenever its text is newer."""

import gettext
import os
from pathlib import Path

import pytest

from config.translations import compile_stale

CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "notice"\nmsgstr "{word}"\n'


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE.format(word="avis"))
    return path


def reads(po: Path) -> str:
    with po.with_suffix(".mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled).gettext("notice")


def test_a_new_text_is_compiled_once(po: Path, tmp_path: Path) -> None:
    assert compile_stale([tmp_path]) == [po.with_suffix(".mo")]
    assert reads(po) == "avis"
    assert compile_stale([tmp_path]) == []


def test_a_changed_text_is_compiled_again(po: Path, tmp_path: Path) -> None:
    compile_stale([tmp_path])
    po.write_text(CATALOGUE.format(word="préavis"))
    later = po.with_suffix(".mo").stat().st_mtime + 1
    os.utime(po, (later, later))
    compile_stale([tmp_path])
    assert reads(po) == "préavis"
    assert [path.name for path in sorted(po.parent.iterdir())] == ["django.mo", "django.po"]

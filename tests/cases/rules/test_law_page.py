"""docs/law.md names files that exist, and every table of law."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")


def test_every_path_on_the_page_exists() -> None:
    paths = re.findall(r"`((?:cases|tests|intake|notifications|reports)/[^`]+)`", PAGE)
    assert len(paths) > 40
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_table_of_law_stands_on_the_page() -> None:
    tables = (ROOT / "cases" / "rules" / "data").glob("*.toml")
    assert [table.name for table in tables if table.name not in PAGE] == []

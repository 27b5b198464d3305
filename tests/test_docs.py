"""The documents name files and commands that exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
APPS = "accounts|benchmarks|cases|config|intake|ledger|notifications|reports|tests|vault"
PATH = re.compile(rf"`((?:{APPS}|docs)/[\w/.-]+)`")
COMMAND = re.compile(r"`manage\.py (\w+)")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert [link for link in LINK.findall(text(page)) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_named_exists(page: Path) -> None:
    assert [path for path in PATH.findall(text(page)) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_named_exists(page: Path) -> None:
    assert set(COMMAND.findall(text(page))) <= {"help", *get_commands()}


def test_the_readme_names_every_command_of_ours() -> None:
    ours = {name for name, app in get_commands().items() if (ROOT / app).is_dir()}
    assert ours == set(COMMAND.findall(text(ROOT / "README.md"))) & ours


def test_decisions_are_numbered_without_a_gap() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in decisions] == list(range(1, len(decisions) + 1))
    assert [text(page).splitlines()[0].split(".")[0] for page in decisions] == [
        f"# {number}" for number in range(1, len(decisions) + 1)
    ]

"""docs/law.md is drawn from the rules' own sources, whole and as they are; every rule has its test."""

import re
from pathlib import Path

from cases.law_page import ROOT, page, rules, rules_of_module, rules_of_table, table_names
from cases.rules.clocks import CLOCKS
from cases.rules.instruments import INSTRUMENTS

PAGE = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")


def test_the_page_in_docs_shows_the_law_as_the_rules_have_it() -> None:
    assert page() == PAGE, "stale: manage.py draw_law"


def test_every_rule_has_its_file_and_its_test_at_the_mirrored_path() -> None:
    missing = {path for rule in rules() for path in (rule.file, rule.test) if not (ROOT / path).is_file()}
    assert missing == set()


def test_every_path_on_the_page_exists() -> None:
    paths = re.findall(r"`((?:cases|tests|intake|notifications|reports)/[\w/.]+)`", PAGE)
    assert len(paths) > 200
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_table_of_law_stands_on_the_page_with_every_row() -> None:
    assert table_names() == sorted(path.stem for path in (ROOT / "cases" / "rules" / "data").glob("*.toml"))
    for name in table_names():
        assert f"### `{name}.toml`" in PAGE
        assert list(rules_of_table(name))
    codes = {rule.words.split("`")[1] for name in ("clocks", "instruments") for rule in rules_of_table(name)}
    assert codes == {*CLOCKS, *INSTRUMENTS}


def test_what_is_not_verified_says_no() -> None:
    found = {rule.words.split("`")[1]: rule for rule in rules_of_table("clocks")}
    assert (found["civil_objection"].verified, found["epoc_answer"].verified) == ("**no**", "yes")
    assert found["epoc_answer"].source == "Reg. (EU) 2023/1543 Art. 10(3)"


def test_a_row_within_a_row_that_has_a_source_of_its_own_is_a_rule_too() -> None:
    section_702 = [rule for rule in rules_of_table("instruments") if "1881a (section 702)" in rule.words]
    assert [rule.verified for rule in section_702] == ["**no**"]


def test_a_function_says_its_law_in_its_docstring() -> None:
    (found,) = [rule for rule in rules_of_module("cases/rules/deadlines.py") if "interception" in rule.words]
    assert (found.source, found.test) == ("18 USC 2518(5)", "tests/cases/rules/test_deadlines.py")


def test_every_requirement_with_a_test_stands_on_the_page_by_its_number() -> None:
    files = sorted((ROOT / "tests" / "requirements").glob("test_*.py"))
    assert files
    for file in files:
        assert f"| {int(file.name[5:7])} | " in PAGE
        assert f"`tests/requirements/{file.name}`" in PAGE


def test_the_introduction_holds_nothing_that_is_drawn() -> None:
    introduction = Path(ROOT / "docs" / "law.introduction.md").read_text(encoding="utf-8")
    assert PAGE.startswith(introduction)
    assert "### `clocks.toml`" not in introduction

"""Draw docs/law.md: every rule with its source, whether it is verified, its file and its test.

Read from the rules themselves: the tables of cases/rules/data, and what the docstrings of the functions say of the law.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cases.rules import tables

ROOT = Path(__file__).parent.parent
DATA = ROOT / "cases" / "rules" / "data"
SHELVES = ("cases/rules", "reports/rules")
INTRODUCTION = ROOT / "docs" / "law.introduction.md"
HEAD = "| rule | source | verified | file | test |\n|---|---|---|---|---|"

# The names under which tables of law keep what a rule says, and where it comes from.
TITLES = ("title", "question", "sentence")
SOURCES = ("source", "cite", "provision")
OF_THE_LAW = re.compile(r"^(?:Law|Practice): (.+?)(?:\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Rule:
    """One line of the page."""

    words: str
    source: str
    verified: str
    file: str
    test: str

    def __str__(self) -> str:
        cells = (self.words, self.source, self.verified, f"`{self.file}`", f"`{self.test}`")
        return f"| {' | '.join(_cell(one) for one in cells)} |"


def page() -> str:
    """Return the whole page, in Markdown."""
    introduction = INTRODUCTION.read_text(encoding="utf-8")
    return "\n".join([introduction, *_requirements(), *_of_tables(), *_of_functions()])


def rules() -> Iterator[Rule]:
    """Yield every rule of the page: the rows of the tables, and the functions that name the law they apply."""
    for name in table_names():
        yield from rules_of_table(name)
    for module in _modules():
        yield from rules_of_module(module)


def table_names() -> list[str]:
    """Return the names of all tables of law."""
    return sorted(path.stem for path in DATA.glob("*.toml"))


def rules_of_table(name: str) -> Iterator[Rule]:
    """Yield the rows of one table, and the rows within them that have a source of their own."""
    test = test_of(_reader(name))
    for code, row in tables.read(name).items():
        for label, one in _rows(code, row):
            yield Rule(label, _first(one, SOURCES), _verified(one), f"cases/rules/data/{name}.toml", test)


def rules_of_module(module: str) -> Iterator[Rule]:
    """Yield the functions of one module whose docstrings name the law or the practice that they apply."""
    for node in ast.parse((ROOT / module).read_text(encoding="utf-8")).body:
        docstring = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
        if docstring and (found := OF_THE_LAW.search(docstring)):
            yield Rule(_sentence(docstring), " ".join(found[1].split()).rstrip("."), "", module, test_of(module))


def test_of(module: str) -> str:
    """Return where the test of a module is: at the mirrored path."""
    path = Path(module)
    return str(Path("tests") / path.parent / f"test_{path.name}")


def _requirements() -> Iterator[str]:
    """What the law asks of the software, by number: each file of tests states its requirement."""
    yield "## What it asks of the software\n"
    yield "| requirement | what | test |\n|---|---|---|"
    for path in sorted((ROOT / "tests" / "requirements").glob("test_[0-9][0-9]_*.py")):
        stated = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        yield f"| {int(path.name[5:7])} | {_cell(_sentence(stated))} | `tests/requirements/{path.name}` |"
    yield ""


def _of_tables() -> Iterator[str]:
    yield "## The tables of law\n"
    for name in table_names():
        yield f"### `{name}.toml`\n"
        yield f"{_remark(name)} Read by `{_reader(name)}`.\n"
        yield HEAD
        yield from (str(rule) for rule in rules_of_table(name))
        yield ""


def _of_functions() -> Iterator[str]:
    yield "## The rules that apply them\n"
    yield "| rule | source | file | test |\n|---|---|---|---|"
    for module in _modules():
        for rule in rules_of_module(module):
            yield f"| {_cell(rule.words)} | {_cell(rule.source)} | `{rule.file}` | `{rule.test}` |"
    yield ""


def _modules() -> Iterator[str]:
    for shelf in SHELVES:
        yield from (str(path.relative_to(ROOT)) for path in sorted((ROOT / shelf).glob("*.py")))


def _reader(name: str) -> str:
    """Return the module that reads a table; by name, where none says it in so many words."""
    call = f'tables.read("{name}")'
    found = [module for module in _modules() if call in (ROOT / module).read_text(encoding="utf-8")]
    return found[0] if found else f"cases/rules/{name}.py"


def _remark(name: str) -> str:
    """Return the remark at the head of a table, up to where it explains its fields."""
    lines = (DATA / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    remark: list[str] = []
    for line in lines:
        if not line.startswith("# "):
            break
        remark.append(line[2:].strip())
    return " ".join(remark)


def _rows(code: str, row: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(row, dict):
        title = _first(row, TITLES)
        yield f"`{code}`: {title}" if title else f"`{code}`", row
        for nested in row.values():
            for one in nested if isinstance(nested, list) else ():
                if isinstance(one, dict) and (source := _first(one, SOURCES)):
                    yield f"`{code}`, under {source}", one
    elif isinstance(row, list):
        for one in row:
            if isinstance(one, dict):
                yield from _rows(code, one)


def _sentence(docstring: str) -> str:
    """Return what a function is about: the first paragraph, without the words that every one begins with."""
    return " ".join(docstring.split("\n\n")[0].split()).removeprefix("Return ").removeprefix("None, ")


def _first(row: dict[str, Any], names: Iterable[str]) -> str:
    return next((str(row[name]) for name in names if row.get(name)), "")


def _verified(row: dict[str, Any]) -> str:
    return {True: "yes", False: "**no**"}.get(row.get("verified", ""), "–")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ") or "–"

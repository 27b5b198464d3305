"""Rules know plain values only, so that a lawyer and a test can read them alone."""

import ast
import importlib
import sys
from pathlib import Path

import cases.rules

FOLDER = Path(cases.rules.__file__).parent
ALLOWED = {"holidays", "cases", *sys.stdlib_module_names}


def imports(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_rules_import_the_standard_library_holidays_and_each_other_only() -> None:
    for path in FOLDER.rglob("*.py"):
        for name in imports(path.read_text(encoding="utf-8")):
            assert name.split(".")[0] in ALLOWED, f"{path.name} imports {name}"
            assert not name.startswith("cases") or name.startswith("cases.rules"), f"{path.name} imports {name}"


def test_no_rule_reads_the_clock() -> None:
    for path in FOLDER.rglob("*.py"):
        called = {
            node.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute)
        }
        assert not called & {"now", "today", "utcnow"}, path.name


def test_every_module_and_every_public_name_says_what_it_is() -> None:
    for path in FOLDER.glob("*.py"):
        module = importlib.import_module(f"cases.rules.{path.stem}") if path.stem != "__init__" else cases.rules
        assert module.__doc__
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"

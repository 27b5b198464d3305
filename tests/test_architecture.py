"""The plan of the house, as far as a reader of imports can hold the builders to it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GROUND = {"accounts", "ledger", "vault"}
MAY_IMPORT = {
    "ledger": set(),
    "vault": {"ledger"},
    "accounts": {"ledger"},
    "cases": GROUND,
    "intake": GROUND | {"cases"},
    "notifications": GROUND | {"cases"},
    "reports": GROUND | {"cases", "notifications"},
}
APPS = {*MAY_IMPORT, "config"}
CODE = [path for app in sorted(APPS) for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
EVERYTHING = [*CODE, *(path for folder in ("tests", "benchmarks") for path in sorted((ROOT / folder).rglob("*.py")))]
RULES = [path for path in CODE if path.relative_to(ROOT).parts[1] == "rules"]
EDGES = [path for path in CODE if {"views", "tasks", "commands"} & {*path.parts, path.stem}]
WRITES = ["create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "delete"]
LONGEST_FILE = 400


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are absolute"
            yield node.module or ""


def calls(path: Path, *methods: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in methods:
            yield node


def place(path: Path, node: ast.AST | None = None) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@pytest.mark.parametrize("app", sorted(MAY_IMPORT))
def test_an_app_imports_only_what_lies_below_it(app: str) -> None:
    allowed = MAY_IMPORT[app] | {app}
    wrong = [
        f"{place(path)} imports {module}"
        for path in CODE
        if path.relative_to(ROOT).parts[0] == app
        for module in imports(path)
        if module.split(".")[0] in APPS - allowed
    ]
    assert not wrong


def test_rules_know_plain_values_only() -> None:
    def outside(module: str) -> bool:
        own_rules = module.split(".")[0] in APPS and ("rules" in module.split(".") or module.endswith(".states"))
        words = module == "django.utils.translation"
        return module.split(".")[0] in {"django", *APPS} and not own_rules and not words

    wrong = [f"{place(path)} imports {module}" for path in RULES for module in imports(path) if outside(module)]
    clocks = [place(path, call) for path in RULES for call in calls(path, "now", "today", "utcnow")]
    assert not wrong + clocks


def test_the_state_of_a_case_changes_by_a_transition_only() -> None:
    """Other states of cases' own rows (a clock's, a letter's) may be set in bulk, inside cases."""
    wrong = [
        place(path, call)
        for path in CODE
        for call in calls(path, "update")
        for keyword in call.keywords
        if keyword.arg == "state" and (not path.is_relative_to(ROOT / "cases") or "CaseState" in ast.unparse(keyword))
    ]
    assert not wrong


def test_a_case_is_read_again_under_its_lock_and_never_refreshed() -> None:
    wrong = [
        place(path, call)
        for path in CODE
        for call in calls(path, "refresh_from_db")
        if ast.unparse(call.func).split(".")[-2] == "case"
    ]
    assert not wrong


def test_nothing_happens_by_a_signal() -> None:
    wrong = [
        f"{place(path)} imports {module}"
        for path in CODE
        for module in imports(path)
        if module in {"django.dispatch", "django.db.models.signals", "django_fsm.signals"}
    ]
    assert not wrong


def test_the_edges_write_through_actions() -> None:
    wrong = [
        place(path, call) for path in EDGES for call in calls(path, *WRITES) if ".objects." in ast.unparse(call.func)
    ]
    assert not wrong


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    wrong = [place(path) for path in EVERYTHING if len(path.read_text().splitlines()) > LONGEST_FILE]
    assert not wrong

"""Draw the workflow from its one page, cases/workflow.py, into docs/workflow.md."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from accounts.models import Role
from cases.models import Case
from cases.states import CaseState
from cases.workflow import CaseWorkflow

HEADER = """# The workflow of a case

Drawn from `cases/workflow.py` by `manage.py draw_workflow`; a test fails when this page is stale. What must hold before
each transition is in `cases/guards.py` (of what leaves: `cases/release_guards.py`), what each does in `cases/actions/`.
"""


@dataclass(frozen=True)
class Edge:
    """One transition from one state."""

    name: str
    label: str
    source: str
    targets: tuple[str, ...]
    who: tuple[str, ...]  # empty: the system
    second: str  # whether another person approves it: "", "yes", or when


def edges() -> list[Edge]:
    """Return every transition from every state, in the order of the states and of the workflow's page."""
    order = {state.value: number for number, state in enumerate(CaseState)}
    methods = list(vars(CaseWorkflow))
    state = Case._meta.get_field("state")
    with translation.override("en"):
        found = [_edge(transition) for transition in state.get_all_transitions(Case)]
    return sorted(found, key=lambda edge: (order[edge.source], methods.index(edge.name)))


def _edge(transition: Any) -> Edge:
    return Edge(
        name=transition.name,
        label=str(transition.custom["label"]),
        source=str(transition.source),
        targets=_targets(transition),
        who=tuple(str(role) for role in transition.custom["who"]),
        second=transition.custom.get("second", ""),
    )


def _targets(transition: Any) -> tuple[str, ...]:
    target = transition.target
    if target is None:
        return (str(transition.source),)
    if hasattr(target, "allowed_states"):
        return tuple(str(state) for state in target.allowed_states)
    return (str(target),)


def page() -> str:
    """Return the whole page, in Markdown with a Mermaid diagram."""
    found = edges()
    return "\n".join([HEADER, *_diagram(found), "", *_table(found), "", *_matrix(found), ""])


def _diagram(found: Iterable[Edge]) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {CaseState.RECEIVED}"
    drawn: set[tuple[str, str, str]] = set()
    for edge in found:
        for target in edge.targets:
            arrow = (edge.source, target, edge.name)
            if arrow not in drawn:
                drawn.add(arrow)
                yield f"    {edge.source} --> {target}: {edge.name}"
    yield f"    {CaseState.CLOSED} --> [*]"
    yield "```"


def _table(found: Iterable[Edge]) -> Iterator[str]:
    yield "| transition | from | to | who | second person |"
    yield "|---|---|---|---|---|"
    by_name: dict[str, list[Edge]] = {}
    for edge in found:
        by_name.setdefault(edge.name, []).append(edge)
    for name, same in by_name.items():
        sources = ", ".join(f"`{edge.source}`" for edge in same)
        targets = ", ".join(dict.fromkeys(f"`{target}`" for edge in same for target in edge.targets))
        if len(same) > 1 and all(edge.targets == (edge.source,) for edge in same):
            targets = "the same"
        who = ", ".join(same[0].who) or "the system"
        yield f"| `{name}`: {same[0].label} | {sources} | {targets} | {who} | {same[0].second} |"


def _matrix(found: Iterable[Edge]) -> Iterator[str]:
    """What each role may do in each state, once the guards are met."""
    yield "| state | " + " | ".join(Role) + " |"
    yield "|---" * (len(Role) + 1) + "|"
    for state in CaseState:
        cells = (
            ", ".join(f"`{edge.name}`" for edge in found if edge.source == state and role in edge.who) for role in Role
        )
        yield f"| `{state}` | " + " | ".join(cells) + " |"

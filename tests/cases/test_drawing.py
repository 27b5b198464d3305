"""docs/workflow.md is drawn, not written."""

from pathlib import Path

from django.conf import settings

from cases.drawing import edges, page
from cases.guards import GUARDS
from cases.states import CaseState


def test_the_page_in_docs_shows_the_workflow_as_it_is() -> None:
    assert (Path(settings.BASE_DIR) / "docs" / "workflow.md").read_text() == page()


def test_every_transition_has_its_guards_and_no_guard_is_for_nothing() -> None:
    assert {edge.name for edge in edges()} == set(GUARDS)


def test_every_state_can_be_reached_and_left() -> None:
    found = edges()
    assert {target for edge in found for target in edge.targets} | {CaseState.RECEIVED} == set(CaseState)
    assert {edge.source for edge in found} == set(CaseState)

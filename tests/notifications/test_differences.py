"""Who approves reads what is gone and what is new."""

import pytest

from notifications.differences import differences


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("a\nb", "a\nb", [("same", "a"), ("same", "b")], id="nothing"),
        pytest.param("a\nb", "a\nc", [("same", "a"), ("gone", "b"), ("new", "c")], id="gone before new"),
        pytest.param("", "a", [("new", "a")], id="all new"),
        pytest.param("a\n\n\n\nb", "a\n\nb  ", [("same", "a"), ("same", ""), ("same", "b")], id="spaces do not count"),
    ],
)
def test_lines_are_told_apart(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [(line.kind, line.words) for line in differences(old, new)] == expected

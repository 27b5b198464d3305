"""manage.py up --demo fills an empty database once, through the demo command as people call it."""

import pytest

from cases.models import Case
from config.management.commands import up


def test_an_empty_database_gets_demonstration_cases_and_a_filled_one_no_more(
    fresh_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up, "DEMONSTRATION_CASES", 3)
    up.Command().prepare(demo=True)
    first = set(Case.objects.values_list("pk", flat=True))
    assert len(first) == 3
    up.Command().prepare(demo=True)
    assert set(Case.objects.values_list("pk", flat=True)) == first

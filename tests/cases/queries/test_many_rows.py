"""A case with more targets than all others together is read as one with two."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from accounts.models import Compartment, User
from cases.actions.opening import NATIONAL_SECURITY
from cases.gathering import in_order
from cases.models import Case, Target
from cases.states import TargetKind
from tests.cases.queries.volume import fill
from tests.lives import received

pytestmark = pytest.mark.django_db


@pytest.fixture
def thousands(ines: User, now: datetime) -> Case:
    """Return a case with 3,000 domains, opened after 2,000 others with two targets each."""
    fill(2000, compartment=Compartment.objects.get(code=NATIONAL_SECURITY), assignee=ines.pk)
    case = received(now, customers=[])
    Target.objects.bulk_create(
        Target(case=case, kind=TargetKind.DOMAIN, value=f"d{number}.example") for number in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_target")
    return case


def rows_read(plan: dict[str, Any]) -> int:
    """Return how many rows the plan's scans looked at, those left out too."""
    own = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) if "Relation Name" in plan else 0
    return int(own) + sum(rows_read(part) for part in plan.get("Plans", []))


def test_a_page_of_its_targets_reads_no_other_rows(thousands: Case) -> None:
    page = in_order(Target, thousands)[:26]
    plan = json.loads(page.explain(analyze=True, format="json"))[0]["Plan"]
    assert [target.value for target in page[:2]] == ["d0.example", "d1.example"]
    assert rows_read(plan) == 26

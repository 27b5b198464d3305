"""Reports are counted in UTC, by structure (a)(3)."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def desk(settings: Settings) -> None:
    settings.WRITDESK = replace(settings.WRITDESK, reporting_zone=ZoneInfo("UTC"), ns_structure="a3")

"""Reports are counted in UTC, by structure (a)(3), with files of the ledger kept apart for each test."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def desk(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    settings.WRITDESK = replace(settings.WRITDESK, reporting_zone=ZoneInfo("UTC"), ns_structure="a3")

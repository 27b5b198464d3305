"""The queue as a table to take away."""

import csv
from collections.abc import Callable, Iterator, Mapping

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import reader, role_required
from accounts.models import Role
from cases.actions.access import note_export
from cases.forms.queue import QueueFilters
from cases.models import Case
from cases.models.case import NEVER
from cases.queries import queue

MOST = 5000  # rows: beyond this it is a report, not a list to work through
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


@role_required(Role.ANALYST, Role.COUNSEL, Role.AUDITOR)
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Return the cases of the current filter as CSV, the first MOST of them."""
    user, now = reader(request), timezone.now()
    cases = queue.rows(user, QueueFilters(request.GET).selection(), now=now, limit=MOST)
    note_export(cases, by=user, now=now)
    response = StreamingHttpResponse(_lines(cases), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="writdesk-queue.csv"'
    return response


def _lines(cases: list[Case]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for case in cases:
        yield writer.writerow([harmless(cell(case)) for cell in COLUMNS.values()])


COLUMNS: Mapping[str, Callable[[Case], str]] = {
    "reference": lambda case: case.reference,
    "due_at": lambda case: "" if case.queue_at >= NEVER else case.queue_at.isoformat(),
    "state": lambda case: case.state,
    "instrument": lambda case: case.instrument_code,
    "agency": lambda case: case.agency.name,
    "country": lambda case: case.agency_country,
    "agency_reference": lambda case: case.agency_reference,
    "received_at": lambda case: case.received_at.isoformat(),
    "targets": lambda case: str(case.target_count),
    "emergency": lambda case: str(case.is_emergency).lower(),
    "do_not_tell": lambda case: str(case.is_gagged).lower(),
    "objection": lambda case: str(case.has_objection).lower(),
    "assignee": lambda case: case.assignee.name if case.assignee else "",
}


def harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula: what begins like one gets an apostrophe."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell

"""The public site: what is published, as it was published. Nothing here counts, and nobody signs in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports import queries
from reports.formats import FORMATS
from reports.models import PublishedReport
from reports.page import Page
from reports.rules.periods import period

PERIODS_DRAWN = 6
CONTENT_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "html": "text/html; charset=utf-8"}


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List the published periods, the latest first."""
    listed = [(report, Page(report.figures)) for report in queries.published()]
    return render(request, "reports/public_list.html", {"reports": listed})


@require_safe
def report(request: HttpRequest, label: str, revision: int | None = None) -> HttpResponse:
    """Show a published report: its latest revision, or the one asked for."""
    revisions = list(queries.revisions(label))
    shown = _chosen(revisions, revision)
    drawn = [other.figures for other in queries.of_same_length(period(label), limit=PERIODS_DRAWN)]
    # Over time, an older revision is drawn with its own figures.
    drawn = [shown.figures if other["period"]["label"] == label else other for other in drawn]
    context = {"page": Page(shown.figures, drawn), "shown": shown, "revisions": revisions}
    return render(request, "reports/public_report.html", context)


@require_safe
def download(_request: HttpRequest, label: str, revision: int, ext: str) -> HttpResponse:
    """Hand out a revision as a file. The JSON is the frozen report, byte for byte, of which the hash is stated."""
    shown = _chosen(list(queries.revisions(label)), revision)
    if ext not in FORMATS:
        raise Http404
    content = bytes(shown.body) if ext == "json" else FORMATS[ext](shown.figures)
    response = HttpResponse(content, content_type=CONTENT_TYPES[ext])
    response["Content-Disposition"] = f'attachment; filename="transparency-report-{label}-{revision}.{ext}"'
    return response


def _chosen(revisions: list[PublishedReport], number: int | None) -> PublishedReport:
    shown = next((report for report in revisions if number in (None, report.revision)), None)
    if shown is None:
        raise Http404(_("No such report is published."))
    return shown

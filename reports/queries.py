"""What stands published, what is prepared, and which periods there are to publish."""

from datetime import date

from django.db.models import Max, QuerySet

from reports.models import PublishedReport, ReportDraft
from reports.rules.periods import Kind, Period, containing

# How many finished periods a publisher finds on the list; any other opens by its label.
OFFERED: tuple[tuple[Kind, int], ...] = (("half", 4), ("year", 2))


def next_revision(label: str) -> int:
    """Return the number that the period's next publication will have."""
    highest: int | None = PublishedReport.objects.filter(period=label).aggregate(highest=Max("revision"))["highest"]
    return (highest or 0) + 1


def revisions(label: str) -> QuerySet[PublishedReport]:
    """Return what was published of the period, the latest first."""
    return PublishedReport.objects.filter(period=label).order_by("-revision")


def published() -> QuerySet[PublishedReport]:
    """Return the latest revision of every published period, the latest period first."""
    latest = PublishedReport.objects.order_by("period", "-revision").distinct("period")
    return PublishedReport.objects.filter(pk__in=latest.values("pk")).order_by("-after_date", "-start_date")


def of_same_length(period: Period, *, limit: int) -> list[PublishedReport]:
    """Return the latest revisions of this period and those of its length before it, oldest first."""
    length = {"year": r"^\d{4}$", "half": "H", "quarter": "Q"}[period.kind]
    found = published().filter(period__regex=length, after_date__lte=period.after_date)[:limit]
    return list(found)[::-1]


def draft(label: str) -> ReportDraft | None:
    """Return the draft of the period, None where nobody asked for one."""
    return ReportDraft.objects.filter(period=label).first()


def unpublished(today: date) -> list[Period]:
    """Return the last periods that are over and not published, the latest first."""
    offered = []
    for kind, number in OFFERED:
        period = containing(today, kind)
        for _step in range(number):
            period = period.previous()
            offered.append(period)
    taken = set(PublishedReport.objects.values_list("period", flat=True))
    return [period for period in offered if period.label not in taken]

"""The small charts of a report: one figure each, over the published periods of the same length."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from reports import wording
from reports.body import Body
from reports.comparing import bands

LINES_DRAWN = 3
Columns = list[dict[str, object]]


@dataclass(frozen=True)
class Chart:
    """A small chart: what it shows, of what unit, and a column for each period."""

    title: str
    note: str
    columns: Columns = field(default_factory=list)


def charts(periods: Sequence[Body]) -> list[Chart]:
    """Return the charts of the last of the reports, oldest period first; none where there is nothing to compare."""
    if len(periods) < 2:
        return []
    newest = periods[-1]
    largest = sorted(newest["lines"], key=lambda line: -line["received"])[:LINES_DRAWN]
    drawn = [_of_line(line, periods) for line in newest["lines"] if line in largest and line["received"]]
    drawn += [
        _of_total(_("Requests answered"), _("Of all kinds"), "answered", periods),
        _of_total(_("Accounts affected"), _("By requests that were answered"), "accounts_affected", periods),
        _of_total(_("Domains affected"), _("By requests that were answered"), "domains_affected", periods),
    ]
    if bands(newest):
        drawn.append(_of_bands(periods))
    return drawn


def _of_line(line: Body, periods: Sequence[Body]) -> Chart:
    def received(report: Body) -> int:
        return next((row["received"] for row in report["lines"] if row["line"] == line["line"]), 0)

    return Chart(_(line["title"]), _("Requests received"), _columns(periods, received))


def _of_total(title: str, note: str, name: str, periods: Sequence[Body]) -> Chart:
    return Chart(title, note, _columns(periods, lambda report: report["totals"][name]))


def _columns(periods: Sequence[Body], value: Callable[[Body], int]) -> Columns:
    return [{"label": report["period"]["label"], "value": value(report)} for report in periods]


def _of_bands(periods: Sequence[Body]) -> Chart:
    """Draw the first category of each period that states one: always a range, never a height in it."""
    stated = [(report, bands(report)[0]) for report in periods if bands(report)]
    title = str(wording.CATEGORIES[bands(periods[-1])[0].get("category", "")])
    return Chart(
        title,
        _("Always stated as a range"),
        [
            {"label": report["period"]["label"], "band": tuple(map(int, category["process"].split("-")))}
            for report, category in stated
        ],
    )

"""A report as a page reads it: the body of a report in, rows with words out. The same for preview, public and file."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from reports import wording
from reports.body import Body
from reports.comparing import bands
from reports.rules.periods import Period, period
from reports.series import Chart, charts

BIG_FIGURES = 4
CHART_COLOURS = ("c1", "c2", "c3", "c4")


@dataclass(frozen=True)
class Row:
    """A line of the tables: its title in the reader's language, and its figures."""

    title: str
    line: Body


@dataclass(frozen=True)
class Band:
    """A national security category with its two ranges in words."""

    title: str
    process: str
    selectors: str


@dataclass(frozen=True)
class Notices:
    """What became of so many notices; the colour ties the row to its part of the bar."""

    title: str
    number: int
    colour: str


class Page:
    """One report. `periods`: the reports to draw over time, oldest first, this one included."""

    def __init__(self, report: Body, periods: Sequence[Body] = ()) -> None:
        self.report = report
        self.period: Period = period(report["period"]["label"])
        self.periods = periods

    @cached_property
    def title(self) -> str:
        """The heading: “Government requests, July to December 2018”."""
        return _("Government requests, %(period)s") % {"period": wording.period_words(self.period)}

    @cached_property
    def summary(self) -> str:
        """The report in a sentence or two."""
        totals = self.report["totals"]
        return wording.summary(
            totals["received"], totals["answered"], totals["accounts_affected"], totals["domains_affected"]
        )

    @cached_property
    def rows(self) -> list[Row]:
        """The lines in their order."""
        return [Row(_(line["title"]), line) for line in self.report["lines"]]

    @cached_property
    def biggest(self) -> list[Row]:
        """The lines with most requests received, for the big figures; room is left for the bands."""
        room = BIG_FIGURES - bool(self.bands)
        by_size = sorted(self.rows, key=lambda row: -row.line["received"])[:room]
        return [row for row in self.rows if row in by_size and row.line["received"]]

    @cached_property
    def bands(self) -> list[Band]:
        """National security: ranges only."""
        return [
            Band(
                str(wording.CATEGORIES[category.get("category", "")]),
                wording.band_words(category["process"]),
                wording.band_words(category["selectors"]),
            )
            for category in bands(self.report)
        ]

    @cached_property
    def notices(self) -> list[Notices]:
        """What became of the notices; empty where nothing is known."""
        found = self.report["notices"].items()
        return [
            Notices(wording.name(name), number, CHART_COLOURS[at] if at < 4 else "cm")
            for at, (name, number) in enumerate(found)
        ]

    @cached_property
    def notice_parts(self) -> list[tuple[int, str]]:
        """The same as parts of a bar."""
        return [(notice.number, notice.colour) for notice in self.notices]

    @cached_property
    def charts(self) -> list[Chart]:
        """The figures over time."""
        return charts(self.periods)

    @cached_property
    def method(self) -> list[str]:
        """How we count, in the reader's language where we have it."""
        return [_(sentence) for sentence in self.report["method"]["notes"]]

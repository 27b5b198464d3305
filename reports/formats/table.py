"""A report as CSV (RFC 4180, UTF-8, a header row), one row a line of the report, then notices and bands."""

import csv
import io

from reports.body import Body
from reports.comparing import NAMES, bands

LEADING = ("period", "revision", "section", "line", "title")
HEADER = (*LEADING, *NAMES, "percent_with_data", "figure", "value")
# What makes a spreadsheet take a cell for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(report: Body) -> bytes:
    """Return the report as CSV.

    Rows of section `lines` have a column for each figure; those of the other sections state one figure and its value.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, restval="")
    writer.writeheader()
    for row in _rows(report):
        writer.writerow({"period": report["period"]["label"], "revision": report["revision"], **row})
    return text.getvalue().encode()


def harmless(cell: object) -> object:
    """Return the cell so that no spreadsheet takes it for a formula: text that could be one gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _rows(report: Body) -> list[dict[str, object]]:
    rows = [{"section": "lines", **line} for line in report["lines"]]
    rows.append({"section": "fraudulent", "figure": "fraudulent", "value": report["fraudulent"]})
    rows += [{"section": "notices", "figure": name, "value": number} for name, number in report["notices"].items()]
    rows += [
        {"section": "national_security", "line": category.get("category", ""), "figure": name, "value": category[name]}
        for category in bands(report)
        for name in ("process", "selectors")
    ]
    return [{key: harmless(cell) for key, cell in row.items()} for row in rows]

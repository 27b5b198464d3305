"""What differs between two reports, figure by figure."""

from dataclasses import dataclass, fields
from typing import Any

from reports.body import Body
from reports.rules.lines import Figures

NAMES = tuple(field.name for field in fields(Figures))


@dataclass(frozen=True)
class Difference:
    """A figure that differs. Where a band or a figure is absent, it is None."""

    section: str  # the code of a line, or notices, fraudulent, national_security
    title: str  # of the line; empty for the other sections
    figure: str
    before: int | str | None
    after: int | str | None

    @property
    def change(self) -> int | None:
        """By how much it grew; None for bands, which have no difference."""
        if isinstance(self.before, str) or isinstance(self.after, str):
            return None
        return (self.after or 0) - (self.before or 0)


def differences(before: Body, after: Body) -> list[Difference]:
    """Return every figure that is not the same, lines first."""
    old, new = _flat(before), _flat(after)
    titles = {line["line"]: line["title"] for report in (before, after) for line in report["lines"]}
    return [
        Difference(section, titles.get(section, ""), figure, old.get((section, figure)), new.get((section, figure)))
        for section, figure in [*new, *(key for key in old if key not in new)]
        if old.get((section, figure)) != new.get((section, figure))
    ]


def _flat(report: Body) -> dict[tuple[str, str], int | str]:
    found: dict[tuple[str, str], int | str] = {
        (line["line"], name): line[name] for line in report["lines"] for name in NAMES if line[name]
    }
    found |= {("notices", name): number for name, number in report["notices"].items() if number}
    if report["fraudulent"]:
        found["fraudulent", "fraudulent"] = report["fraudulent"]
    for category in bands(report):
        for name in ("process", "selectors"):
            found["national_security", f"{category.get('category', '')} {name}".strip()] = category[name]
    return found


def bands(report: Body) -> list[dict[str, Any]]:
    """Return the national security categories of a report, each with process and selectors as a band."""
    block = report.get("national_security")
    if not block:
        return []
    categories: list[dict[str, Any]] = block.get("categories") or [block]
    return categories

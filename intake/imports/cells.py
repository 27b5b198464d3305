"""From the cells of a row to values: each column read by its reader, each problem noted."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from intake.imports import values
from intake.imports.problems import BadValue, Place, Problems

Readers = Mapping[str, tuple[Callable[[str], Any], Any]]  # column → how its text is read, and what an empty cell is


def read_cells(place: Place, cells: Mapping[str, str], readers: Readers, problems: Problems) -> dict[str, Any] | None:
    """Return the value of every column, or None after noting each problem that the row has."""
    found: dict[str, Any] = {}
    is_clean = not values.UNPRINTABLE.search("".join(cells.values()))
    for column, (read, empty) in readers.items():
        cell = cells.get(column, "").strip()
        try:
            found[column] = read(cell if is_clean else _clean(cell)) if cell else empty
        except BadValue as problem:
            problems.add(place, column, str(problem))
    return found if len(found) == len(readers) else None


def _clean(cell: str) -> str:
    if values.UNPRINTABLE.search(cell):
        raise BadValue(_("holds a character that is not text in UTF-8: save the file as UTF-8"))
    return cell

"""Reading an import file, row by row: its format, its encoding, its columns."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from intake.imports.json_items import items
from intake.imports.problems import FileRefused, Place, Problems
from intake.imports.rows import COLUMNS

FORMATS = (".csv", ".json")
LONGEST_CELL = 64 * 1024 * 1024  # characters; a request with 20,000 domains has half a million
LOOKED_AT = 4096


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the file has it."""

    place: Place
    cells: Mapping[str, str]


def raw_rows(path: Path, raw: BinaryIO, problems: Problems) -> Iterator[RawRow]:
    """Yield the rows of the file; rows that cannot be taken apart are noted as problems and left out.

    Raises FileRefused for what concerns the file as a whole.
    """
    _refuse_other_encodings(raw)
    # Bytes that are no UTF-8 become surrogates, which the cells refuse: so the error names row and column.
    text = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield from _json_rows(text, problems) if path.suffix.lower() == ".json" else _csv_rows(text, problems)
    finally:
        text.detach()  # the file is its opener's to close


def refuse_other_formats(path: Path) -> None:
    """Raise FileRefused unless the file's name says that it is one of FORMATS."""
    if path.suffix.lower() not in FORMATS:
        raise FileRefused(_("%(name)s is neither a .csv nor a .json file.") % {"name": path.name})


def _refuse_other_encodings(raw: BinaryIO) -> None:
    head = raw.read(LOOKED_AT)
    raw.seek(0)
    if not head.strip():
        raise FileRefused(_("The file is empty."))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) * 4 >= len(head):
        raise FileRefused(_("The file is not UTF-8 (it looks like UTF-16): save it as UTF-8."))


def _csv_rows(text: io.TextIOWrapper, problems: Problems) -> Iterator[RawRow]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text, strict=True)
    number = 0
    try:
        header = [cell.strip() for cell in next(reader)]
        _refuse_other_columns(header)
        for cells in reader:
            if not cells:
                continue
            number += 1
            place = Place(number, reader.line_num)
            if len(cells) == len(header):
                yield RawRow(place, dict(zip(header, cells, strict=True)))
            else:
                counts = {"cells": len(cells), "columns": len(header)}
                problems.add(place, "", _("has %(cells)d cells, but the header has %(columns)d columns") % counts)
    except csv.Error:
        raise FileRefused(
            _("%(place)s: this is not CSV of RFC 4180: a quoted cell is not closed, or something stands behind it.")
            % {"place": Place(number + 1, reader.line_num)}
        ) from None


def _refuse_other_columns(header: list[str]) -> None:
    if any("\udc80" <= character <= "\udcff" for name in header for character in name):
        raise FileRefused(_("The file is not UTF-8: save it as UTF-8."))
    lines = [_("column %s is missing") % column for column in COLUMNS if column not in header]
    lines += [_("column %s is not known") % (column or "“”") for column in header if column not in COLUMNS]
    lines += [_("column %s stands there twice") % column for column in COLUMNS if header.count(column) > 1]
    if lines:
        raise FileRefused(*lines)


def _json_rows(text: io.TextIOWrapper, problems: Problems) -> Iterator[RawRow]:
    for number, item in enumerate(items(text), start=1):
        place = Place(number, None)
        if not isinstance(item, dict):
            problems.add(place, "", _("is not an object with the columns as names"))
            continue
        unknown = [name for name in item if name not in COLUMNS]
        for name in unknown:
            problems.add(place, name, _("is not a known column"))
        cells = {name: _cell(value) for name, value in item.items()}
        wrong = [name for name, cell in cells.items() if cell is None]
        for name in wrong:
            problems.add(place, name, _("is not text, true, false or null"))
        if not unknown and not wrong:
            yield RawRow(place, {name: cell or "" for name, cell in cells.items()})


def _cell(value: Any) -> str | None:
    """Return a JSON value as a cell's text, or None where it can be none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None

"""Reading an import file, row by row: its format, its encoding, its columns."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from intake.imports.json_items import items
from intake.imports.problems import FileRefused, Place, Problems

FORMATS = (".csv", ".json")
LONGEST_CELL = 64 * 1024 * 1024  # characters; a request with 20,000 domains has half a million
LOOKED_AT = 4096


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the file has it."""

    place: Place
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Format:
    """What a file of this kind holds. In one about people no error repeats what the file says, its header included."""

    columns: Collection[str]
    is_personal: bool = False


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading. Raises FileRefused where it cannot be, or is in none of FORMATS."""
    _refuse_other_formats(path)
    try:
        raw = path.open("rb")
    except OSError as error:
        raise FileRefused(_("%(name)s cannot be read: %(why)s") % {"name": path.name, "why": error.strerror}) from None
    with raw:
        yield raw


def raw_rows(path: Path, raw: BinaryIO, problems: Problems, format_: Format) -> Iterator[RawRow]:
    """Yield the rows of the file; rows that cannot be taken apart are noted as problems and left out.

    Raises FileRefused for what concerns the file as a whole.
    """
    _refuse_other_encodings(raw)
    # Bytes that are no UTF-8 become surrogates, which the cells refuse: so the error names row and column.
    text = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        is_json = path.suffix.lower() == ".json"
        yield from (_json_rows if is_json else _csv_rows)(text, problems, format_)
    finally:
        text.detach()  # the file is its opener's to close


def _refuse_other_formats(path: Path) -> None:
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


def _csv_rows(text: io.TextIOWrapper, problems: Problems, format_: Format) -> Iterator[RawRow]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text, strict=True)
    number = 0
    try:
        header = [cell.strip() for cell in next(reader)]
        _refuse_other_columns(header, format_)
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


def _refuse_other_columns(header: list[str], format_: Format) -> None:
    if any("\udc80" <= character <= "\udcff" for name in header for character in name):
        raise FileRefused(_("The file is not UTF-8: save it as UTF-8."))
    columns = format_.columns
    unknown = [(number, column) for number, column in enumerate(header, start=1) if column not in columns]
    lines = [_("column %s is missing") % column for column in columns if column not in header]
    said = [number if format_.is_personal else column or "“”" for number, column in unknown]
    lines += [_("column %s is not known") % one for one in said]
    lines += [_("column %s stands there twice") % column for column in columns if header.count(column) > 1]
    if lines:
        raise FileRefused(*lines)


def _json_rows(text: io.TextIOWrapper, problems: Problems, format_: Format) -> Iterator[RawRow]:
    for number, item in enumerate(items(text), start=1):
        place = Place(number, None)
        if not isinstance(item, dict):
            problems.add(place, "", _("is not an object with the columns as names"))
            continue
        unknown = [name for name in item if name not in format_.columns]
        for name in unknown:
            problems.add(place, "" if format_.is_personal else name, _("is not a known column"))
        cells = {name: _cell(value) for name, value in item.items()}
        wrong = [name for name, cell in cells.items() if cell is None and name not in unknown]
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

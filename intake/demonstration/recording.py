"""Recording a life: led by the real actions with stand-ins, its rows read back as templates, and undone.

While recording, the keys of every table are counted from a range of its own, so that a number says of which table's
row it is the key wherever it stands: in a column, a proposal's subject or a ledger payload.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from intake.demonstration.casting import names_of
from intake.demonstration.house import House
from intake.demonstration.performing import perform
from intake.demonstration.reading import Written, agency_entries, read
from intake.demonstration.sequences import Positions, numbered_tables, positions, set_positions
from intake.demonstration.shapes import Shape
from intake.demonstration.standins import stand_ins
from intake.demonstration.tables import Table
from intake.demonstration.templates import TOKEN, Template, template

SPAN = 10**14  # keys in the range of one table
HEADS = "ledger_head"  # the numbers of streams stand in no other row
HASH_LENGTH = 64


class NotRecordable(Exception):
    """A life left something behind that a recording does not know how to write for another cast."""


@dataclass(frozen=True)
class Recording:
    """What a life of this shape writes, with holes. The holes are filled in this order, each from those before it."""

    used: Mapping[str, int]  # how many keys it takes from each table's counter
    row_keys: tuple[tuple[str, int], ...]  # keys of its rows: the table, and the how-manieth of those taken
    names: tuple[str, ...]  # what the cast brings
    scopes: tuple[Template, ...]  # hashes of what counsel authorised, of these texts
    digests: tuple[Template, ...]  # digests of proposals, of these subjects
    commitments: tuple[Template, ...]  # commitments to these texts
    rows: tuple[tuple[Table, Template], ...]  # lines as COPY writes and reads them
    entries: Template  # a line for each ledger entry: stream, tab, payload


@contextmanager
def recorder(house: House, present: datetime) -> Iterator[Callable[[Shape], Recording]]:
    """Yield what records a shape; afterwards every counter stands where it stood. In the caller's transaction."""
    before = positions()
    set_positions({table: _first_key(table) for table in numbered_tables() if table != HEADS})
    yield lambda shape: _record(shape, house, present)
    set_positions(before)


def _first_key(table: str) -> int:
    return (list(numbered_tables()).index(table) + 1) * SPAN + 1


def _record(shape: Shape, house: House, present: datetime) -> Recording:
    undo = transaction.savepoint()
    casting = stand_ins(shape, house.staff, present)
    start, known = positions(), agency_entries(casting.agency.pk)
    case = perform(shape, casting, house, present, with_paper=False)
    end = positions()
    written = read(case.pk, casting, known)
    names = {value: name for name, value in names_of(casting).items()}
    transaction.savepoint_rollback(undo)
    used = {table: end[table] - start[table] for table in end if table != HEADS and end[table] > start[table]}
    return _compiled(written, names, start, used)


def _compiled(written: Written, names: Mapping[str, str], start: Positions, used: Mapping[str, int]) -> Recording:
    texts = [*(lines for _table, lines in written.rows), written.entries, *written.subjects.values()]
    tokens = {token for text in texts for token in TOKEN.findall(text)}
    keys = sorted(token for token in tokens if token.isdigit() and token not in names and len(token) < HASH_LENGTH)
    named = sorted(tokens & names.keys())
    hashes = [sorted(tokens & known.keys()) for known in (written.scopes, written.subjects, written.committed)]
    holes = {token: hole for hole, token in enumerate([*keys, *named, *hashes[0], *hashes[1], *hashes[2]])}
    if unknown := tokens - holes.keys():
        raise NotRecordable(f"nobody knows what {sorted(unknown)} are")
    return Recording(
        used=used,
        row_keys=tuple(_row_key(int(key), start) for key in keys),
        names=tuple(names[token] for token in named),
        scopes=tuple(template(written.scopes[token], holes.get) for token in hashes[0]),
        digests=tuple(template(written.subjects[token], holes.get) for token in hashes[1]),
        commitments=tuple(template(written.committed[token], holes.get) for token in hashes[2]),
        rows=tuple((table, template(lines, holes.get)) for table, lines in written.rows),
        entries=template(written.entries, holes.get),
    )


def _row_key(key: int, start: Positions) -> tuple[str, int]:
    place = key // SPAN - 1
    table = list(numbered_tables())[place]
    if key < start[table]:
        raise NotRecordable(f"{key} of {table} is of another life")
    return table, key - start[table]

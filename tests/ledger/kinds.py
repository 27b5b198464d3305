"""Kinds of entry that only these tests declare."""

from ledger.kinds import Field, declare

RECEIVED = declare(
    "test.received",
    "{reference} arrived by {channel} with {targets} targets on {signed_on}; sealed: {is_sealed}; document {document}",
    reference=Field.REFERENCE,
    channel=["form", "file"],
    targets=Field.COUNT,
    signed_on=Field.DATE,
    is_sealed=Field.FLAG,
    document=Field.COMMITMENT,
)
MOVED = declare("test.moved", "Moved to {state}", state=Field.CODE)
WIDE = declare(
    "test.wide",
    "Everything",
    law=Field.CODE,
    grounds=Field.CODES,
    agency=Field.ID,
    customers=Field.IDS,
    due=Field.INSTANT,
    day=Field.DATE,
    targets=Field.COUNT,
    sealed=Field.FLAG,
    text=Field.COMMITMENT,
    ref=Field.REFERENCE,
    how=["form", "file"],
)

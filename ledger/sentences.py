"""Entries in words, for people."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ledger import kinds
from ledger.kinds import Field, Shape
from ledger.models import LedgerEntry

Names = Mapping[str, Mapping[Any, object]]

NOBODY: Names = {}
UNKNOWN = "–"
NOTHING = ("", UNKNOWN, "0")
OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")
COMMITMENT_SHOWN = 12  # digits: enough to compare by eye, the whole stands in the payload


class Slots(dict[str, str]):
    """The words for a sentence; what the entry does not hold is a dash."""

    def __missing__(self, key: str) -> str:
        return UNKNOWN


def sentence(entry: LedgerEntry, names: Names = NOBODY) -> str:
    """Return the entry's sentence in the language and time zone of the reader, as plain text.

    `names` says for a field that holds keys or codes how a reader knows what they mean: {"by": {7: "Ana Analyst"}}. A
    code without words stands as it is. A key itself is never told: keys are counted through the whole installation, so
    a gap would tell of a case that the reader may not know of (invariant 6). An entry of another version, with a kind
    or fields that this one does not know, still gets a sentence.
    """
    payload: Mapping[str, object] = entry.payload
    kind = kinds.named(str(payload.get("kind")))
    if kind is None:
        return _("Recorded by another version of Writdesk: %(kind)s") % {"kind": payload.get("kind")}
    shapes: dict[str, Shape] = {**kind.fields, "at": Field.INSTANT, "by": Field.ID}
    words = Slots({key: _words(shapes.get(key), value, names.get(key, {})) for key, value in payload.items()})
    return _fitted(str(kind.sentence), words).format_map(words)


def _fitted(sentence: str, words: Mapping[str, str]) -> str:
    """Return the sentence without the parts in brackets of which the entry holds nothing, or counts none."""

    def fitted(part: re.Match[str]) -> str:
        return part[1] if all(words.get(slot, UNKNOWN) not in NOTHING for slot in SLOT.findall(part[1])) else ""

    return OPTIONAL.sub(fitted, sentence)


def end_words(at: datetime) -> str:
    """Return the last day of what ends at a midnight of the receiving office or of the reader; else the instant.

    The law's days are those of the office, and everything else on the page calls an end by them.
    """
    for zone in (settings.WRITDESK.receiving_zone, timezone.get_current_timezone()):
        local = timezone.localtime(at, zone)
        if local.time() == time.min:
            return date_format(local.date() - timedelta(days=1), "DATE_FORMAT")
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def _words(shape: Shape | None, value: object, named: Mapping[Any, object]) -> str:
    if shape in (Field.ID, Field.IDS):
        keys: list[Any] = value if isinstance(value, list) else [value]
        return ", ".join(str(named.get(key, UNKNOWN)) for key in keys) or UNKNOWN
    try:
        match shape:
            case Field.INSTANT:
                return date_format(timezone.localtime(datetime.fromisoformat(str(value))), "DATETIME_FORMAT")
            case Field.END:
                return end_words(datetime.fromisoformat(str(value)))
            case Field.DATE:
                return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
            case Field.COMMITMENT:
                return str(value)[:COMMITMENT_SHOWN]
    except ValueError:
        return str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_named(item, named) for item in value) or UNKNOWN
    return _named(value, named)


def _named(value: object, named: Mapping[Any, object]) -> str:
    return str(named.get(value, value) if isinstance(value, str) else value)

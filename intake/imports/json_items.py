"""The items of a JSON array, one at a time: a file of any size never stands in memory as a whole."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

from django.utils.translation import gettext as _

from intake.imports.problems import FileRefused

CHUNK = 256 * 1024
WHITESPACE = " \t\n\r"


class Scanner:
    """A text with a position, refilled from its file."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._ended = False
        self._decoder = json.JSONDecoder(object_pairs_hook=_no_key_twice)

    def peek(self) -> str:
        """Return the next character that is not white space, without passing it; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in WHITESPACE:
                self._at += 1
            if self._at < len(self._text) or not self._fill(CHUNK):
                return self._text[self._at : self._at + 1]

    def skip(self) -> None:
        """Pass one character."""
        self._at += 1

    def value(self) -> Any:
        """Return the next value. Raises ValueError when there is none."""
        self.peek()
        wanted = CHUNK
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                # Perhaps cut by the chunk. Twice as much each time, so that a long value costs twice its length.
                if not self._fill(wanted):
                    raise
                wanted *= 2
                continue
            self._at = end
            return found

    def _fill(self, wanted: int) -> bool:
        chunk = "" if self._ended else self._file.read(wanted)
        self._ended = not chunk
        self._text, self._at = self._text[self._at :] + chunk, 0
        return bool(chunk)


def items(file: TextIO) -> Iterator[Any]:
    """Yield the items of the array that the file holds. Raises FileRefused where it is no array, naming the item."""
    scanner = Scanner(file)
    if scanner.peek() != "[":
        raise FileRefused(_("The file is not a JSON array of objects: it does not begin with “[”."))
    scanner.skip()
    number = 0
    while scanner.peek() != "]":
        number += 1
        try:
            yield scanner.value()
        except (ValueError, RecursionError):
            raise FileRefused(
                _("row %(row)d: this is not JSON, or the file ends in the middle of it.") % {"row": number}
            ) from None
        if scanner.peek() == ",":
            scanner.skip()
            if scanner.peek() != "]":
                continue
        elif scanner.peek() == "]":
            break
        raise FileRefused(_("row %(row)d: “,” or “]” is missing after it.") % {"row": number})
    scanner.skip()
    if scanner.peek():
        raise FileRefused(_("Something stands behind the end of the JSON array."))


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found

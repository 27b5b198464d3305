"""What is wrong with a file: row, column and a sentence, as many as help."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LISTED = 50  # whoever has this many to mend is helped by the first of them


class BadValue(ValueError):
    """A cell does not hold what its column holds; the text says what it should be."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))


class FileRefused(Exception):
    """The file cannot be imported. `lines` says why, one line each, row and column first."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its number among the rows, from 1, and the line of the file on which it ends."""

    number: int
    line: int | None  # None in JSON

    def __str__(self) -> str:
        if self.line is None:
            return _("row %(row)d") % {"row": self.number}
        return _("row %(row)d (line %(line)d)") % {"row": self.number, "line": self.line}


@dataclass
class Problems:
    """The problems of one file."""

    found: list[tuple[int, str]] = field(default_factory=list)  # number of the row, and the line
    unlisted: int = 0

    def __bool__(self) -> bool:
        return bool(self.found)

    def add(self, place: Place, column: str, sentence: str) -> None:
        """Note one problem; beyond the fiftieth they are only counted."""
        if len(self.found) >= LISTED:
            self.unlisted += 1
            return
        words = _("%(place)s, column %(column)s: %(problem)s") if column else _("%(place)s: %(problem)s")
        self.found.append((place.number, words % {"place": place, "column": column, "problem": sentence}))

    def refuse(self) -> None:
        """Raise FileRefused, in the order of the rows, if anything was noted."""
        if not self.found:
            return
        lines = [line for _number, line in sorted(self.found, key=lambda found: found[0])]
        more = []
        if self.unlisted:
            more.append(ngettext("and %d more problem", "and %d more problems", self.unlisted) % self.unlisted)
        raise FileRefused(*lines, *more)

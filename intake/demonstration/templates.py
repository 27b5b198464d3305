"""A text with holes: the rows of a recorded life, to be filled in with what another cast brings."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# What a recording knows again wherever it stands: keys of rows, numbered by the recording itself; names of the
# stand-ins; ids of scopes; hashes.
TOKEN = re.compile(
    r"(?<![0-9A-Za-z])("
    r"[1-9][0-9]{14,15}"
    r"|@[a-z]+-[0-9]+@"
    r"|WD-[0-9]{4}-Z{9}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|[0-9a-f]{64}"
    r")(?![0-9A-Za-z])"
)


@dataclass(frozen=True)
class Template:
    """A text for the `%` operator, and which hole each place is."""

    text: str
    holes: tuple[int, ...]

    def fill(self, values: Sequence[str]) -> str:
        """Return the text with the values of its holes."""
        return self.text % tuple([values[hole] for hole in self.holes])


def template(text: str, hole_of: Callable[[str], int | None]) -> Template:
    """Return the text with a hole at each token that `hole_of` knows; others stay as they are."""
    holes: list[int] = []
    parts: list[str] = []
    for place, part in enumerate(TOKEN.split(text)):
        hole = hole_of(part) if place % 2 else None
        if hole is None:
            parts.append(part.replace("%", "%%"))
        else:
            parts.append("%s")
            holes.append(hole)
    return Template("".join(parts), tuple(holes))

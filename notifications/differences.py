"""What one text has that another has not, line by line, for who must approve it."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Line:
    """A line of both texts ("same"), of the old one alone ("gone") or of the new one alone ("new")."""

    kind: str
    words: str


def differences(old: str, new: str) -> list[Line]:
    """Return the lines of both texts in the order of reading; what is gone stands before what is new."""
    before, after = _lines(old), _lines(new)
    # Empty lines are alike everywhere: they are no place where two texts meet.
    matcher = SequenceMatcher(lambda line: not line, before, after, autojunk=False)
    found: list[Line] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            found += [Line("same", words) for words in before[old_from:old_to]]
        else:
            found += [Line("gone", words) for words in before[old_from:old_to]]
            found += [Line("new", words) for words in after[new_from:new_to]]
    return found


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in re.sub(r"\n{3,}", "\n\n", text.strip()).splitlines()]

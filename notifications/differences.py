"""What one text has that another has not, line by line, for who must approve it."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Line:
    """A line of both texts ("same"), of the old one alone ("gone") or of the new one alone ("new")."""

    kind: str
    words: str


def differences(old: str, new: str) -> list[Line]:
    """Return the lines of both texts in the order of reading; what is gone stands before what is new."""
    before, after = old.splitlines(), new.splitlines()
    found: list[Line] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line("same", words) for words in before[old_from:old_to]]
        else:
            found += [Line("gone", words) for words in before[old_from:old_to]]
            found += [Line("new", words) for words in after[new_from:new_to]]
    return found

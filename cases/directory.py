"""Who is known behind a name. The app that keeps the customer directory says here how to ask it: cases knows none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Name = tuple[str, str]  # kind and value of a target


@dataclass(frozen=True)
class Behind:
    """Something of a customer's that stands under a name, or below it."""

    what: str
    customer_id: int


Ask = Callable[[Sequence[Name], int], list[Behind]]

_asked: list[Ask] = []


def ask_with(ask: Ask) -> None:
    """Let the directory be asked by this function: the names, and at most how many answers."""
    _asked.append(ask)


def behind(names: Sequence[Name], most: int) -> list[Behind]:
    """Return whose is what stands under these names, and under domains below them; nothing without a directory."""
    return [found for ask in _asked for found in ask(names, most)][:most]

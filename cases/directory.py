"""Who is known behind a name. The app that keeps the customer directory says here how to ask it: cases knows none."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

Name = tuple[str, str]  # kind and value of a target


@dataclass(frozen=True)
class Behind:
    """Something of a customer's that stands under a name, or below it, as the directory writes both."""

    kind: str
    what: str
    customer_id: int
    under: Name


Ask = Callable[[Sequence[Name], int, Collection[int]], list[Behind]]
Listed = Callable[[Collection[int]], set[int]]

_asked: list[Ask] = []
_lists: list[Listed] = []


def ask_with(ask: Ask) -> None:
    """Let the directory be asked by this function: the names, at most how many answers, and of which customers none."""
    _asked.append(ask)


def lists_with(listed: Listed) -> None:
    """Let this function say which of some customers stand in the directory."""
    _lists.append(listed)


def behind(names: Sequence[Name], most: int, *, besides: Collection[int] = ()) -> list[Behind]:
    """Return whose is what stands under these names, and under domains below them; nothing without a directory.

    What the customers `besides` have is left out before it is counted: they may have much.
    """
    return [found for ask in _asked for found in ask(names, most, besides)][:most]


def listed(customer_ids: Collection[int]) -> set[int]:
    """Return those of the customers who stand in the directory; nobody without one."""
    return {pk for ask in _lists for pk in ask(customer_ids)}

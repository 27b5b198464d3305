"""Working one item ahead: while the database takes one batch, the next one is read."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def ahead(items: Iterator[Item]) -> Generator[Item, None, None]:
    """Yield the items, each made in another thread while the caller works on the one before.

    What making one raises is raised in its place. Close it when leaving early: that waits for the other thread.
    """
    end = object()
    with ThreadPoolExecutor(max_workers=1) as thread:
        upcoming = thread.submit(next, items, end)
        while (item := upcoming.result()) is not end:
            upcoming = thread.submit(next, items, end)
            yield item  # type: ignore[misc]  # not `end`, so an Item

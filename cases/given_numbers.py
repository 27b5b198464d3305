"""Telephone numbers that a request itself gives, which prove nothing when called.

What an officer's row holds is ours to read. What arrived with the request is intake's, of which cases knows nothing: it
hands in here how to read it.
"""

from collections.abc import Callable, Iterable

from cases.models import Case

Source = Callable[[int], Iterable[str]]  # a case's key → the numbers given with it

_sources: list[Source] = []


def hand_in(source: Source) -> None:
    """Let a further place be asked for the numbers of a request; once for each program, at its start."""
    if source not in _sources:
        _sources.append(source)


def given_numbers(case: Case) -> list[str]:
    """Return every telephone number known to have come with the request."""
    own = [case.officer.phone] if case.officer else []
    return [number for number in (*own, *(one for source in _sources for one in source(case.pk))) if number]

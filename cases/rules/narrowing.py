"""What is left of a request when a court narrowed it: by data category, and by item of 18 USC 2703(c)(2).

Nothing becomes wider by it, neither here nor by what is recorded of the paper afterwards.
"""

from collections.abc import Collection, Sequence

from cases.rules.scope import fields_asked


def categories_left(
    instrument_code: str,
    asked: Sequence[str],
    *,
    scope: Collection[str],
    named: Collection[str],
    letters: Collection[str] | None = None,
) -> tuple[str, ...]:
    """Return the categories left of those asked, in their order.

    `scope`: the categories that the court left; `letters`: the items, None: it told none apart; `named`: those that the
    paper names. A category of which no item is left goes, for one that names no item would be asked as a whole.
    """
    return tuple(
        category
        for category in asked
        if category in scope and (letters is None or _has_items_left(instrument_code, category, named, letters))
    )


def _has_items_left(instrument_code: str, category: str, named: Collection[str], letters: Collection[str]) -> bool:
    asked = fields_asked(instrument_code, category, named)
    return not asked or not set(asked).isdisjoint(letters)


def items_left(
    instrument_code: str, asked: Sequence[str], *, named: Collection[str], letters: Collection[str]
) -> tuple[str, ...]:
    """Return the items that the paper names from now on, of these categories: those asked that the court left."""
    before = {letter for category in asked for letter in fields_asked(instrument_code, category, named)}
    return tuple(sorted(before & set(letters)))


def is_wider(instrument_code: str, asked: Sequence[str], *, named: Collection[str], before: Collection[str]) -> bool:
    """Return whether naming these items asks for more, of any category, than naming those before did."""
    return any(
        not set(fields_asked(instrument_code, category, named)) <= set(fields_asked(instrument_code, category, before))
        for category in asked
    )


def amended(asked: Sequence[str], *, before: Collection[str], of_target: Collection[str]) -> list[str]:
    """Return what a changed request asks of one target, where a court had left less of it than of the others.

    What is new is asked of it too; what was asked `before` only as far as it was asked of this target.
    """
    return [category for category in asked if category in of_target or category not in before]

"""A line of the report: what one kind of request adds up to (docs/law.md, docs/counting.md)."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _


class DoesNotAddUp(Exception):
    """What came in is not what went out and is still there: a fact is missing, or there twice."""


@dataclass(frozen=True)
class Figures:
    """Counts of requests in one period. Accounts and domains are of the requests answered, counted per request."""

    in_process_start: int = 0
    received: int = 0
    reopened: int = 0
    answered: int = 0  # those answered in part included
    answered_partial: int = 0
    no_data: int = 0
    rejected: int = 0
    withdrawn: int = 0
    in_process: int = 0
    accounts_affected: int = 0
    domains_affected: int = 0

    @property
    def say_something(self) -> bool:
        """Whether any figure is not zero."""
        return any(astuple(self))


def check(line: str, figures: Figures) -> None:
    """Raise DoesNotAddUp unless the row identity holds and no figure is negative.

    In process at the start + received + reopened = answered + no data + rejected + withdrawn + in process at the end.
    """
    came = figures.in_process_start + figures.received + figures.reopened
    went = figures.answered + figures.no_data + figures.rejected + figures.withdrawn
    in_order = figures.answered_partial <= figures.answered
    if came != went + figures.in_process or not in_order or min(astuple(figures)) < 0:
        raise DoesNotAddUp(
            _(
                "%(line)s does not add up: %(came)d were there or came in, %(went)d went out, %(left)d are left."
                " A fact in the ledger is missing or stands there twice."
            )
            % {"line": line, "came": came, "went": went, "left": figures.in_process}
        )


def total(lines: Iterable[Figures]) -> Figures:
    """Return the sum of the lines, figure by figure."""
    rows = [astuple(line) for line in lines]
    return Figures(*(sum(column) for column in zip(*rows, strict=True))) if rows else Figures()


def percent_with_data(figures: Figures) -> Decimal | None:
    """Return requests with some data per hundred received, to one decimal place; None where none was received.

    A period may answer more than it received, so it can exceed 100.
    """
    if not figures.received:
        return None
    share = Decimal(100 * figures.answered) / figures.received
    return share.quantize(Decimal("0.1"), ROUND_HALF_UP)

"""Work on many rows by the clock: one that goes wrong stops no other, and says so."""

import logging
from collections.abc import Callable, Iterable

from django.db import DatabaseError

logger = logging.getLogger(__name__)


def each(what: str, ids: Iterable[int], work: Callable[[int], bool]) -> int:
    """Do the work for every id and return for how many it said yes; `what` names the rows in the log.

    An error is logged by its name alone (its text may hold an address) and the next row is taken; it is due at the
    next round again. An error of the database itself is raised: there is nothing to go on with.
    """
    done = 0
    for row_id in ids:
        try:
            done += work(row_id)
        except DatabaseError:
            raise
        except Exception as error:
            logger.error("%s %d: %s", what, row_id, type(error).__name__)
    return done

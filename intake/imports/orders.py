"""Orders not to tell, as a row of an import states them: in doubt there is one, and it is in force."""

from datetime import date, datetime

from django.conf import settings

from cases.actions.nondisclosure import NewOrder, automatic_order, order_of
from cases.models import NondisclosureOrder
from cases.rules.nondisclosure import basis, basis_cited
from intake.imports.rows import WITHHELD_NONDISCLOSURE, WITHHELD_STATUTE, Row
from intake.imports.values import INDEFINITE

UNSTATED = "unstated"


def orders_of(row: Row, now: datetime) -> list[NondisclosureOrder]:
    """Return, not saved, the order that the row states and the silence that a live case's instrument brings by law."""
    automatic = automatic_order(row.instrument, row.received_at)
    stated = _stated_order(row, automatic)
    news = [stated] if stated else []
    if automatic and row.is_open and (stated is None or stated.basis != automatic.basis):
        news.append(automatic)
    return [order_of(new, by=None, now=now) for new in news]


def _stated_order(row: Row, automatic: NewOrder | None) -> NewOrder | None:
    silent = row.notice == WITHHELD_NONDISCLOSURE or (row.is_open and row.notice == WITHHELD_STATUTE)
    told = row.nondisclosure_basis or row.nondisclosure_from or row.nondisclosure_until
    if not told:
        return automatic or _order(row, UNSTATED) if silent else None
    cited = basis_cited(row.nondisclosure_basis)
    # A policy, or a sentence without an order, binds nobody: what the file means by it is not known, so silence.
    return _order(row, cited.code if cited and cited.binds else UNSTATED)


def _order(row: Row, code: str) -> NewOrder:
    zone = settings.WRITDESK.receiving_zone
    until = row.nondisclosure_until
    last_day = until if isinstance(until, date) else None
    received_date = row.received_at.astimezone(zone).date()
    return NewOrder(
        basis=code,
        provision=row.nondisclosure_basis or basis(code).cite or UNSTATED,
        first_day=row.nondisclosure_from or min(received_date, last_day or received_date),
        zone=str(zone),
        last_day=last_day,
        is_indefinite=until == INDEFINITE,
    )
